"""`onrecord report` and `onrecord export`: the record as files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from onrecord.cli.options import existing_record, filter_of, filter_options, record_option
from onrecord.cli.terminal import note, say
from onrecord.errors import OnRecordError, RecordError

if TYPE_CHECKING:
    from onrecord.record import Filter, Record
    from onrecord.views.exports import Form

FORMS = ("csv", "xlsx", "parquet", "json", "jsonl", "geojson", "hxl", "acled", "ucdp")
LEVELS = ("report", "incident")
STANDARD_OUTPUT = "-"


@click.command(short_help="Everything as one page for the browser.")
@click.option("-o", "--output", default="report.html", show_default=True, help="Where to write it; - for the pipe.")
@click.option("--title", help="The heading. [default: made from places and dates]")
@filter_options("A PLOVER type or mode of incident.")
@record_option
def report(record_at: str | None, output: str, title: str | None, **given: Any) -> None:
    """Write the record, or the part of it that the options pick, as one HTML page.

    The page needs no network and no scripts: timeline, map, tolls with their range and whose figure each is, truces
    with their steps, who calls whom what, and the accounts of each incident side by side. Every fact opens its
    sentence in its article.

    \b
    onrecord report
    onrecord report --place Aleppo --since 2016-10 -o aleppo.html
    """
    with existing_record(record_at) as record:
        write_report(record, filter_of(**given), output, title)
    if output != STANDARD_OUTPUT:
        say(f"Wrote {output}; open it in a browser.")


def write_report(record: Record, of: Filter, output: str, title: str | None = None) -> None:
    """Write the report of the record to a file."""
    from onrecord.views.report import report_of

    with opened(output) as file:
        for piece in report_of(record, of, title=title, made_on=date.today().isoformat()):
            file.write(piece.encode("utf-8", "backslashreplace"))


@click.command(short_help="The record for other programs: CSV, Excel, Parquet, JSON, GeoJSON, HXL, ACLED, UCDP.")
@click.argument("form", required=False, type=click.Choice(FORMS))
@click.option("--format", "named_form", type=click.Choice(FORMS), help="The same as FORM.")
@click.option("--level", type=click.Choice(LEVELS), help="A row for each incident and account, or for each incident.")
@click.option("--from-release", "release", metavar="NAME", help="From this release in place of the record of today.")
@click.option("-o", "--output", default=STANDARD_OUTPUT, help="Where to write it. [default: the standard output]")
@filter_options("A PLOVER type or mode of incident.")
@record_option
def export(
    form: Form | None,
    named_form: Form | None,
    level: Any,
    release: str | None,
    output: str,
    record_at: str | None,
    **given: Any,
) -> None:
    """Write the record, or the part of it that the options pick, for other programs.

    csv, xlsx, parquet and hxl (CSV with HXL hashtags) have a row for each incident and account, so that no disagreement
    is lost; with --level incident a row for each incident, with the range of its tolls. acled has ACLED's 31 columns,
    ucdp UCDP GED's 49. geojson (RFC 7946) has a point for each incident, jsonl an incident a line, json everything,
    with every sentence. Without FORM the ending of the output's name says it. docs/exports.md explains every column.

    \b
    onrecord export csv -o incidents.csv
    onrecord export -o incidents.xlsx --level incident --since 2016-10
    onrecord export acled --place Syria > acled.csv
    onrecord export csv --from-release 2016-11 -o cited.csv
    """
    from onrecord.views.exports import export_bytes
    from onrecord.views.exports.writing import written_to

    wanted, of = form or named_form or _form_of(output), filter_of(**given)
    with existing_record(record_at) as record:
        holdings = _release(record_at, release) if release else record
        with opened(output) as file:
            digest = written_to(file, export_bytes(holdings, of, wanted, level))
        _note_export(record, of, {"form": wanted, "level": level, "release": release, "sha256": digest}, output)


def _form_of(output: str) -> Form:
    from onrecord.views.exports.writing import BY_ENDING

    form = BY_ENDING.get(Path(output).suffix.lower())
    if form is None:
        raise click.UsageError(f"Give one of {', '.join(FORMS)}, or an output whose name ends in one of them.")
    return form


def _release(record_at: str | None, name: str) -> Any:
    from onrecord.cli.releasing import releases_at

    return releases_at(record_at).opened(name)


def _note_export(record: Record, of: Filter, what: dict[str, Any], output: str) -> None:
    """Write down in the journal that this was given out; where that cannot be, say so: the file is there already."""
    import dataclasses

    from onrecord.record import journal
    from onrecord.team.oneself import user_name

    filters = {name: value for name, value in dataclasses.asdict(of).items() if value is not None}
    given = {name: value for name, value in what.items() if value is not None} | {"filter": filters}
    target = "the standard output" if output == STANDARD_OUTPUT else str(Path(output).name)
    try:
        with record.connection(writes=True) as connection:
            journal.append(connection, kind="exported", subject=target, by=user_name(), what=given)
    except RecordError as fault:
        note(f"the export is not in the record's journal: {fault}")


@contextmanager
def opened(output: str) -> Iterator[IO[bytes]]:
    """The file to write to, in place of the old one only once it is whole."""
    if output == STANDARD_OUTPUT:
        with click.open_file("-", "wb") as stream:
            yield stream
        return
    unfinished = Path(f"{output}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(output)
    except OSError as fault:
        advice = "choose another place with -o"
        raise OnRecordError(f"cannot be written ({fault.strerror})", where=output, advice=advice) from fault
    finally:
        unfinished.unlink(missing_ok=True)
