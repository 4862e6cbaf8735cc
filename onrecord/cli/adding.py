"""`onrecord add`: read sources and put them on record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import (
    dask_option,
    open_record,
    outlet_option,
    paths_argument,
    published_option,
    record_option,
    url_option,
    workers_option,
)
from onrecord.cli.terminal import FAULTY, note, progress, say
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.errors import SourceError
    from onrecord.record import Record
    from onrecord.sources import Source


@click.command(short_help="Put articles on record.")
@paths_argument
@record_option
@workers_option
@dask_option
@published_option
@outlet_option
@url_option
@click.pass_context
def add(
    context: click.Context,
    paths: tuple[str, ...],
    record_at: str | None,
    workers: int,
    dask: str | None,
    published: str | None,
    outlet: str | None,
    url: str | None,
) -> None:
    """Read articles and put them on record.

    A PATH is a text or HTML file, an RSS or Atom file, a WARC or WACZ, a .jsonl file with an article a line, a folder
    of these, the address of a page or feed, which is fetched and archived, or - for the standard input. What is on
    record already is passed over, so the same command can be run again at any time, and goes on where it was stopped.
    What cannot be read is named on the standard error and listed by "onrecord articles --failed"; the exit status is
    then 1.

    \b
    onrecord add news/ feed.rss crawl.warc.gz
    onrecord add --workers 4 news/
    onrecord add --published 2016-10-14 --outlet "The Herald" clipping.txt
    onrecord add https://example.org/story.html
    """
    with open_record(record_at) as record:
        added = add_all(record, paths, workers=workers, dask=dask, published=published, outlet=outlet, url=url)
    say(added.words())
    if added.failed:
        context.exit(FAULTY)


@dataclass(slots=True)
class Added:
    """What became of the sources that were to be added."""

    read: int = 0
    known: int = 0
    failed: int = 0

    def words(self) -> str:
        """One line on it."""
        from onrecord.views.words import counted

        known = f", {self.known} on record already" if self.known else ""
        failed = f", {self.failed} not readable (see: onrecord articles --failed)" if self.failed else ""
        return f"{counted(self.read, 'article')} added{known}{failed}."


def add_all(
    record: Record,
    paths: Iterable[str],
    *,
    workers: int = 1,
    dask: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Added:
    """Put everything at the paths on record that is not there yet, noting each fault on the standard error."""
    from onrecord.archive.capturing import visitor
    from onrecord.reading.batch import read_sources
    from onrecord.sources import sources_in

    added = Added()
    with progress("Reading", total=_count(paths)) as advance:
        sources = _unknown(sources_in(paths, visit=visitor(record)), record, added, advance)
        for outcome in read_sources(sources, workers=workers, dask=dask, published=published, outlet=outlet, url=url):
            if outcome.fault is not None or outcome.reading is None or outcome.source is None:
                _fail(record, outcome.source, outcome.fault, added)
            else:
                record.add(outcome.source, outcome.reading)
                added.read += 1
            advance()
    return added


def _unknown(
    sources: Iterable[Source | SourceError], record: Record, added: Added, advance: Callable[[], None]
) -> Iterator[Source | SourceError]:
    """The sources that are not on record; those that could not be read when they were last met are tried again."""
    for source in sources:
        if isinstance(source, OnRecordError) or not record.holds(source.sha256, source.origin):
            yield source
        else:
            added.known += 1
            advance()


def _fail(record: Record, source: Source | None, fault: OnRecordError | None, added: Added) -> None:
    fault = fault or OnRecordError("gave no reading", where=source.origin if source else None)
    record.add_failure(source or fault.where or "unknown source", fault)
    note(fault)
    added.failed += 1


def _count(paths: Iterable[str]) -> int | None:
    """How many sources there are, where somebody looks at a progress bar and they can be counted."""
    from onrecord.sources import sources_in
    from onrecord.sources.files import is_address

    if not sys.stderr.isatty() or "-" in paths or any(map(is_address, paths)):
        return None
    return sum(1 for _ in sources_in(paths))
