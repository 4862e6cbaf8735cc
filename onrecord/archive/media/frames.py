"""Motion JPEG over HTTP (multipart/x-mixed-replace): the bytes of the stream as they come, cut between two frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from onrecord.errors import FetchError

LARGEST_FRAME = 20_000_000
"""Bytes without the mark between two frames, after which it is no such stream."""
LARGEST_PART = 50_000_000
"""Bytes after which a part ends, however short."""


def boundary_of(content_type: str) -> bytes | None:
    """The mark between the frames of a stream of this content type; None where it is none of this kind."""
    kind, _, rest = content_type.partition(";")
    name, _, value = rest.strip().partition("=")
    if kind.strip().lower() != "multipart/x-mixed-replace" or name.strip().lower() != "boundary" or not value:
        return None
    return b"--" + value.strip().strip('"').removeprefix("--").encode("latin-1", "replace")


def cut(
    pieces: Iterable[bytes], boundary: bytes, seconds: float, clock: Callable[[], float], where: str
) -> Iterator[bytes]:
    """The stream in parts of about so many seconds, each of whole frames but for what the last one breaks off."""
    held = b""
    begun = clock()
    try:
        for piece in pieces:
            held += piece
            over = clock() - begun >= seconds or len(held) > LARGEST_PART
            at = held.rfind(boundary) if over else -1
            if at > 0:
                yield held[:at]
                held, begun = held[at:], clock()
            elif len(held) > LARGEST_PART + LARGEST_FRAME:
                raise FetchError("is no stream of images", where=where, advice="check the address")
    except FetchError:
        if held:
            yield held
        raise
    if held:
        yield held
