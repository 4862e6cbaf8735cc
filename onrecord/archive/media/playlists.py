"""HTTP Live Streaming (RFC 8216): playlists, and the segments of a stream as they come, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from onrecord.errors import FetchError
from onrecord.sources.fetching import Policy, fetch

MOST_LEVELS = 3
_BANDWIDTH = re.compile(r"[:,]BANDWIDTH=(\d{1,12})")
_URI = re.compile(r'URI="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Playlist:
    """A list of segments: their numbers and addresses; `ended` where no more will come.

    `start` is the address of what goes before every segment (`EXT-X-MAP`), None where nothing does. `pause` is how many
    seconds to wait until it is asked for again.
    """

    segments: tuple[tuple[int, str], ...]
    ended: bool
    start: str | None
    pause: float


def playlist_of(text: str, url: str, best: Callable[[str], str]) -> Playlist:
    """The playlist in a text; where it lists other playlists, the one of the highest quality, which `best` fetches.

    Raises `FetchError` where it is none, is encrypted, or lists lists of lists without end.
    """
    for _ in range(MOST_LEVELS):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines or not lines[0].startswith("#EXTM3U"):
            raise FetchError("is no playlist", where=url, advice="give the address of an .m3u8 file")
        if any(line.startswith("#EXT-X-KEY") and "METHOD=NONE" not in line for line in lines):
            raise FetchError("is an encrypted stream", where=url, advice="it cannot be recorded")
        variants = list(_variants(lines))
        if not variants:
            return _segments(lines, url)
        url = urljoin(url, max(variants)[1])
        text = best(url)
    raise FetchError("lists nothing but other playlists", where=url, advice="check the address")


def _variants(lines: list[str]) -> Iterator[tuple[int, str]]:
    for line, following in pairwise(lines):
        if line.startswith("#EXT-X-STREAM-INF") and not following.startswith("#"):
            found = _BANDWIDTH.search(line)
            yield int(found[1]) if found else 0, following


def _segments(lines: list[str], url: str) -> Playlist:
    first, pause, start = 0, 6.0, None
    found: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "#EXT-X-MEDIA-SEQUENCE" and value.isdecimal():
            first = int(value[:15])
        elif name == "#EXT-X-TARGETDURATION" and value.isdecimal():
            pause = min(float(value[:3]), 30.0) / 2
        elif name == "#EXT-X-MAP" and (given := _URI.search(value)):
            start = urljoin(url, given[1])
        elif not line.startswith("#"):
            found.append(urljoin(url, line))
    ended = "#EXT-X-ENDLIST" in lines
    return Playlist(tuple(enumerate(found, start=first)), ended, start, pause)


class Playing:
    """A stream that is followed; it knows what came already, so that nothing comes twice after it dropped."""

    def __init__(
        self, address: str, policy: Policy, wait: Callable[[float], None], is_over: Callable[[], bool]
    ) -> None:
        self._address = address
        self._policy = policy
        self._wait = wait
        self._is_over = is_over
        self._next: int | None = None
        self._start: tuple[str, bytes] | None = None

    def segments(self) -> Iterator[bytes | str]:
        """The segments as they come; in place of those that were missed, the words that say so.

        Raises `FetchError` where the stream drops; called again it goes on.
        """
        while True:
            playlist = playlist_of(self._text(self._address), self._address, self._text)
            before = self._opening(playlist)
            for number, url in playlist.segments:
                if self._next is not None and number < self._next:
                    continue
                if self._next is not None and number > self._next:
                    yield f"{number - self._next} segments were gone before they could be fetched"
                data = self._data(url)
                self._next = number + 1
                yield before + data
            if playlist.ended or self._is_over():
                return
            self._wait(playlist.pause)

    def _opening(self, playlist: Playlist) -> bytes:
        if playlist.start is None:
            return b""
        if self._start is None or self._start[0] != playlist.start:
            self._start = playlist.start, self._data(playlist.start)
        return self._start[1]

    def _text(self, url: str) -> str:
        return self._data(url).decode("utf-8", "replace")

    def _data(self, url: str) -> bytes:
        found = fetch(url, policy=self._policy)
        if not found.is_page:
            raise FetchError(f"the server answered {found.status}", where=url, advice="try again later")
        return found.body
