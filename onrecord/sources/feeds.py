"""RSS and Atom feeds (RSS 2.0, RSS 1.0, RFC 4287): each entry is a source of its own."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from time import strftime, struct_time
from typing import TYPE_CHECKING, BinaryIO, TypedDict

from onrecord.errors import SourceError
from onrecord.sources.limits import LARGEST_FEED, bounded
from onrecord.sources.source import Source

if TYPE_CHECKING:
    from feedparser import FeedParserDict


class EmptyFeedError(SourceError):
    """A feed that is whole and holds no entries, as those of quiet newsrooms do."""


class FeedEntry(TypedDict):
    """What a feed says of one article; `html` is the fullest text it gives, `full` whether that is more than a summary.

    `published` and `updated` are ISO 8601 in UTC. None or "" where the feed is silent.
    """

    id: str | None
    url: str | None
    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    updated: str | None
    language: str | None
    html: str
    full: bool


_HARMFUL_ENTITY = re.compile(
    rb"<!ENTITY\s+(?:%|\S+\s+(?:SYSTEM|PUBLIC)\b|\S+\s+(?:\"[^\"]*&\w[^\"]*\"|'[^']*&\w[^']*'))", re.IGNORECASE
)


def feed_sources(stream: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    """A source for each entry of a feed, as JSON, with `name#entry` (counted from 1) as its origin.

    Raises `EmptyFeedError` where the feed holds no entries, `SourceError` where it is none, or declares entities that
    reach out or grow.
    """
    feed = _parsed(bounded(stream, LARGEST_FEED, where=name), name)
    for number, entry in enumerate(feed.entries, start=1):
        described = _entry(entry, feed.feed)
        yield Source(
            json.dumps(described, ensure_ascii=False, sort_keys=True).encode(),
            "feed-entry",
            f"{name}#{number}",
            url=described["url"],
            content_type="application/json",
        )


def _parsed(data: bytes, name: str) -> FeedParserDict:
    """The feed with its entries, one at least."""
    import feedparser

    if _HARMFUL_ENTITY.search(data):
        raise SourceError(
            "declares XML entities that refer to other entities or files, as attacks do",
            where=name,
            advice="fetch the feed again, or remove its DOCTYPE",
        )
    try:
        # As a stream: what looks like an address or a path would be opened. Pages are cleaned when they are read.
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as fault:  # the forgiving parser still raises what happens to it on damaged bytes
        raise SourceError("is a damaged feed", where=name, advice="fetch the feed again") from fault
    if not feed.entries and feed.get("version") and not feed.get("bozo_exception"):
        raise EmptyFeedError("is a feed without entries", where=name, advice="fetch the feed again")
    if not feed.entries:
        reason = f" ({' '.join(str(feed.bozo_exception).split())[:120]})" if feed.get("bozo_exception") else ""
        raise SourceError(f"is a feed without entries{reason}", where=name, advice="fetch the feed again")
    return feed


def _entry(entry: dict[str, object], feed: dict[str, object]) -> FeedEntry:
    html, full = _fullest(entry)
    return FeedEntry(
        id=_text(entry.get("id")),
        url=_text(entry.get("link")),
        title=_text(entry.get("title")),
        outlet=_text(_of(entry.get("source"), "title")) or _text(feed.get("title")),
        byline=_text(entry.get("author")),
        published=_moment(entry.get("published_parsed")),
        # Not by the entry's own `get`, which gives the date of publication where there is no other.
        updated=_moment(dict.get(entry, "updated_parsed")),
        language=_text(feed.get("language")),
        html=html,
        full=full,
    )


def _fullest(entry: dict[str, object]) -> tuple[str, bool]:
    """The longest text of the entry, and whether the feed gives it as its content rather than as a summary."""
    given = entry.get("content")
    contents = [_text(_of(part, "value")) or "" for part in given] if isinstance(given, list) else []
    summary = _text(entry.get("summary")) or ""
    longest = max(contents, key=len, default="")
    return (longest, True) if len(longest) >= len(summary) and longest else (summary, False)


def _of(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _moment(value: object) -> str | None:
    if not isinstance(value, struct_time):
        return None
    return strftime("%Y-%m-%dT%H:%M:%S+00:00", value) if value.tm_year >= 1000 else None
