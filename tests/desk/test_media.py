"""Media beside the accounts: shown as they came, with what they claim, and to nobody whom the incident is not shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from markupsafe import escape
from PIL import Image

from benchmarks.generated import telling
from onrecord.archive.media.stills import still_of
from onrecord.archive.media.store import Keeper, now
from onrecord.desk.app import create_app
from onrecord.record import Record
from onrecord.record.decisions import Merge, Withhold
from tests.archive.media.test_recording import photograph, video
from tests.desk.serving import served

FRAMES = "multipart/x-mixed-replace; boundary=frame"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "war.db") as opened:
        for told in telling(12, seed=3):
            opened.add(told.source, told.reading)
        yield opened


@pytest.fixture
def browser(record: Record, tmp_path: Path) -> Iterator[httpx2.Client]:
    with served(create_app(tmp_path / "war.db")) as server, httpx2.Client(base_url=server.url, timeout=60) as client:
        yield client


@pytest.fixture
def incident(record: Record) -> str:
    return next(record.incidents()).id


def keep(record: Record, subject: str, kind: str, content_type: str, *parts: bytes, **claims: str) -> Keeper:
    keeper = Keeper(record, subject, "https://herald.example/live", kind, content_type)  # type: ignore[arg-type]
    for part in parts:
        keeper.keep(part, now(), claims)
    return keeper


def jpeg(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), colour).save(out, "JPEG")
    return out.getvalue()


def frames(*colours: str) -> bytes:
    return b"".join(b"--frame\r\nContent-Type: image/jpeg\r\n\r\n" + jpeg(colour) + b"\r\n" for colour in colours)


def test_a_photograph_stands_on_the_page_with_what_it_claims_as_a_claim(
    browser: httpx2.Client, record: Record, incident: str
) -> None:
    keep(record, incident, "photograph", "image/jpeg", photograph(), made="2016:10:14 12:30:00").end("it came whole")
    shown = browser.get(f"/incidents/{incident}").text
    assert "It claims of itself" in shown and "not verified" in shown and "2016:10:14 12:30:00" in shown
    answer = browser.get("/media/m1/1")
    assert answer.content == photograph() and answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


def test_a_stream_that_runs_says_so_and_shows_its_last_picture(
    browser: httpx2.Client, record: Record, incident: str
) -> None:
    keeper = keep(record, incident, "stream", FRAMES, frames("red"), frames("green", "blue") + jpeg("white")[:100])
    keeper.gap(now(), "the stream ended")
    shown = browser.get(f"/incidents/{incident}").text
    assert "being recorded" in shown and "2 parts" in shown and "1 gap" in shown
    assert browser.get("/media/m1/2/still").content == jpeg("blue")
    assert "the stream ended" in browser.get("/media/m1").text
    keeper.end("its time was over")
    shown = browser.get(f"/incidents/{incident}").text
    assert "being recorded" not in shown and "its time was over" in shown


def test_a_medium_stays_with_its_account_when_incidents_are_merged(
    browser: httpx2.Client, record: Record, incident: str
) -> None:
    keep(record, incident, "photograph", "image/jpeg", photograph()).end("it came whole")
    others = [other.id for other in record.incidents() if other.id != incident]
    record.decide(Merge((others[0], incident)), by="ann", why="one raid")
    now_one = record.incident(incident).id
    assert 'src="/media/m1/1"' in browser.get(f"/incidents/{now_one}").text


def test_a_video_can_be_played_from_its_middle(browser: httpx2.Client, record: Record, incident: str) -> None:
    data = video("mp4")
    keep(record, incident, "video", "video/mp4", data).end("it came whole")
    for asked, expected in (("bytes=10-19", data[10:20]), ("bytes=-7", data[-7:]), ("bytes=40-", data[40:])):
        answer = browser.get("/media/m1/1", headers={"range": asked})
        assert (answer.status_code, answer.content) == (206, expected)
    assert browser.get("/media/m1/1", headers={"range": f"bytes={len(data)}-"}).status_code == 416
    assert browser.get("/media/m1/1", headers={"range": "lines=1-2"}).content == data


def test_the_media_of_a_withheld_incident_are_shown_to_nobody(
    browser: httpx2.Client, record: Record, incident: str
) -> None:
    keep(record, incident, "photograph", "image/jpeg", photograph()).end("it came whole")
    record.decide(Withhold(incident=incident), by="ann", why="danger")
    for path in ("/media/m1", "/media/m1/1", "/media/m1/1/still"):
        assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/media/m9", "/media/x1", "/media/m1/1", "/media/m0/0/still", "/media/m٣"])
def test_what_is_not_there_is_not_found(browser: httpx2.Client, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_a_page_says_why_accounts_are_one(browser: httpx2.Client, record: Record, incident: str) -> None:
    shown = browser.get(f"/incidents/{incident}/why").text
    explained = record.why(incident)
    for joined in explained.accounts:
        assert f"/articles/{joined.article.id}" in shown
        assert all(str(escape(point.reason)) in shown for point in joined.points)
    assert f"/incidents/{incident}/why" in browser.get(f"/incidents/{incident}").text


@pytest.mark.parametrize("data", [b"", b"\xff\xd9\xff\xd8\xff", b"no picture"])
def test_of_what_holds_no_picture_there_is_no_still(data: bytes) -> None:
    assert still_of(data, FRAMES) is None and still_of(data, "video/mp2t") is None


def test_the_still_of_a_video_is_a_picture() -> None:
    still = still_of(video(), "video/mp2t")
    assert still is not None
    assert Image.open(io.BytesIO(still)).size == (64, 48)
