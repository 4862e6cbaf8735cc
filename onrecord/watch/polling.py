"""Polling feeds: asked for only if they have changed, their new entries put in the queue."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from onrecord.errors import FetchError, OnRecordError, RefusedError, SourceError
from onrecord.record import Record
from onrecord.sources.feeds import EmptyFeedError, FeedEntry, feed_sources
from onrecord.sources.fetching import Fetched, Policy, fetch
from onrecord.sources.source import Source
from onrecord.watch import queue
from onrecord.watch.pace import DAY, Pace, moment
from onrecord.watch.queue import Feed

MOST_ENTRIES = 2000
"""Entries of one feed that are looked at; no newsroom writes more between two polls."""


class AskedToWaitError(FetchError):
    """A server that answers that it does not answer now; `seconds` is the pause that it asks for, if it does."""

    def __init__(self, fetched: Fetched, seconds: float | None) -> None:
        super().__init__(f"the server answered {fetched.status}", where=fetched.asked, advice="it is tried again")
        self.seconds = seconds


def poll(record: Record, feed: Feed, *, policy: Policy, pace: Pace, every: float) -> int | OnRecordError:
    """Ask for a feed in hand and give it back; how many entries were new, or the fault, which is on record with it."""
    try:
        fetched = answered(feed.address, policy, pace, etag=feed.etag, modified=feed.modified)
        entries = [] if fetched.is_unchanged else _entries(fetched)
    except SourceError as fault:
        _failed(record, feed, fault, pace)
        return fault
    kept = feed if fetched.is_unchanged else None
    with record.connection(writes=True) as connection:
        new = queue.enqueue(connection, feed.address, _to_fetch(entries), pace.now(), state="fetch")
        new += queue.enqueue(connection, feed.address, _to_read(entries, feed.address), pace.now(), state="read")
        queue.mended(connection, feed.address)
        queue.feed_seen(
            connection,
            feed,
            now=pace.now(),
            due=pace.after_success(every),
            etag=kept.etag if kept else fetched.etag,
            modified=kept.modified if kept else fetched.modified,
        )
    return new


def answered(
    address: str, policy: Policy, pace: Pace, *, etag: str | None = None, modified: str | None = None
) -> Fetched:
    """What stands at an address, or that it has not changed; raises `FetchError` for every other answer."""
    fetched = fetch(address, policy=policy, etag=etag, modified=modified)
    if fetched.is_page or fetched.is_unchanged:
        return fetched
    if fetched.status in {408, 425, 429} or fetched.status >= 500:
        raise AskedToWaitError(fetched, pace.asked_pause(fetched.answer.header("Retry-After")))
    raise RefusedError(f"the server answered {fetched.status}", where=address, advice="check the address")


def page_address(link: str, feed: str) -> str | None:
    """The address of an entry's page, without what only counts who follows it; None where there is none."""
    try:
        parts = urlsplit(urljoin(feed, link.strip()))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        asked = parse_qsl(parts.query, keep_blank_values=True)
        kept = [(name, value) for name, value in asked if not name.lower().startswith("utm_")]
        query = parts.query if len(kept) == len(asked) else urlencode(kept)
        return parts._replace(fragment="", query=query).geturl()
    except ValueError:
        return None


def _entries(fetched: Fetched) -> list[FeedEntry]:
    try:
        sources = list(islice(feed_sources(io.BytesIO(fetched.body), fetched.url), MOST_ENTRIES))
    except EmptyFeedError:
        return []
    entries: list[FeedEntry] = [json.loads(source.data) for source in sources if isinstance(source, Source)]
    for entry in entries:
        entry["url"] = page_address(entry["url"], fetched.url) if entry["url"] else None
    return entries


def _to_fetch(entries: Iterable[FeedEntry]) -> Iterator[tuple[str, FeedEntry]]:
    for entry in entries:
        if entry["url"]:
            yield entry["url"], entry


def _to_read(entries: Iterable[FeedEntry], feed: str) -> Iterator[tuple[str, FeedEntry]]:
    """The entries that have no page of their own and are whole."""
    for entry in entries:
        if not entry["url"] and entry["full"]:
            yield f"{feed}#{entry['id'] or entry['title'] or ''}", entry


def _failed(record: Record, feed: Feed, fault: SourceError, pace: Pace) -> None:
    asked = fault.seconds if isinstance(fault, AskedToWaitError) else None
    due = pace.now() + DAY if isinstance(fault, RefusedError) else pace.after_failures(feed.failed + 1, asked)
    with record.connection(writes=True) as connection:
        queue.feed_failed(connection, feed, now=pace.now(), due=due, reason=fault.what, advice=fault.advice)
    again = f"it is tried again from {moment(due)} on"
    advice = f"{again}; {fault.advice}" if fault.advice else again
    record.add_failure(feed.address, OnRecordError(fault.what, where=feed.address, advice=advice))
