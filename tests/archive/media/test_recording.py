"""Photographs, videos and live streams that a test serves, and breaks."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from benchmarks.generated import telling
from onrecord.archive.broken import Broken
from onrecord.archive.media import Medium, media_of, part_data, record_media
from onrecord.archive.media.claims import claims_of
from onrecord.archive.media.frames import boundary_of, cut
from onrecord.archive.media.playlists import playlist_of
from onrecord.archive.media.recording import MOST_TRIES, Clock
from onrecord.archive.proving import prove
from onrecord.errors import FetchError, RecordError, RefusedError, SourceError
from onrecord.record import Record, journal
from onrecord.sources.fetching import Policy
from tests.sites import Site, response


class Time:
    """A clock that moves by one second each time it is looked at, and by what is waited for."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def seconds(self) -> float:
        self.now += 1.0
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def told(record: Record) -> Record:
    for one in telling(4, seed=3):
        record.add(one.source, one.reading)
    return record


@pytest.fixture
def subject(told: Record) -> str:
    return next(incident.id for incident in told.incidents())


def recorded(record: Record, source: str, subject: str, policy: Policy, **options: object) -> Medium:
    time = options.pop("time", None) or Time()
    clock = Clock(time.seconds, time.wait)  # type: ignore[attr-defined]
    made = record_media(record, source, subject, policy=policy, clock=clock, **options)  # type: ignore[arg-type]
    return next(medium for medium in media_of(record, subject) if medium.id == made)


def kinds(medium: Medium) -> list[str]:
    return [part.kind for part in medium.parts]


def is_whole(record: Record) -> bool:
    return not any(isinstance(found, Broken) for found in prove(record, links=False))


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "Camera 3"
    exif.get_ifd(0x8769)[0x9003] = "2016:10:14 12:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 12.0, 0.0), 3: "W", 4: (37.0, 9.0, 36.0)})
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def video(form: str = "mpegts", frames: int = 12, start: int = 0, **said: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=form) as container:
        container.metadata.update(said)
        stream = container.add_stream("mpeg4" if form != "mpegts" else "mpeg2video", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(start, start + frames):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (number * 20 % 256, 0, 0)))
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return out.getvalue()


