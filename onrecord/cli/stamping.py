"""`onrecord timestamp`: have others sign when they saw the record as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import existing_record, record_option
from onrecord.cli.terminal import say

if TYPE_CHECKING:
    from onrecord.record import Record

certificates_option = click.option(
    "--certificates",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="The certificates of authorities that you believe, as PEM; can be given several times. "
    "[default: those of \\[timestamps] in onrecord.toml]",
)


@click.command(short_help="Have an authority sign when it saw the record.")
@click.option("--authority", metavar="URL", help="Whom to ask. [default: that of \\[timestamps] in onrecord.toml]")
@certificates_option
@click.option(
    "--save",
    type=click.Path(file_okay=False, path_type=Path),
    help="Ask nobody: write the answers on record to this folder, for other programs.",
)
@record_option
def timestamp(record_at: str | None, authority: str | None, certificates: tuple[Path, ...], save: Path | None) -> None:
    """Have a time-stamping authority (RFC 3161) sign that the record was as it is now at this moment.

    The authority is sent the hash of the last entry of the journal, and nothing of what is on record. Its answer is
    kept; "onrecord verify" proves it. All that the journal tells of up to there was there at that moment, whatever the
    clock of this machine said.

    \b
    onrecord timestamp --authority https://freetsa.org/tsr --certificates freetsa.pem
    onrecord timestamp --save stamps
    """
    from onrecord.archive.stamping import certificates_in, stamp
    from onrecord.config import settings

    with existing_record(record_at) as record:
        if save is not None:
            say(f"Wrote {_saved(record, save)} to {save}.")
            return
        asked = authority or settings().timestamp_authority
        if not asked:
            raise click.UsageError("Name an authority by --authority, or under [timestamps] in onrecord.toml.")
        roots = certificates_in(certificates or settings().timestamp_certificates)
        given, here = stamp(record, asked, roots=roots)
    say(f"{asked} saw entry {given.head.number} of the journal at {given.at}; this machine's clock said {here}.")
    if not roots:
        say("Whose signature it bears was not looked at: give the authority's certificates by --certificates.")


def _saved(record: Record, folder: Path) -> str:
    from onrecord.archive.stamping import answer_of, stamps
    from onrecord.views.words import counted

    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with record.connection() as connection:
        for given in stamps(connection):
            path = folder / f"{given.head.number}-{given.head.hash}.tsr"
            path.write_bytes(answer_of(connection, given) or b"")
            number += 1
    return counted(number, "time stamp")
