"""JSON Lines: one article a line, never more than one line in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import SourceError
from onrecord.sources.limits import CHUNK, LARGEST_ARTICLE, LARGEST_SKIP, megabytes
from onrecord.sources.source import Source

BOM = b"\xef\xbb\xbf"


def json_line_sources(stream: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    """A source for each line that is not blank, with `name:line` as its origin; a fault for a line that is too long."""
    number = 0
    while line := stream.readline(LARGEST_ARTICLE + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > LARGEST_ARTICLE and not line.endswith(b"\n"):
            yield SourceError(
                f"the line is longer than {megabytes(LARGEST_ARTICLE)}, which no article is",
                where=where,
                advice="put each article on a line of its own",
            )
            if not _skipped_to_next_line(stream):
                return
            continue
        data = line.removeprefix(BOM).strip() if number == 1 else line.strip()
        if data:
            yield Source(data, "json", where, content_type="application/json")


def _skipped_to_next_line(stream: BinaryIO) -> bool:
    """Passes over the rest of a line; False at the end of the file, or where the line does not end for too long."""
    skipped = 0
    while skipped < LARGEST_SKIP:
        part = stream.readline(CHUNK)
        if not part:
            return False
        if part.endswith(b"\n"):
            return True
        skipped += len(part)
    return False
