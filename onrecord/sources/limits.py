"""How much of anything is read at once, so that memory stays bounded whatever is handed in."""

from __future__ import annotations

from typing import BinaryIO

from onrecord.errors import SourceError

LARGEST_ARTICLE = 10_000_000
"""Bytes of one text, page, line of JSON or record; the longest pages of news are a tenth of it."""
LARGEST_FEED = 20_000_000
LARGEST_SKIP = 500_000_000
"""Bytes of an oversized line that are passed over before the whole file is given up."""
CHUNK = 1 << 16


def megabytes(size: int) -> str:
    """A size for a message: "10 MB"."""
    return f"{size / 1_000_000:.0f} MB"


def bounded(stream: BinaryIO, limit: int, *, where: str) -> bytes:
    """All bytes of a stream; raises `SourceError` where they are more than the limit, which bounds a gzip bomb too."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise SourceError(
            f"is larger than {megabytes(limit)}, which no article is",
            where=where,
            advice="split it into articles; a file of many articles is JSON Lines, a feed or WARC",
        )
    return data
