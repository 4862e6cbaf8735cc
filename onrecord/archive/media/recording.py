"""Recording: a photograph or video in one piece, a stream in parts until its time is over, gaps and all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.archive.media.claims import claims_of
from onrecord.archive.media.frames import boundary_of, cut
from onrecord.archive.media.playlists import Playing
from onrecord.archive.media.rtsp import CONTENT_TYPE, rtsp_parts
from onrecord.archive.media.store import Keeper, Kind, now
from onrecord.errors import FetchError, RecordError, RefusedError, SourceError
from onrecord.record import Record
from onrecord.sources.fetching import Policy, fetch, policy_in_force
from onrecord.sources.fetching.streaming import stream
from onrecord.sources.files import is_address

LARGEST_FILE = 1_000_000_000
"""Bytes of one photograph or video; a database takes no larger value."""
SECONDS_A_PART = 10.0
MOST_TRIES = 8
"""Times that a stream is tried again in a row without anything coming."""
LONGEST_PAUSE = 60.0
DAY = 24 * 3600.0
"""How long a stream is recorded whose end nobody named."""

_MARKS: tuple[tuple[int, bytes, Kind, str], ...] = (
    (0, b"\xff\xd8\xff", "photograph", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "photograph", "image/png"),
    (8, b"WEBP", "photograph", "image/webp"),
    (4, b"ftypheic", "photograph", "image/heic"),
    (4, b"ftyp", "video", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video", "video/x-matroska"),
    (8, b"AVI ", "video", "video/x-msvideo"),
    (0, b"OggS", "video", "video/ogg"),
    (0, b"\0\0\1\xba", "video", "video/mpeg"),
)
"""First bytes by which a file is told: where they stand, what they are."""
_TS_PACKET = 188
"""Bytes of a packet of an MPEG transport stream, each of which begins with the same byte (ISO 13818-1)."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds that only grow, and waiting for some."""

    seconds: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


def record_media(
    record: Record,
    source: str,
    subject: str,
    *,
    minutes: float | None = None,
    policy: Policy | None = None,
    clock: Clock | None = None,
    part_seconds: float = SECONDS_A_PART,
) -> str:
    """Record what `source` (a file, an http(s) or rtsp address) shows for an incident or truce; gives the medium's id.

    A stream is recorded for `minutes`, or until it ends; where it drops it is tried again, and the gap goes on record.
    Raises `RecordError` where there is no such subject or nothing came, `FetchError` where nothing could be had, and
    `SourceError` for what is no photograph, video or stream.
    """
    _refuse_unknown(record, subject)
    limits = replace(policy or policy_in_force(), largest=LARGEST_FILE, largest_unpacked=LARGEST_FILE, robots=False)
    clock = clock or Clock()
    until = clock.seconds() + (minutes * 60 if minutes is not None else DAY)
    kind, content_type, data = _looked_at(source, limits)
    keeper = Keeper(record, subject, source, kind, content_type)
    if data is not None:
        keeper.keep(data, now(), claims_of(data, kind))
        return keeper.end("it came whole")
    parts = _parts_of(source, content_type, limits, clock, until, part_seconds)
    return _Recording(keeper, clock, until).followed(parts)


def _refuse_unknown(record: Record, subject: str) -> None:
    known = record.truce if subject.startswith("t") else record.incident
    if known(subject).id != subject:
        raise RecordError("is not the id of an incident or a truce", where=subject, advice="see onrecord incidents")


def _looked_at(source: str, policy: Policy) -> tuple[Kind, str, bytes | None]:
    """What a source is; of a file in one piece its bytes, of a stream None."""
    if source.lower().startswith("rtsp://"):
        return "stream", CONTENT_TYPE, None
    if not is_address(source):
        data = _file(Path(source))
        return (*_form(data, source), data)
    with stream(source, policy, seconds=policy.seconds) as opened:
        content_type = opened.content_type
    if boundary_of(content_type):
        return "stream", content_type, None
    found = fetch(source, policy=policy)
    if found.body.lstrip()[:7] == b"#EXTM3U":
        return "stream", "application/vnd.apple.mpegurl", None
    return (*_form(found.body, source), found.body)


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise SourceError(
                "is larger than 1 GB", where=str(path), advice="cut it into parts, each with its own hash"
            )
        return path.read_bytes()
    except OSError as fault:
        raise SourceError(f"cannot be read ({fault.strerror})", where=str(path), advice="check the path") from fault


def _form(data: bytes, where: str) -> tuple[Kind, str]:
    for at, mark, kind, content_type in _MARKS:
        if data[at : at + len(mark)] == mark:
            return kind, content_type
    if data[:1] == data[_TS_PACKET : _TS_PACKET + 1] == b"\x47":
        return "video", "video/mp2t"
    raise SourceError(
        "is no photograph, video or stream that is known", where=where, advice="JPEG, PNG, WebP, MP4, Matroska, MPEG-TS"
    )


Parts = Callable[[], Iterator[bytes | str]]
"""Gives the parts of a stream from now on; words in place of a part say what was missed."""


def _parts_of(source: str, content_type: str, policy: Policy, clock: Clock, until: float, part_seconds: float) -> Parts:
    if source.lower().startswith("rtsp://"):
        return lambda: rtsp_parts(source, policy, part_seconds, clock.seconds)
    boundary = boundary_of(content_type)
    if boundary is None:
        return Playing(source, policy, clock.wait, lambda: clock.seconds() >= until).segments
    return lambda: _frames(source, boundary, policy, clock, until, part_seconds)


def _frames(
    source: str, boundary: bytes, policy: Policy, clock: Clock, until: float, part_seconds: float
) -> Iterator[bytes]:
    with stream(source, policy, seconds=max(1.0, until - clock.seconds())) as opened:
        mark = boundary_of(opened.content_type) or boundary
        yield from cut(opened.pieces, mark, part_seconds, clock.seconds, source)
    # A camera does not end; where its answer does, it dropped.
    raise FetchError("the stream ended", where=source, advice="it is tried again")


class _Recording:
    """A stream that is followed until its end, its time or its last try."""

    def __init__(self, keeper: Keeper, clock: Clock, until: float) -> None:
        self._keeper = keeper
        self._clock = clock
        self._until = until
        self._tries = 0
        self._since = now()
        self._dropped: str | None = None

    def followed(self, parts: Parts) -> str:
        """Keep what comes, and give the id of the medium."""
        while True:
            try:
                if self._kept(parts()):
                    return self._keeper.end("its time was over")
                return self._keeper.end("the stream ended")
            except RefusedError:
                raise
            except FetchError as fault:
                if self._is_over():
                    return self._ended("its time was over")
                self._dropped = fault.what
                self._tries += 1
                if self._tries > MOST_TRIES:
                    return self._ended(f"given up after {MOST_TRIES} tries: {fault.what}")
                self._clock.wait(min(2.0 ** (self._tries - 1), LONGEST_PAUSE))

    def _ended(self, why: str) -> str:
        if self._dropped is not None:
            self._fill(self._dropped)
        return self._keeper.end(why)

    def _kept(self, parts: Iterator[bytes | str]) -> bool:
        """Keep the parts; whether time was over before they ended."""
        for part in parts:
            if self._dropped is not None:
                self._fill(self._dropped)
            if isinstance(part, str):
                self._fill(part)
                continue
            self._keeper.keep(part, self._since)
            self._since, self._tries = now(), 0
            if self._is_over():
                return True
        return self._is_over()

    def _fill(self, why: str) -> None:
        self._keeper.gap(self._since, why)
        self._since, self._dropped = now(), None

    def _is_over(self) -> bool:
        return self._clock.seconds() >= self._until
