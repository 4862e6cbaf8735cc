"""Stretches of bytes (RFC 9110, 14): so that a browser can play a video from its middle."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.responses import Response

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


def answer_with(data: bytes, media_type: str, headers: Mapping[str, str], asked: str | None) -> Response:
    """The bytes, or the one stretch of them that the header `Range` asks for; whatever else it asks is not heeded."""
    given = {**headers, "accept-ranges": "bytes"}
    match = _ONE_RANGE.fullmatch(asked or "")
    if match is None or match[0] == "bytes=-":
        return Response(data, media_type=media_type, headers=given)
    first, last = _bounds(match[1], match[2], len(data))
    if first > last:
        return Response(status_code=416, headers={**given, "content-range": f"bytes */{len(data)}"})
    given["content-range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], 206, given, media_type)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte; without a first, so many from the end."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
