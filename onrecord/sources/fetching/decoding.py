"""Unpacking what HTTP packed, never more than is wanted: gzip, deflate (RFC 9110, section 8.4.1), Brotli (RFC 7932)."""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli

from onrecord.errors import FetchError
from onrecord.sources.limits import megabytes

ACCEPTED = "gzip, br"
MOST_LAYERS = 2
_CHUNK = 1 << 16


class _Unpacker(Protocol):
    def unpacked(self, data: bytes, most: int) -> bytes: ...

    def is_whole(self) -> bool: ...


def unpacked(body: bytes, encoding: str | None, *, most: int, where: str) -> bytes:
    """The body without its content encodings; raises `FetchError` where it is damaged or larger than `most` bytes."""
    layers = [name.strip().lower() for name in (encoding or "").split(",") if name.strip()]
    layers = [name for name in layers if name != "identity"]
    if len(layers) > MOST_LAYERS:
        raise FetchError("is packed again and again", where=where, advice="leave it out")
    for name in reversed(layers):
        body = _without(body, name, most, where) if body else body
    return body


def _without(body: bytes, name: str, most: int, where: str) -> bytes:
    unpacker = _unpacker(name, body, where)
    try:
        content = unpacker.unpacked(body, most + 1)
        if len(content) <= most and not unpacker.is_whole():
            raise FetchError(f"its {name} breaks off", where=where, advice="fetch it again")
    except (zlib.error, brotli.error) as fault:
        raise FetchError(f"is damaged {name} ({fault})", where=where, advice="fetch it again") from fault
    if len(content) > most:
        raise FetchError(f"unpacks to more than {megabytes(most)}", where=where, advice="leave it out")
    return content


def _unpacker(name: str, body: bytes, where: str) -> _Unpacker:
    if name in {"gzip", "x-gzip"}:
        return _Deflated(16 + zlib.MAX_WBITS)
    if name == "deflate":  # with its header, as the standard has it, or without, as some servers send it
        has_header = len(body) >= 2 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
        return _Deflated(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    if name == "br":
        return _Brotli()
    raise FetchError(f'is packed in a way that is not known ("{name[:40]}")', where=where, advice="leave it out")


class _Deflated:
    def __init__(self, window: int) -> None:
        self._stream = zlib.decompressobj(window)

    def unpacked(self, data: bytes, most: int) -> bytes:
        return self._stream.decompress(data, most)

    def is_whole(self) -> bool:
        return self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def unpacked(self, data: bytes, most: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        while size < most:
            part = self._stream.process(data, output_buffer_limit=min(_CHUNK, most - size))
            data = b""
            parts.append(part)
            size += len(part)
            if self._stream.is_finished() or (not part and self._stream.can_accept_more_data()):
                break
        return b"".join(parts)[:most]

    def is_whole(self) -> bool:
        return bool(self._stream.is_finished())
