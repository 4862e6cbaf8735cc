"""Deeds that are told beside one another stay apart, each with its own doers and tolls."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from onrecord.reading.pipeline import reading_of

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "apart.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["behaviour"] for case in CASES])
def test_deeds_are_told_apart(nlp: Language, case: dict[str, Any]) -> None:
    assaults = [each for each in reading_of(nlp(case["text"])).incidents if each.type == "ASSAULT"]
    found = [[doer.text.removeprefix("The ") for doer in incident.perpetrators] for incident in assaults]
    assert found == case["doers"]


def test_those_who_are_arrested_are_the_arrest_s(nlp: Language) -> None:
    reading = reading_of(nlp("After an explosion killed 23 people in Kano, police arrested two men."))
    types = {incident.id: incident.type for incident in reading.incidents}
    assert {toll.effect: types[toll.incident or ""] for toll in reading.casualties} == {
        "killed": "ASSAULT",
        "detained": "COERCE",
    }


def test_a_plea_of_guilty_demands_nothing(nlp: Language) -> None:
    incidents = reading_of(nlp("The soldier pleaded guilty to shooting a man.")).incidents
    assert "REQUEST" not in {incident.type for incident in incidents}


def test_a_clause_that_leaves_something_unsaid_counts_nobody(nlp: Language) -> None:
    text = "A strike killed a commander and his guard. The group confirmed his death, without saying how he died."
    assert all(toll.count != 0 for toll in reading_of(nlp(text)).casualties)


def test_each_town_of_a_day_s_summary_has_its_own_tolls(nlp: Language) -> None:
    text = (
        "Russian forces shelled Kherson, killing one man and injuring three people.\n"
        "In Kharkiv, a guided bomb hit a printing house. Seven people died and 22 were wounded.\n"
        "Drones attacked an oil refinery in Ryazan. No casualties were reported."
    )
    reading = reading_of(nlp(text))
    names = {entity.id: entity.name for entity in reading.entities}
    tolls = {toll.id: toll.count for toll in reading.casualties}
    found = {names[each.where[0]][:6]: [tolls[id_] for id_ in each.casualties] for each in reading.incidents}
    assert found == {"Kherso": [1, 3], "Kharki": [7, 22], "Ryazan": [0]}


@pytest.mark.parametrize(
    "text",
    [
        "An earthquake killed 2,900 people in Morocco.",
        "A heatwave killed at least 12 people in Delhi.",
        "Nine children died of cholera in Kano.",
        "Eight people were killed in a bus crash near Agra.",
    ],
)
def test_what_nobody_did_is_no_happening(nlp: Language, text: str) -> None:
    reading = reading_of(nlp(text))
    assert reading.incidents == ()
    assert [toll.incident for toll in reading.casualties] == [None]


def test_a_crash_that_somebody_brought_about_is_one(nlp: Language) -> None:
    reading = reading_of(nlp("Rebels shot down a helicopter near Kano, killing all four on board in the crash."))
    assert [incident.type for incident in reading.incidents] == ["ASSAULT"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The UN warned that famine could spread in Gaza.", []),
        ("Aid agencies warned of cholera in the camps.", []),
        ("The mayor warned residents to leave the town.", []),
        ("The general warned of consequences if the border was crossed.", ["THREATEN"]),
        ("Hezbollah warned that it would hit Haifa.", ["THREATEN"]),
        ("Iran warned Israel against striking its embassy.", ["THREATEN"]),
    ],
)
def test_a_warning_is_a_threat_where_somebody_says_what_he_will_do(nlp: Language, text: str, types: list[str]) -> None:
    assert [incident.type for incident in reading_of(nlp(text)).incidents] == types


def test_a_death_that_is_protested_against_is_not_the_arrest_s(nlp: Language) -> None:
    text = "Security forces in Tehran arrested 35 people during protests over the death of Mahsa Amini."
    reading = reading_of(nlp(text))
    types = {incident.id: incident.type for incident in reading.incidents}
    assert {toll.effect: types[toll.incident or ""] for toll in reading.casualties} == {
        "detained": "COERCE",
        "killed": "ASSAULT",
    }
