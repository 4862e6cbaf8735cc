"""The truces and labels of the three seed articles, read as a user reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import onrecord
from onrecord.reading.schema import Label, Reading, Truce

PUBLISHED = {"000": "2016-10-14", "001": "2015-10-14", "002": "2016-10-19"}


@cache
def reading_of(folder: Path, number: str) -> Reading:
    (path,) = folder.glob(f"{number}_*.txt")
    return onrecord.read(path.read_text(encoding="utf-8"), published=PUBLISHED[number])


def names(reading: Reading, values: tuple[str, ...]) -> list[str]:
    known = {entity.id: entity.name for entity in reading.entities}
    return [known.get(value, value) for value in values]


def steps(reading: Reading, kind: str, name: str) -> list[Truce]:
    """The steps of that kind and name that the article tells."""
    return [truce for truce in reading.truces if (truce.kind, truce.step) == (kind, name)]


def step(reading: Reading, kind: str, name: str) -> Truce:
    """The one step of that kind and name that the article tells."""
    (found,) = steps(reading, kind, name)
    return found


def labels(reading: Reading, text: str) -> list[Label]:
    return [label for label in reading.labels if label.text == text]


def test_the_ceasefire_of_last_month_has_collapsed(seeds: Path) -> None:
    collapsed = step(reading_of(seeds, "000"), "ceasefire", "collapsed")
    assert collapsed.end == "2016-09"
    assert "collapse of the cease-fire" in collapsed.evidence[0].text


def test_talks_on_a_new_ceasefire_are_a_proposal_whose_venue_is_not_its_place(seeds: Path) -> None:
    proposed = step(reading_of(seeds, "000"), "ceasefire", "proposed")
    assert "Lausanne on Saturday" in proposed.evidence[0].text
    assert proposed.where == ()


def test_terrorists_in_scare_quotes_are_assads_word(seeds: Path) -> None:
    reading = reading_of(seeds, "000")
    (label,) = labels(reading, "terrorists")
    assert label.scare_quotes
    assert label.tone == "hostile"
    assert names(reading, (label.by or "",)) == ["Bashar al-Assad"]


def test_rebels_who_were_trained_are_rebels_at_large(seeds: Path) -> None:
    reading = reading_of(seeds, "001")
    assert [label.of for label in labels(reading, "rebels")] == [None]
    assert reading.truces == ()


def test_he_whom_the_page_does_not_name_stays_unnamed(seeds: Path) -> None:
    (label,) = labels(reading_of(seeds, "001"), "terrorist")
    assert label.by == "he"


def test_the_pause_is_set_for_tomorrow(seeds: Path) -> None:
    reading = reading_of(seeds, "002")
    announced = step(reading, "humanitarian-pause", "announced")
    assert announced.start == "2016-10-20"
    assert names(reading, announced.where) == ["Aleppo"]


def test_the_pause_is_extended_by_three_hours(seeds: Path) -> None:
    reading = reading_of(seeds, "002")
    extended = step(reading, "humanitarian-pause", "extended")
    assert extended.duration == "PT3H"
    assert names(reading, extended.parties) == ["Russia", "Syria"]
    assert "request of international organisations" in extended.evidence[0].text


def test_the_terms_of_the_pause_are_no_strikes_since_tuesday_and_a_distance(seeds: Path) -> None:
    started = steps(reading_of(seeds, "002"), "humanitarian-pause", "started")
    assert "2016-10-18" in {truce.start for truce in started}
    assert any("10 kilometres" in term.text for truce in started for term in truce.terms)


def test_militants_are_said_to_have_broken_the_pause(seeds: Path) -> None:
    violated = step(reading_of(seeds, "002"), "humanitarian-pause", "violated")
    assert violated.parties == ("militants",)
    assert violated.evidence[0].text.startswith("Gerasimov emphasised")


def test_the_withdrawal_of_a_group_is_asked_for(seeds: Path) -> None:
    reading = reading_of(seeds, "002")
    proposed = step(reading, "withdrawal", "proposed")
    assert "Hayat Tahrir al-Sham" in names(reading, proposed.parties)  # the later name of Al-Nusra Front


@pytest.mark.parametrize("kind", ["evacuation", "corridor"])
def test_an_evacuation_and_its_corridors_are_announced(seeds: Path, kind: str) -> None:
    reading = reading_of(seeds, "002")
    assert any((truce.kind, truce.step) == (kind, "announced") for truce in reading.truces)


def test_terrorists_and_rebels_are_told_apart_by_who_says_so(seeds: Path) -> None:
    reading = reading_of(seeds, "002")
    (opposition,) = labels(reading, "moderate opposition")
    assert opposition.tone == "approving"
    assert names(reading, (opposition.by or "",)) == ["Maria Zakharova"]
