"""What comes of a page in the queue: it is fetched and archived, and then, apart from that, read and put on record."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from onrecord.archive.capturing import captures_of, keep, sources_of
from onrecord.errors import ArticleError, OnRecordError, RefusedError, SourceError
from onrecord.reading.batch import Given, Outcome, read_task
from onrecord.record import Record
from onrecord.sources.fetching import Policy
from onrecord.sources.source import Source
from onrecord.watch import queue
from onrecord.watch.pace import Pace, moment
from onrecord.watch.polling import AskedToWaitError, answered
from onrecord.watch.queue import WaitingPage

MOST_TRIES = 8
"""A page that cannot be had so often, over two days, is given up."""

Reader = Callable[[Source, Given], Outcome]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that the watch put on record, with the address at which it was met."""

    article: str
    address: str
    title: str | None


def read_source(source: Source, given: Given) -> Outcome:
    """What became of a source, read by the embedded model."""
    (outcome,) = read_task([source], given)
    return outcome


def capture(record: Record, page: WaitingPage, *, policy: Policy, pace: Pace) -> OnRecordError | None:
    """Fetch a page in hand, archive it and hand it on to be read; the fault where that failed, which is on record."""
    try:
        fetched = answered(page.address, policy, pace)
    except SourceError as fault:
        if isinstance(fault, RefusedError) and page.entry["full"]:
            with record.connection(writes=True) as connection:
                queue.page_moved(connection, page, "read")
            return None
        asked = fault.seconds if isinstance(fault, AskedToWaitError) else None
        return _failed(record, page, fault, pace, for_good=isinstance(fault, RefusedError), asked=asked)
    kept = keep(record, fetched)
    with record.connection(writes=True) as connection:
        queue.page_moved(connection, page, "read", capture=kept.number)
    return None


def read(record: Record, page: WaitingPage, *, pace: Pace, reader: Reader = read_source) -> Arrival | OnRecordError:
    """Read a captured page in hand and put it on record: the article, or the fault, which is on record too."""
    outcome = _outcome(record, page, reader)
    if outcome.fault is not None or outcome.reading is None or outcome.source is None:
        fault = outcome.fault or ArticleError("gave no reading", where=page.address)
        _failed(record, page, fault, pace, for_good=True)
        return fault
    article = record.add(outcome.source, outcome.reading)
    with record.connection(writes=True) as connection:
        queue.page_moved(connection, page, "done", article=article)
        queue.mended(connection, page.address)
    return Arrival(article, page.address, outcome.reading.title)


def _outcome(record: Record, page: WaitingPage, reader: Reader) -> Outcome:
    """The page as read; where there is no article in it, the feed's own text, if that is whole."""
    outcome = Outcome(None, None, ArticleError("was not captured", where=page.address))
    for source in chain(_captured(record, page), (_entry_source(page),) if page.entry["full"] else ()):
        if isinstance(source, OnRecordError):
            outcome = Outcome(None, None, source)
            continue
        outcome = _dated(source, page, reader)
        if outcome.fault is None:
            break
    return outcome


def _dated(source: Source, page: WaitingPage, reader: Reader) -> Outcome:
    """The source as read; where the page does not say when it was published, by the date of its feed."""
    outcome = reader(source, Given())
    is_dated = outcome.reading is None or outcome.fault is not None or outcome.reading.published is not None
    published = page.entry["published"]
    return outcome if is_dated or published is None else reader(source, Given(published=published))


def _captured(record: Record, page: WaitingPage) -> list[Source | SourceError]:
    found = [capture for capture in captures_of(record, page.address) if capture.number == page.capture]
    return [source for capture in found for source in sources_of(record, capture)]


def _entry_source(page: WaitingPage) -> Source:
    data = json.dumps(page.entry, ensure_ascii=False, sort_keys=True).encode()
    origin = f"{page.feed}#{page.entry['id'] or page.address}"
    return Source(data, "feed-entry", origin, url=page.entry["url"], content_type="application/json")


def _failed(
    record: Record, page: WaitingPage, fault: OnRecordError, pace: Pace, *, for_good: bool, asked: float | None = None
) -> OnRecordError:
    tries = page.tries + 1
    due = None if for_good or tries >= MOST_TRIES else pace.after_failures(tries, asked)
    again = "it is not tried again" if due is None else f"it is tried again from {moment(due)} on"
    with record.connection(writes=True) as connection:
        queue.page_failed(connection, page, due=due, reason=fault.what, advice=fault.advice)
    advice = f"{again}; {fault.advice}" if fault.advice else again
    record.add_failure(page.address, OnRecordError(fault.what, where=page.address, advice=advice))
    return fault
