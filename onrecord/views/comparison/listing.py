"""A comparison as a listing, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.views import words
from onrecord.views.comparison.comparing import Comparison, Line
from onrecord.views.comparison.events import Event
from onrecord.views.exports.columns import Cell, Table
from onrecord.views.exports.columns import Column as Field
from onrecord.views.listing import Column, Listing

FIELDS = (
    Field("state", "text", "", "matched, differing (matched, but with another toll), only-here or only-there"),
    Field("incident", "text", "", "the incident's id on the record"),
    Field("event", "text", "", "the event's id in the list"),
    Field("since", "day", "", "first day on which it may have been, by the record, else by the list"),
    Field("until", "day", "", "last day"),
    Field("place", "text", "", "where"),
    Field("country", "text", "", "in which country"),
    Field("type", "text", "", "event type, or UCDP's type of violence"),
    Field("low_here", "whole", "", "lowest number killed by the record"),
    Field("best_here", "whole", "", "best number by the record"),
    Field("high_here", "whole", "", "highest number by the record; empty: open"),
    Field("low_there", "whole", "", "lowest number killed by the list"),
    Field("best_there", "whole", "", "best or only number by the list"),
    Field("high_there", "whole", "", "highest number by the list"),
    Field("points", "number", "", "how much speaks for the two being one, from 0 to 1"),
    Field("why", "text", "", "the points for day, place, type and toll, with reasons"),
)
"""The columns of a comparison as CSV."""


def comparison_listing(lines: Iterable[Line]) -> Listing:
    """A row for each line."""
    columns = (
        Column("state"),
        Column("here"),
        Column("there"),
        Column("date"),
        Column("where", ratio=1),
        Column("type", ratio=1, optional=True),
        Column("killed here", number=True),
        Column("killed there", number=True),
        Column("points", ratio=2, optional=True),
    )
    return Listing(columns, (_shown(line) for line in lines), "Neither has anything to compare.")


def comparison_table(lines: Iterable[Line]) -> Table:
    """The lines under `FIELDS`."""
    return Table("incident", FIELDS, (tuple(_cells(line)) for line in lines))


def summary_of(comparison: Comparison, name: str) -> str:
    """What the comparison comes to, in one sentence or two."""
    both = comparison.number("matched", "differing")
    parts = [
        f"{words.counted(both, 'event')} in both, {words.number(comparison.number('differing'))} with another toll",
        f"{words.number(comparison.number('only-here'))} only on the record",
        f"{words.number(comparison.number('only-there'))} only in {name}",
    ]
    left = []
    if comparison.not_coded:
        left.append(f"{words.counted(comparison.not_coded, 'incident')} that {name} would not code")
    if comparison.outside:
        left.append(f"{words.counted(comparison.outside, 'incident')} outside its days and countries")
    return "; ".join(parts) + "." + (f" Left out: {', '.join(left)}." if left else "")


def _shown(line: Line) -> tuple[str, ...]:
    event = line.here or line.there
    if event is None:
        return ("",) * 9
    return (
        line.state,
        line.here.id if line.here else "",
        line.there.id if line.there else "",
        _days(event),
        event.place,
        event.sub_type or event.type,
        _killed(line.here),
        _killed(line.there),
        f"{line.points.total:.2f}: {line.points}" if line.points else "",
    )


def _cells(line: Line) -> Iterator[Cell]:
    event = line.here or line.there
    if event is None:
        return
    yield from (line.state, line.here.id if line.here else None, line.there.id if line.there else None)
    yield from (event.first.isoformat(), event.last.isoformat(), event.place, event.country)
    yield event.sub_type or event.type
    for each in (line.here, line.there):
        yield from (each.low, each.best, each.high) if each else (None, None, None)
    yield from (round(line.points.total, 3), str(line.points)) if line.points else (None, None)


def _days(event: Event) -> str:
    first, last = event.first.isoformat(), event.last.isoformat()
    return first if first == last else f"{first}/{last}"


def _killed(event: Event | None) -> str:
    if event is None or event.best is None:
        return ""
    span = words.span_of(event.low, event.high)
    return span if span == words.number(event.best) else f"{words.number(event.best)} ({span})"
