"""Reading again what is on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import existing_record, record_option
from onrecord.cli.terminal import FAULTY, note, progress, say

if TYPE_CHECKING:
    from onrecord.record import Record


@click.command(short_help="Read all articles on record again.")
@record_option
@click.pass_context
def reread(context: click.Context, record_at: str | None) -> None:
    """Read all articles on record again, from their kept bytes: after an upgrade, or when your own files have changed.

    What people have decided stays. Stopped, it keeps what it has done; run again, it begins anew. An article that can
    be read no more keeps its former reading.

    \b
    onrecord reread
    """
    from onrecord.record.rereading import last_number
    from onrecord.views.words import counted

    with existing_record(record_at) as record:
        with record.connection() as connection:
            until = last_number(connection)
        with progress("Reading again") as advance:
            read, failed = _reread(record, until, advance)
    say(f"{counted(read, 'article')} read again{f', {failed} not readable' if failed else ''}.")
    if failed:
        context.exit(FAULTY)


def _reread(record: Record, until: int, advance: Callable[[], None]) -> tuple[int, int]:
    """How many could be read again, and how many not."""
    from onrecord.reading.batch import Given, read_task
    from onrecord.record.rereading import next_kept

    read = failed = last = 0
    while True:
        with record.connection() as connection:
            found = next_kept(connection, last, until)
        if found is None:
            return read, failed
        last, kept = found
        # A line of JSON says itself of which outlet it is, for a page somebody may have.
        given = Given(kept.published, *(() if kept.source.kind == "json" else (kept.outlet, kept.url)))
        (outcome,) = read_task([kept.source], given)
        if outcome.reading is None or outcome.fault is not None:
            note(outcome.fault or f"{kept.source.origin}: gave no reading")
            failed += 1
        else:
            record.add(kept.source, outcome.reading)
            read += 1
        advance()


@click.command(short_help="Link all articles on record again.")
@click.option("--only-listings", is_flag=True, help="Keep the links; put together anew what is listed (minutes).")
@record_option
def relink(record_at: str | None, only_listings: bool) -> None:
    """Link all articles on record again, as this version does: after an upgrade that links otherwise.

    What was read and what people have decided stays. It is done as a whole or not at all; others wait meanwhile. It
    takes as long as adding them did, without the reading.

    \b
    onrecord relink
    """
    from onrecord.views.words import counted

    with existing_record(record_at) as record:
        if only_listings:
            record.settle()
            say("All that is listed was put together as this version does.")
            return
        number = record.link_anew()
    say(f"{counted(number, 'article')} linked again.")
