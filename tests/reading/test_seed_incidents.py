"""The happenings of the three seed pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.reading.schema import Incident, Reading


def read(seeds: Path, prefix: str, published: str) -> Reading:
    path = next(seeds.glob(f"{prefix}_*.txt"))
    return onrecord.read(path.read_text(encoding="utf-8"), published=published)


@pytest.fixture(scope="module")
def embassy(seeds: Path) -> Reading:
    return read(seeds, "001", "2015-10-14")


@pytest.fixture(scope="module")
def pause(seeds: Path) -> Reading:
    return read(seeds, "002", "2016-10-19")


def places(reading: Reading, incident: Incident) -> set[str]:
    names = {entity.id: entity.name for entity in reading.entities}
    return {names[place] for place in incident.where}


def told_by(reading: Reading, incident: Incident) -> str:
    sources = {each.id: " ".join(span.text for span in each.source) for each in reading.attributions}
    return sources.get(incident.attribution or "", "")


def with_target(reading: Reading, word: str) -> Incident:
    return next(each for each in reading.incidents if any(word in target.text for target in each.targets))


def test_mortar_fire_on_the_embassy_on_tuesday(embassy: Reading) -> None:
    incident = with_target(embassy, "embassy")
    assert (incident.type, incident.mode) == ("ASSAULT", "heavy-weapons")
    assert incident.date is not None
    assert incident.date.start == "2015-10-13"
    assert "Damascus" in places(embassy, incident)


def test_the_zero_toll_is_of_the_fire_on_the_embassy(embassy: Reading) -> None:
    tolls = {casualty.id: casualty.count for casualty in embassy.casualties}
    assert [tolls[each] for each in with_target(embassy, "embassy").casualties] == [0]


def test_air_raids_on_wednesday(embassy: Reading) -> None:
    raids = [each for each in embassy.incidents if each.date is not None and each.date.start == "2015-10-14"]
    assert [(each.type, each.mode) for each in raids] == [("ASSAULT", "aerial")]
    assert "military source" in told_by(embassy, raids[0])


def test_a_building_destroyed_as_the_russian_foreign_ministry_says(embassy: Reading) -> None:
    incident = with_target(embassy, "building")
    assert incident.type == "ASSAULT"
    assert "Aleppo" in places(embassy, incident)
    assert "Russian foreign ministry" in told_by(embassy, incident)


def test_trained_rebels_are_no_toll(embassy: Reading) -> None:
    assert [casualty.count for casualty in embassy.casualties] == [0]


def test_clashes_of_kurds_and_insurgents_in_northern_aleppo(pause: Reading) -> None:
    incident = next(each for each in pause.incidents if {"Marea", "Tell Rifaat"} & spoken_places(pause, each))
    assert incident.type == "ASSAULT"
    assert any("Kurdish" in each.text for each in incident.perpetrators)
    assert any("insurgents" in each.text for each in incident.perpetrators)
    assert "local sources" in told_by(pause, incident).lower()


def spoken_places(reading: Reading, incident: Incident) -> set[str]:
    return {mention.text for mention in reading.mentions if mention.entity in incident.where}
