"""Tolls: what adds up, what is a range, and whose figure it is."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from onrecord.reading.schema import (
    Attribution,
    Casualty,
    Credit,
    DateRange,
    Entity,
    Incident,
    Qualifier,
    Reading,
    TextSpan,
)
from onrecord.record import Filter, Record
from onrecord.record.figures import kinds_of, whole_tolls
from onrecord.record.shapes import TollRange
from onrecord.sources.source import Source

IDRIN = Entity("e1", "place", "Idrin", "geonames:9000001", 35.5, 38.0, "XZ", "settlement")
VOCABULARY = [f"w{number}" for number in range(2000)]
MONITOR = Entity("e2", "organisation", "Monitor of Harm", "wikidata:Q9000002")


def figure(count: int | None, **values: object) -> Casualty:
    low = values.pop("low", count)
    known = {"qualifier": "exact", "effect": "killed", "high": count} | values
    return Casualty(0, 1, "x", str(known.pop("id", "k1")), count=count, low=low, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figures", "whole"),
    [
        ([figure(12)], (12, 12, 12)),
        ([figure(370, qualifier="at-least", high=None)], (370, 370, None)),
        ([figure(None, low=24, high=99, qualifier="vague")], (24, 24, 99)),
        ([figure(370), figure(70, id="k2", group="children", part_of="k1")], (370, 370, 370)),
        ([figure(5, status="civilian"), figure(3, id="k2", status="combatant")], (8, 8, None)),
        ([figure(5, status="civilian"), figure(9, id="k2")], (9, 9, 9)),
        ([figure(70), figure(100, id="k2", attribution="a1")], (70, 70, 100)),
        ([figure(0)], (0, 0, 0)),
        ([figure(None)], None),
    ],
)
def test_what_the_figures_of_one_account_add_up_to(figures: list[Casualty], whole: tuple[int, int, int] | None) -> None:
    assert whole_tolls(figures).get("killed") == whole


@pytest.mark.parametrize(
    ("figures", "wanted"),
    [
        ([figure(15, status="combatant"), figure(2, id="k2", status="combatant", part_of="k1")], [(15, 15, 15)]),
        ([figure(15), figure(2, id="k2", status="combatant", part_of="k1")], [(2, 2, 2)]),
        (
            [figure(9, status="civilian"), figure(4, id="k2", status="civilian", group="women", part_of="k1")],
            [(9, 9, 9), (4, 4, 4)],
        ),
        ([figure(21, status="combatant", of="e1"), figure(30, id="k2", status="combatant", of="e2")], [(51, 51, 51)]),
        (
            [figure(21, status="combatant", of="e1"), figure(20, id="k2", status="combatant")],
            [(21, 21, 21), (20, 20, 20)],
        ),
    ],
)
def test_what_the_figures_of_one_account_say_of_people_of_one_kind(
    figures: list[Casualty], wanted: list[tuple[int, int, int]]
) -> None:
    assert [kind.bounds for kind in kinds_of(figures)] == wanted


def test_the_dead_of_two_sides_are_added_up() -> None:
    soldiers = figure(21, status="combatant", of="e1", qualifier="at-least", high=None)
    assert whole_tolls([soldiers, figure(30, id="k2", status="combatant", of="e2")])["killed"] == (51, 51, None)


def report(
    outlet: str,
    count: int,
    *,
    by: str | None = None,
    agency: str | None = None,
    day: str = "2031-03-02",
    least: bool = False,
) -> tuple[Source, Reading]:
    """An article on one raid, in words of its own; `by` is who gives the figure."""
    said = f", {by} said" if by else ""
    own_words = " ".join(Random(outlet).choices(VOCABULARY, k=60))
    text = f"{own_words}. Warplanes hit Idrin, killing {count} people{said}." + (f" ({agency})" if agency else "")
    at = text.index(str(count))
    speaker = "e2" if by == MONITOR.name else None
    qualifier: Qualifier = "at-least" if least else "exact"
    kept = Casualty(
        at,
        at + len(f"{count} people"),
        f"{count} people",
        "k1",
        count,
        count,
        None if least else count,
        qualifier,
        "killed",
        incident="i1",
        attribution="a1" if by else None,
    )
    source = TextSpan(text.index(by), text.index(by) + len(by), by) if by else None
    reading = Reading(
        id=outlet,
        text=text,
        outlet=outlet,
        published=day,
        credits=(Credit(text.index(f"({agency}"), len(text), f"({agency})", agency),) if agency else (),
        entities=(IDRIN, MONITOR),
        attributions=(Attribution("a1", (source,), (), (kept,), speaker),) if source else (),
        casualties=(kept,),
        incidents=(
            Incident(
                "i1",
                "ASSAULT",
                "aerial",
                date=DateRange("2031-03-01", "2031-03-01"),
                where=("e1",),
                casualties=("k1",),
                evidence=(TextSpan(0, len(text), text),),
            ),
        ),
    )
    return Source(text.encode(), "text", f"{outlet}.txt"), reading


def range_of(record: Record, *reports: tuple[Source, Reading]) -> TollRange:
    for source, reading in reports:
        record.add(source, reading)
    (incident,) = record.incidents()
    (toll,) = incident.tolls
    return toll


def test_low_and_high_are_those_of_any_and_best_is_what_most_origins_give(record: Record) -> None:
    toll = range_of(record, report("A", 30), report("B", 33), report("C", 33), report("D", 36))
    assert (toll.low, toll.best, toll.high, toll.open, toll.origins) == (30, 33, 36, False, 4)


def test_who_repeats_a_speaker_adds_no_origin(record: Record) -> None:
    name = MONITOR.name
    toll = range_of(record, report("A", 30), report("B", 33, by=name), report("C", 33, by=name), report("D", 30))
    assert (toll.best, toll.origins) == (30, 3)
    (origin,) = toll.figures[1].origins
    assert (origin.voice.kind, origin.voice.name, origin.outlets) == ("speaker", name, ("B", "C"))


def test_outlets_that_credit_one_agency_are_one_origin(record: Record) -> None:
    toll = range_of(record, report("A", 31, agency="The Wire"), report("B", 31, agency="The Wire"), report("C", 35))
    assert toll.origins == 2
    assert [origin.voice.name for origin in toll.figures[0].origins] == ["The Wire"]


def test_of_figures_with_level_support_the_last_said_counts(record: Record) -> None:
    toll = range_of(record, report("A", 30), report("B", 34, day="2031-03-03"))
    assert toll.best == 34


def test_an_origin_counts_with_what_it_said_last(record: Record) -> None:
    source, reading = report("A", 36, day="2031-03-03")
    later = (replace(source, origin="later.txt"), reading)
    toll = range_of(record, report("A", 30), report("B", 36), later)
    assert (toll.low, toll.best, toll.origins) == (30, 36, 2)


def test_a_least_number_leaves_the_range_open(record: Record) -> None:
    toll = range_of(record, report("A", 30), report("B", 32, least=True))
    assert (toll.low, toll.high, toll.open) == (30, 32, True)


def test_each_figure_has_its_sentence_and_its_words(record: Record) -> None:
    toll = range_of(record, report("A", 30, by=MONITOR.name))
    (evidence,) = toll.figures[0].origins[0].evidence
    assert evidence.sentence == "Warplanes hit Idrin, killing 30 people, Monitor of Harm said."
    assert [words.text for words in evidence.focus] == ["30 people"]
    text = record.reading(evidence.article).text
    assert text[evidence.start : evidence.end] == evidence.sentence


def test_a_toll_of_no_incident_is_one_of_a_period(record: Record) -> None:
    source, reading = report("A", 30)
    kept = replace(reading.casualties[0], incident=None, where=("e1",), since="2031-02-01", until="2031-03-02")
    record.add(source, replace(reading, incidents=(), casualties=(kept,)))
    (toll,) = record.tolls()
    assert (toll.incident, toll.since, toll.until, toll.range.best) == (None, "2031-02-01", "2031-03-02", 30)
    assert [place.name for place in toll.places] == ["Idrin"]
    assert list(record.tolls(Filter(type="wounded"))) == [] == list(record.tolls(Filter(place="Elsewhere")))
    assert len(list(record.tolls(Filter(type="killed", place="idrin", since="2031-03-01")))) == 1


@pytest.mark.parametrize("cited", ["Reuters", "North"])
def test_who_cites_an_agency_or_an_outlet_has_the_figure_from_there(record: Record, cited: str) -> None:
    newsroom = Entity("e2", "organisation", cited)
    first = report("North", 12, agency="Reuters" if cited == "Reuters" else None)
    source, citing = report("South", 12, by=MONITOR.name, day="2031-03-03")
    citing = replace(citing, entities=(IDRIN, newsroom))
    toll = range_of(record, first, (source, citing))
    assert toll.origins == 1
    assert toll.figures[0].origins[0].outlets == ("North", "South")
