"""What is on the record, on one screen: each fact with those whose word it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.record.shapes import EVERYTHING, Filter, IncidentOnRecord, LabelCell, Summary, Toll, TruceOnRecord
from onrecord.views.details import headline
from onrecord.views.listings import figures_and_voices, listed, places
from onrecord.views.words import counted, days, range_of, voice_of, who_of

if TYPE_CHECKING:
    from onrecord.record import Record

SHOWN = 12


def summary_lines(record: Record, of: Filter = EVERYTHING) -> Iterator[str]:
    """Articles, incidents, tolls with their range, truces, and who calls whom what."""
    summary = record.summary(of)
    yield "On record"
    yield f"  {_counts(summary)}"
    yield f"  {days(summary.since, summary.until)}"
    yield from _section("What happened", summary.incidents, map(_incident, record.incidents(of)))
    yield from _section("How many were harmed, and whose figure it is", summary.tolls, map(_toll, record.tolls(of)))
    yield from _section("What became of the truces", summary.truces, map(_truce, record.truces(of)))
    yield from _section("Who calls whom what", summary.labels, map(_label, record.labels(of)))
    yield ""


def _counts(summary: Summary) -> str:
    return ", ".join(
        (
            f"{counted(summary.articles, 'article')} ({counted(summary.copies, 'copy', 'copies')}) "
            f"of {counted(summary.outlets, 'outlet')}",
            counted(summary.stories, "story", "stories"),
            f"{counted(summary.incidents, 'incident')} in {counted(summary.accounts, 'account')}",
            counted(summary.tolls, "toll"),
            counted(summary.truces, "truce"),
            counted(summary.claims, "statement"),
        )
    )


def _section(title: str, count: int, lines: Iterable[str]) -> Iterator[str]:
    shown = list(islice(lines, SHOWN))
    if not shown:
        return
    yield ""
    yield title
    yield from (f"  {line}" for line in shown)
    if count > len(shown):
        yield f"  … {count - len(shown):,} more"


def _incident(incident: IncidentOnRecord) -> str:
    return f"{headline(incident)}: {listed(incident.outlets)} ({counted(incident.origins, 'origin')})"


def _toll(toll: Toll) -> str:
    where = places(toll.places) or "place not told"
    what = f"{who_of(toll.range)} {range_of(toll.range)}, {where}, {days(toll.since, toll.until)}"
    return f"{what}: {figures_and_voices(toll.range)}"


def _truce(truce: TruceOnRecord) -> str:
    steps = dict.fromkeys(f"{step.step} ({voice_of(step.voice)})" for step in truce.steps)
    where = places(truce.places) or "place not told"
    return f"{truce.kind}, {where}, {days(truce.since, truce.until)}: {'; '.join(steps)}"


def _label(label: LabelCell) -> str:
    words = f"‘{label.label}’" if label.scare_quotes else label.label
    return f"{label.by} calls {label.of or '(not told)'}: {words} ({label.tone}, {counted(label.count, 'time')})"
