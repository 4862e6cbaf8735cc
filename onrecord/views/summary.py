"""What is on the record, on one screen: each fact with those whose word it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import nlargest
from typing import TYPE_CHECKING, TypeVar

from onrecord.record.shapes import EVERYTHING, Filter, IncidentOnRecord, LabelCell, Summary, Toll, TruceOnRecord
from onrecord.views.details import headline
from onrecord.views.listing import figures_and_voices, listed, places
from onrecord.views.words import counted, days, is_deed, range_of, voice_of, who_of

if TYPE_CHECKING:
    from onrecord.record import Record

SHOWN = 12
SHOWN_OF_EACH = 3
Shape = TypeVar("Shape")
Weight = tuple[int, ...]


def summary_lines(record: Record, of: Filter = EVERYTHING) -> Iterator[str]:
    """Articles, incidents, tolls with their range, truces, and who calls whom what."""
    summary = record.summary(of)
    yield "On record"
    yield f"  {_counts(summary)}"
    yield f"  {days(summary.since, summary.until)}"
    yield from _section("What happened", record.incidents(of), _weight_of_incident, _incident)
    yield from _section("How many were harmed, and whose figure it is", record.tolls(of), _weight_of_toll, _toll)
    yield from _section("What became of the truces", record.truces(of), lambda truce: (len(truce.steps),), _truce)
    yield from _section("Who calls whom what", _some_of_each(record.labels(of)), _weight_of_label, _label)
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


def _section(
    title: str, things: Iterable[Shape], weight: Callable[[Shape], Weight], words: Callable[[Shape], str]
) -> Iterator[str]:
    """The weightiest of the things, in the order in which they came; nothing where there are none."""
    found = list(things)
    shown = sorted(nlargest(SHOWN, range(len(found)), key=lambda at: weight(found[at])))
    if not shown:
        return
    yield ""
    yield title
    yield from (f"  {words(found[at])}" for at in shown)
    if len(found) > len(shown):
        yield f"  … {len(found) - len(shown):,} more"


def _some_of_each(labels: Iterable[LabelCell]) -> Iterator[LabelCell]:
    """The weightiest labels of each speaker, so that the loudest does not drown the others."""
    by: dict[str, list[LabelCell]] = {}
    for label in labels:
        by.setdefault(label.by, []).append(label)
    for of_speaker in by.values():
        yield from nlargest(SHOWN_OF_EACH, of_speaker, key=_weight_of_label)


def _weight_of_incident(incident: IncidentOnRecord) -> Weight:
    """Deeds before words, then what many tell of, then the deadliest."""
    killed = max((toll.best or 0 for toll in incident.tolls if toll.effect == "killed"), default=0)
    return is_deed(incident.type), len(incident.outlets), incident.origins, killed


def _weight_of_toll(toll: Toll) -> Weight:
    """The tolls of all who were killed first, then what is most disputed, then the highest."""
    whole = toll.range.status is None and toll.range.group is None
    return whole and toll.range.effect == "killed", toll.range.origins, toll.range.best or 0


def _weight_of_label(label: LabelCell) -> Weight:
    """Labels of somebody who is named, then the loaded ones, then the frequent ones."""
    return label.of is not None, label.tone != "neutral", label.count


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
