"""What was fetched, as sources: a page, a text, or each entry of a feed."""

from __future__ import annotations

import io
from collections.abc import Iterator

from onrecord.errors import SourceError
from onrecord.sources.contents import HEAD, content_of
from onrecord.sources.feeds import feed_sources
from onrecord.sources.limits import LARGEST_ARTICLE, bounded
from onrecord.sources.source import Source


def page_sources(
    data: bytes, url: str, *, status: int = 200, content_type: str | None = None, captured: str | None = None
) -> Iterator[Source | SourceError]:
    """The sources in what a server gave; a `SourceError` stands in place of what is no text, page or feed."""
    if not 200 <= status < 300:
        yield SourceError(
            f"the server answered {status} instead of a page", where=url, advice="check the address, or try again later"
        )
        return
    try:
        content = content_of(data[:HEAD], url)
        if content == "feed":
            yield from feed_sources(io.BytesIO(data), url)
        elif content in {"html", "text"}:
            bounded(io.BytesIO(data), LARGEST_ARTICLE, where=url)
            yield Source(data, "html" if content == "html" else "text", url, url, content_type, captured)
        else:
            yield SourceError(
                f"holds {content}, not a page or a feed", where=url, advice="save it and hand in the file"
            )
    except SourceError as fault:
        yield fault
