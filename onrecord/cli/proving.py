"""`onrecord verify`, `onrecord backup` and `onrecord restore`: is the record whole, and will it stay so?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import existing_record, record_option
from onrecord.cli.stamping import certificates_option
from onrecord.cli.terminal import FAULTY, note, say
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.record import Record
    from onrecord.record.journal import Head
    from onrecord.record.releases import Releases


def _head(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Head, ...]:
    """Heads as "number:hash"; of the hash the first twelve digits will not do: all of it is proved."""
    from onrecord.record.journal import Head

    heads = []
    for value in values:
        found = re.fullmatch(r"(\d{1,12}):([0-9a-f]{64})", value)
        if found is None:
            raise click.BadParameter(f"{value!r} is no head; write it as onrecord verify prints it")
        heads.append(Head(int(found[1]), found[2]))
    return tuple(heads)


@click.command(short_help="Prove that the record is whole.")
@click.option(
    "--known",
    metavar="HEAD",
    multiple=True,
    callback=_head,
    help="A head of the journal that was written down before and must be in it still; can be given several times.",
)
@click.option("--quick", is_flag=True, help="Do not make the links of all articles anew to compare them.")
@click.option(
    "--given",
    metavar="FILE",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that was given out (an export, an archive), to be found whole too; can be given several times.",
)
@certificates_option
@record_option
@click.pass_context
def verify(
    context: click.Context,
    record_at: str | None,
    known: tuple[Head, ...],
    quick: bool,
    given: tuple[Path, ...],
    certificates: tuple[Path, ...],
) -> None:
    """Prove that archive, journal, database and releases are whole, or name the first thing that is not.

    Every byte that came in is hashed, the journal's chain is followed from its first entry, every reading, capture and
    decision is compared with what the journal tells of it, and all articles and links with what the readings give. The
    exit status is 1 where something is not whole. Time stamps are proved by the certificates of who gave them.

    What cannot be seen from within is a record that was cut short at its end, or forged as a whole. Write the head that
    is printed last down elsewhere, and give it with --known the next time.

    \b
    onrecord verify
    onrecord verify --known 4711:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    onrecord verify --given incidents.csv
    """
    from onrecord.archive.broken import Broken, Unproved
    from onrecord.archive.proving import prove
    from onrecord.archive.stamping import certificates_in
    from onrecord.config import settings

    roots = certificates_in(certificates or settings().timestamp_certificates)
    log = _log_of(record_at or settings().record)
    with existing_record(record_at) as record:
        for found in prove(record, known=known, releases=_releases(record_at), links=not quick, roots=roots):
            if isinstance(found, Broken):
                note(f"not whole: {found.where} {found.what}")
                context.exit(FAULTY)
            if isinstance(found, Unproved):
                note(f"not told: {found.part}: {found.what}; {found.advice}")
                continue
            say(f"whole: {found.part} ({found.number:,})")
        _prove_given(context, record, given)
        with record.connection() as connection:
            from onrecord.record.journal import head

            last = head(connection)
    if log == "broken off":
        note(
            "not told: the last change: what SQLite had of it was not whole; a program was stopped while it wrote it, "
            "or it was damaged; look whether what was last done is on record"
        )
    say(f"The journal's head is {last.number}:{last.hash}")


def _prove_given(context: click.Context, record: Record, files: tuple[Path, ...]) -> None:
    from onrecord.archive.giving import given_as

    for file in files:
        entry = given_as(record, file)
        if entry is None:
            note(f"not whole: {file} is no file that the journal tells of: changed, or not from this record")
            context.exit(FAULTY)
        say(f"whole: {file}, given out at {entry.at} by {entry.by} (entry {entry.number:,} of the journal)")


def _log_of(record_at: str) -> str | None:
    """How SQLite's log of a record is before anybody opens it, which does away with what is broken off."""
    from onrecord.record.write_ahead import state_of_log

    return None if "://" in record_at else state_of_log(Path(record_at))


def _releases(record_at: str | None) -> Releases | None:
    """The releases of the record; None where it is on a server and nobody named their folder."""
    from onrecord.config import settings
    from onrecord.record.releases import Releases

    try:
        return Releases.beside(record_at or settings().record)
    except OnRecordError:
        return None


@click.command(short_help="Copy the record to a file, while others work on it.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@record_option
def backup(record_at: str | None, file: Path) -> None:
    """Write a verified copy of the record, as of one moment, to FILE. Others may go on working.

    The copy is a record itself: every command can be given it by --record. Releases are folders of plain files beside
    the record; copy them along.

    \b
    onrecord backup /media/disk/onrecord-2016-10-14.db
    """
    from onrecord.archive.backing_up import back_up

    with existing_record(record_at) as record:
        head = back_up(record, file)
    say(f"Wrote {file}, and found it whole. Its journal's head is {head.number}:{head.hash}")


@click.command(short_help="Make a record of a backup.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@record_option
def restore(record_at: str | None, file: Path) -> None:
    """Make a record of the backup in FILE, where there is none yet; nothing is ever written over.

    \b
    onrecord restore /media/disk/onrecord-2016-10-14.db
    onrecord restore /media/disk/onrecord-2016-10-14.db --record postgresql+psycopg://desk@server/war
    """
    from onrecord.archive.backing_up import restore as restored
    from onrecord.config import settings

    at = record_at or settings().record
    head = restored(file, at)
    say(f"Restored {file} to {at}, and found it whole. Its journal's head is {head.number}:{head.hash}")
