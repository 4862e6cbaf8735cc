"""Contradictions: what cannot both be so is found, with a sentence of each side; what can both be so is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.reading.schema import DateRange, Entity, Perpetrator
from onrecord.record import Record
from onrecord.record.contradictions import Contradiction
from onrecord.record.decisions import Merge
from tests.record.test_tolls import MONITOR, report

EAST = Entity("e8", "organisation", "Eastern Army", "wikidata:Q9000008")
WEST = Entity("e9", "organisation", "Western Front", "wikidata:Q9000009")


def found(record: Record, *reports: Any) -> list[Contradiction]:
    for source, reading in reports:
        record.add(source, reading)
    groups = tuple(incident.id for incident in record.incidents())
    if len(groups) > 1:
        record.decide(Merge(groups), by="Ann", why="one raid")
    return list(record.contradictions())


def told(outlet: str, count: int = 12, *, by: Entity | None = None, blame: str = "stated", **incident: Any) -> Any:
    """A report with another perpetrator, date or status."""
    source, reading = report(outlet, count)
    if by is not None:
        words = reading.text.split()[0]
        doer = Perpetrator(0, len(words), words, entity=by.id, blame=blame)  # type: ignore[arg-type]
        incident["perpetrators"] = (doer,)
    (first,) = reading.incidents
    changed = replace(first, **incident)
    return source, replace(reading, incidents=(changed,), entities=(*reading.entities, EAST, WEST))


def test_figures_that_exclude_each_other_are_a_contradiction_with_both_sentences(record: Record) -> None:
    (only,) = found(record, report("North", 12), report("South", 15), report("West", 12))
    assert (only.matter, only.about) == ("toll", "killed")
    assert [(side.says, len(side.voices), set(side.outlets)) for side in only.sides] == [
        ("12 (exact)", 2, {"North", "West"}),
        ("15 (exact)", 1, {"South"}),
    ]
    assert [side.evidence.focus[0].text for side in only.sides] == ["12 people", "15 people"]
    assert all(side.evidence.sentence for side in only.sides)


def test_at_least_so_many_and_more_can_both_be_so(record: Record) -> None:
    assert found(record, report("North", 12, least=True), report("South", 15)) == []


def test_an_origin_that_raises_its_own_figure_does_not_contradict_itself(record: Record) -> None:
    by = str(MONITOR.name)
    assert found(record, report("North", 12, by=by), report("South", 15, by=by, day="2031-03-04")) == []


@pytest.mark.parametrize(
    ("one", "other", "matter", "says"),
    [
        ({"by": EAST}, {"by": WEST}, "perpetrator", {"Eastern Army", "Western Front"}),
        ({"by": EAST}, {"by": EAST, "blame": "denied"}, "perpetrator", {"Eastern Army", "Eastern Army did not"}),
        ({}, {"date": DateRange("2031-03-02", "2031-03-02")}, "date", {"2031-03-01", "2031-03-02"}),
        ({}, {"status": "denied"}, "status", {"reported", "denied"}),
    ],
)
def test_what_else_accounts_contradict_each_other_on(
    record: Record, one: Any, other: Any, matter: str, says: set[str]
) -> None:
    (only,) = found(record, told("North", **one), told("South", **other))
    assert (only.matter, {side.says for side in only.sides}) == (matter, says)


@pytest.mark.parametrize(
    ("one", "other"),
    [({"by": EAST}, {"by": EAST}), ({"by": EAST}, {}), ({}, {"date": DateRange("2031-03-01", "2031-03-02")})],
)
def test_what_can_both_be_so_is_no_contradiction(record: Record, one: Any, other: Any) -> None:
    assert found(record, told("North", **one), told("South", **other)) == []
