"""`onrecord compare`: the record beside a reference list."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import existing_record, filter_of, filter_options, json_option, record_option
from onrecord.cli.terminal import note, print_json, print_listing

if TYPE_CHECKING:
    from onrecord.views.comparison.comparing import Line

STATES = ("matched", "differing", "only-here", "only-there")
NAMES = {"acled": "ACLED's list", "ucdp": "UCDP's list"}


@click.command(short_help="What UCDP's or ACLED's list has, and the record has not; and the other way round.")
@click.argument("file", type=click.Path())
@click.option("--only", type=click.Choice(STATES), multiple=True, help="These lines alone; can be given several times.")
@click.option("-o", "--output", metavar="FILE", help="Write the lines as CSV to this file.")
@filter_options("A PLOVER type or mode of incident.")
@record_option
@json_option
def compare(
    file: str, only: tuple[str, ...], output: str | None, record_at: str | None, as_json: bool, **given: Any
) -> None:
    """Compare the record with a reference list: FILE is a CSV of UCDP GED or of ACLED, as they publish it.

    Incidents are coded by the list's own rules and matched by day, place, type and toll, each within what its precision
    allows; the points say why. A matched event is "differing" where the number killed there is none that the record's
    origins give. Only incidents on the days and in the countries of the list are compared.

    \b
    onrecord compare GEDEvent_v24_1.csv --place Syria
    onrecord compare acled.csv --only differing --only only-there
    onrecord compare acled.csv -o comparison.csv
    """
    from onrecord.cli.exporting import opened
    from onrecord.views.comparison import compare as compared
    from onrecord.views.comparison import read_reference
    from onrecord.views.comparison.listing import comparison_listing, comparison_table, summary_of
    from onrecord.views.exports.delimited import csv_pieces

    reference = read_reference(file)
    for fault in reference.faults:
        note(fault)
    with existing_record(record_at) as record:
        comparison = compared(record.incidents(filter_of(**given)), reference)
    lines = [line for line in comparison.lines if not only or line.state in only]
    if output:
        with opened(output) as target:
            for piece in csv_pieces(comparison_table(lines)):
                target.write(piece.encode("utf-8", "backslashreplace"))
    elif as_json:
        print_json(map(_json, lines))
    else:
        print_listing(comparison_listing(lines))
    note(summary_of(comparison, NAMES[reference.kind]))


def _json(line: Line) -> dict[str, Any]:
    def event(of: Any) -> dict[str, Any] | None:
        return None if of is None else dataclasses.asdict(of) | {"first": str(of.first), "last": str(of.last)}

    points = line.points
    return {
        "state": line.state,
        "here": event(line.here),
        "there": event(line.there),
        "points": None if points is None else round(points.total, 3),
        "why": [] if points is None else [dataclasses.asdict(point) for point in points.points],
    }