def test_a_photograph_is_kept_untouched_with_what_it_claims(
    told: Record, subject: str, policy: Policy, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(photograph())
    medium = recorded(told, str(tmp_path / "photo.jpg"), subject, policy)
    assert (medium.kind, medium.content_type, kinds(medium)) == ("photograph", "image/jpeg", ["part", "end"])
    assert part_data(told, medium.id, 1) == photograph()
    assert medium.claims == {
        "made": "2016:10:14 12:30:00",
        "position": "36.200000, -37.160000",
        "device": "Maker Camera 3",
    }
    assert not medium.is_running and is_whole(told)


def test_a_video_is_fetched_and_claims_what_its_container_says(
    told: Record, here: Site, subject: str, policy: Policy
) -> None:
    data = video("mp4", creation_time="2016-10-14T12:30:00Z")
    here.answers["/v.mp4"] = response(data, headers={"Content-Type": "video/mp4"})
    medium = recorded(told, here.url("/v.mp4"), subject, policy)
    assert (medium.kind, part_data(told, medium.id, 1)) == ("video", data)
    assert medium.claims["made"].startswith("2016-10-14T12:30:00")


def playlist(*numbers: int, ended: bool = False) -> bytes:
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:4", f"#EXT-X-MEDIA-SEQUENCE:{numbers[0]}"]
    lines += [line for number in numbers for line in ("#EXTINF:1.0,", f"s{number}.ts")]
    return "\n".join([*lines, *["#EXT-X-ENDLIST"] * ended]).encode()


@pytest.fixture
def live(here: Site) -> Iterator[Site]:
    """Segments of a stream, and a playlist that offers the best of two qualities."""
    for number in range(8):
        here.answers[f"/hi/s{number}.ts"] = response(video(start=12 * number))
    master = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100\nlo.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=900\nhi/list.m3u8\n"
    here.answers["/live.m3u8"] = response(master)
    yield here


def test_a_stream_is_recorded_in_parts_whose_hashes_enter_the_journal(
    told: Record, live: Site, subject: str, policy: Policy
) -> None:
    turns = iter([playlist(0, 1), playlist(0, 1, 2), playlist(2, 3, ended=True)])
    live.answers["/hi/list.m3u8"] = lambda line: line.sendall(response(next(turns)))
    medium = recorded(told, live.url("/live.m3u8"), subject, policy)
    assert (medium.kind, kinds(medium)) == ("stream", ["part"] * 4 + ["end"])
    assert medium.parts[-1].why == "the stream ended"
    for number in range(4):
        data = part_data(told, medium.id, number + 1)
        assert live.answers[f"/hi/s{number}.ts"] == response(data)
    with told.connection() as connection:
        entries = list(journal.entries(connection, kind="recorded"))
    assert [entry.what["content"] for entry in entries[1:5]] == [part.content for part in medium.parts[:4]]
    assert medium.parts[0].content == hashlib.sha256(part_data(told, medium.id, 1)).hexdigest()
    assert is_whole(told)


def test_a_stream_that_drops_is_resumed_with_the_gap_on_record(
    told: Record, live: Site, subject: str, policy: Policy
) -> None:
    broken = response(b"", status="503 Unavailable")
    turns = iter([response(playlist(0, 1)), broken, broken, response(playlist(1, 2, ended=True))])
    live.answers["/hi/list.m3u8"] = lambda line: line.sendall(next(turns))
    time = Time()
    medium = recorded(told, live.url("/live.m3u8"), subject, policy, time=time)
    assert kinds(medium) == ["part", "part", "gap", "part", "end"]
    assert "503" in str(medium.parts[2].why)
    assert time.waited[-2:] == [1.0, 2.0]  # longer each time
    assert part_data(told, medium.id, 4) == part_of(live, 2)
    assert is_whole(told)


def part_of(live: Site, number: int) -> bytes:
    answer = live.answers[f"/hi/s{number}.ts"]
    assert isinstance(answer, bytes)
    return answer.partition(b"\r\n\r\n")[2]


def test_segments_that_were_missed_are_a_gap(told: Record, live: Site, subject: str, policy: Policy) -> None:
    turns = iter([playlist(0, 1), playlist(5, 6, ended=True)])
    live.answers["/hi/list.m3u8"] = lambda line: line.sendall(response(next(turns)))
    medium = recorded(told, live.url("/live.m3u8"), subject, policy)
    assert kinds(medium) == ["part", "part", "gap", "part", "part", "end"]
    assert medium.parts[2].why == "3 segments were gone before they could be fetched"


def test_a_stream_that_stays_away_is_given_up_and_the_gap_told(
    told: Record, live: Site, subject: str, policy: Policy
) -> None:
    turns = iter([response(playlist(0))] + [response(b"", status="404 Not Found")] * 50)
    live.answers["/hi/list.m3u8"] = lambda line: line.sendall(next(turns))
    medium = recorded(told, live.url("/live.m3u8"), subject, policy)
    assert kinds(medium) == ["part", "gap", "end"]
    assert str(medium.parts[2].why).startswith(f"given up after {MOST_TRIES} tries")


def test_a_stream_ends_when_its_time_is_over(told: Record, live: Site, subject: str, policy: Policy) -> None:
    live.answers["/hi/list.m3u8"] = response(playlist(0, 1, 2, 3))
    medium = recorded(told, live.url("/live.m3u8"), subject, policy, minutes=0.05)
    assert medium.parts[-1].why == "its time was over"
    assert kinds(medium).count("part") < 4


def test_a_playlist_cannot_lead_to_a_closed_address(told: Record, here: Site, subject: str, policy: Policy) -> None:
    here.answers["/live.m3u8"] = response(b"#EXTM3U\n#EXTINF:1\nhttp://127.0.0.1:1/secret\n#EXT-X-ENDLIST")
    with pytest.raises(RefusedError, match="nothing is fetched"):
        recorded(told, here.url("/live.m3u8"), subject, policy)


def frames(line: socket, numbers: range) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n")
    for number in numbers:
        out = io.BytesIO()
        Image.new("RGB", (32, 32), (number * 30, 0, 0)).save(out, "JPEG")
        line.sendall(b"--frame\r\nContent-Type: image/jpeg\r\n\r\n" + out.getvalue() + b"\r\n")


def test_a_camera_is_recorded_and_resumed_when_it_drops(told: Record, here: Site, subject: str, policy: Policy) -> None:
    here.answers["/cam"] = lambda line: frames(line, range(4))
    medium = recorded(told, here.url("/cam"), subject, policy, minutes=1.0, part_seconds=2.0)
    assert medium.kind == "stream" and {"part", "gap", "end"} == set(kinds(medium))
    data = part_data(told, medium.id, 1)
    assert data.startswith(b"--frame\r\n") and b"\xff\xd8\xff" in data
    assert is_whole(told)


@pytest.mark.parametrize(("data", "what"), [(b"plain text", "no photograph"), (b"", "no photograph")])
def test_what_is_no_medium_is_told(
    told: Record, subject: str, policy: Policy, tmp_path: Path, data: bytes, what: str
) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(SourceError, match=what):
        recorded(told, str(tmp_path / "x"), subject, policy)
    with pytest.raises(SourceError, match="cannot be read"):
        recorded(told, str(tmp_path / "none"), subject, policy)


def test_a_subject_that_is_not_on_record_is_refused(told: Record, policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(photograph())
    with pytest.raises(RecordError, match="no incident"):
        recorded(told, str(tmp_path / "photo.jpg"), "inone", policy)


@given(st.integers(0, len(photograph()) - 1), st.binary(min_size=1, max_size=8))
def test_damaged_photographs_claim_something_or_nothing(at: int, damage: bytes) -> None:
    data = photograph()
    claims = claims_of(data[:at] + damage + data[at + len(damage) :], "photograph")
    assert all(value.isprintable() and len(value) <= 200 for value in claims.values())


@given(st.text(max_size=200))
def test_any_playlist_is_read_or_told(text: str) -> None:
    for start in ("", "#EXTM3U\n", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n"):
        try:
            playlist_of(start + text, "https://cam.example/live.m3u8", lambda url: "#EXTM3U\n" + text)
        except (FetchError, ValueError) as fault:
            assert isinstance(fault, FetchError)


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_what_is_cut_is_all_there(pieces: list[bytes]) -> None:
    time = Time()
    assert b"".join(cut(pieces, b"--", 2.0, time.seconds, "here")) == b"".join(pieces)


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("multipart/x-mixed-replace; boundary=frame", b"--frame"),
        ('multipart/x-mixed-replace;boundary="--f"', b"--f"),
        ("video/mp4", None),
        ("multipart/x-mixed-replace", None),
    ],
)
def test_a_camera_says_how_its_frames_are_parted(content_type: str, boundary: bytes | None) -> None:
    assert boundary_of(content_type) == boundary
