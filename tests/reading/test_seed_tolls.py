"""The tolls of the three seed articles, with and without their date."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.reading.schema import Casualty, Reading

DATES = {"000": "2016-10-14", "001": "2015-10-14", "002": "2016-10-19"}


def read(seeds: Path, number: str, *, dated: bool) -> Reading:
    (path,) = seeds.glob(f"{number}_*.txt")
    return onrecord.read(path.read_text(encoding="utf-8"), published=DATES[number] if dated else None)


def with_count(reading: Reading, count: int) -> Casualty:
    (found,) = (casualty for casualty in reading.casualties if casualty.count == count)
    return found


@pytest.mark.parametrize("dated", [True, False])
def test_the_aleppo_report_gives_its_six_tolls(seeds: Path, dated: bool) -> None:
    reading = read(seeds, "000", dated=dated)
    assert [(toll.count, toll.effect, toll.qualifier) for toll in reading.casualties] == [
        (87, "wounded", "about"),
        (300, "killed", "exact"),
        (370, "killed", "at-least"),
        (70, "killed", "about"),
        (100, "killed", "at-least"),
        (68, "killed", "exact"),
    ]


@pytest.mark.parametrize(("dated", "since", "until"), [(True, "2016-09-22", "2016-10-14"), (False, "XXXX-09-22", None)])
def test_a_campaign_toll_has_its_period_and_place_and_no_incident(
    seeds: Path, dated: bool, since: str, until: str | None
) -> None:
    reading = read(seeds, "000", dated=dated)
    names = {entity.id: entity.name for entity in reading.entities}
    for toll in (with_count(reading, 370), with_count(reading, 70)):
        assert (toll.since, toll.until, toll.incident) == (since, until, None)
        assert "Aleppo" in [names[place] for place in toll.where]


@pytest.mark.parametrize("dated", [True, False])
def test_the_children_are_counted_in_the_larger_number(seeds: Path, dated: bool) -> None:
    reading = read(seeds, "000", dated=dated)
    children = with_count(reading, 70)
    assert children.part_of == with_count(reading, 370).id
    assert children.group == with_count(reading, 100).group == "children"


@pytest.mark.parametrize("dated", [True, False])
def test_figures_stand_on_the_word_of_whoever_gives_them(seeds: Path, dated: bool) -> None:
    reading = read(seeds, "000", dated=dated)
    sources = {attribution.id: attribution.source for attribution in reading.attributions}
    assert "U.N." in sources[with_count(reading, 100).attribution or ""][0].text
    assert with_count(reading, 300).attribution is None


@pytest.mark.parametrize("dated", [True, False])
def test_no_reports_of_dead_are_a_zero_and_trained_rebels_no_toll(seeds: Path, dated: bool) -> None:
    reading = read(seeds, "001", dated=dated)
    assert [toll.count for toll in reading.casualties] == [0]


@pytest.mark.parametrize("dated", [True, False])
def test_a_report_without_dead_has_no_toll(seeds: Path, dated: bool) -> None:
    assert read(seeds, "002", dated=dated).casualties == ()
