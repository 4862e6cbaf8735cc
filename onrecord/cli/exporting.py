"""`onrecord report` and `onrecord export`: the record as files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from onrecord.cli.options import existing_record, filter_of, filter_options, record_option
from onrecord.cli.terminal import say
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.record import Filter, Record

FORMS = ("csv", "json", "geojson")
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

    with _opened(output) as file:
        _write(file, report_of(record, of, title=title, made_on=date.today().isoformat()))


@click.command(short_help="The record for other programs: CSV, JSON or GeoJSON.")
@click.argument("form", type=click.Choice(FORMS))
@click.option("-o", "--output", default=STANDARD_OUTPUT, help="Where to write it. [default: the standard output]")
@filter_options("A PLOVER type or mode of incident.")
@record_option
def export(form: str, record_at: str | None, output: str, **given: Any) -> None:
    """Write the record, or the part of it that the options pick, for other programs.

    csv has a row for each incident and account, so that no disagreement is lost; a spreadsheet can open it. geojson
    (RFC 7946) has a point for each incident. json has everything, with every sentence.

    \b
    onrecord export csv -o incidents.csv
    onrecord export geojson --place Syria > syria.geojson
    """
    from onrecord.views import exports

    of = filter_of(**given)
    with existing_record(record_at) as record, _opened(output) as file:
        if form == "json":
            _write(file, exports.json_of(record, of))
        else:
            write = exports.csv_of if form == "csv" else exports.geojson_of
            _write(file, write(record.incidents(of)))


def _write(file: IO[str], pieces: Iterable[str]) -> None:
    for piece in pieces:
        file.write(piece)


@contextmanager
def _opened(output: str) -> Iterator[IO[str]]:
    """The file to write to, in place of the old one only once it is whole; UTF-8, line ends as they are given."""
    if output == STANDARD_OUTPUT:
        with click.open_file("-", "w", encoding="utf-8", errors="backslashreplace") as stream:
            yield stream
        return
    unfinished = Path(f"{output}.{os.getpid()}.part")
    try:
        with unfinished.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
        unfinished.replace(output)
    except OSError as fault:
        advice = "choose another place with -o"
        raise OnRecordError(f"cannot be written ({fault.strerror})", where=output, advice=advice) from fault
    finally:
        unfinished.unlink(missing_ok=True)
