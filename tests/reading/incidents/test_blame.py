"""Who did it, and how it is known."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.reading.pipeline import reading_of
from tests.reading.incidents.test_mentions import main_of

CASES: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "blame.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["behaviour"] for case in CASES])
def test_blame(nlp: Language, case: dict[str, str]) -> None:
    found = {
        each.text.removeprefix("the ").removeprefix("The "): each.blame
        for each in main_of(nlp, case["text"]).perpetrators
    }
    assert found.get(case["perpetrator"]) == case["blame"]


def test_nobody_who_claimed_it_is_no_perpetrator(nlp: Language) -> None:
    incident = main_of(nlp, "Gunmen attacked a village near Kano, killing 23. No group claimed responsibility.")
    assert [each.text for each in incident.perpetrators] == ["Gunmen"]


def test_those_who_are_shot_are_not_those_who_shoot(nlp: Language) -> None:
    incident = main_of(nlp, "Police shot dead five of them in Kano on Monday.")
    assert [target.text for target in incident.targets] == []


def test_who_is_told_by_is_no_doer(nlp: Language) -> None:
    text = (
        "Three people were shot dead by troops in Kano, a medic said on Wednesday. Since May, more than 700 people "
        "have been killed in the region, according to the United Nations."
    )
    perpetrators = {each.text for incident in reading_of(nlp(text)).incidents for each in incident.perpetrators}
    assert perpetrators == {"troops"}


def test_those_of_two_countries_did_two_deeds(nlp: Language) -> None:
    text = "Russia launched 47 drones at Ukraine, Ukraine's air force said, adding that it shot down 39 of the drones."
    doers = [{each.text for each in incident.perpetrators} for incident in reading_of(nlp(text)).incidents]
    assert doers == [{"Russia"}, {"Ukraine's air force"}]


def test_a_parse_that_takes_the_doers_for_the_harmed_is_mended(nlp: Language) -> None:
    text = (
        "Armed men kidnapped at least 87 villagers, most of them women, in Kano on Sunday, residents and police said."
    )
    incident = main_of(nlp, text)
    assert [each.text for each in incident.perpetrators] == ["Armed men"]
    assert [each.text for each in incident.targets] == ["villagers"]


def test_mine_workers_were_not_harmed_by_a_mine(nlp: Language) -> None:
    incident = main_of(nlp, "A roadside bomb hit a bus carrying mine workers near Kano, killing 11 of them.")
    assert [weapon.text for weapon in incident.weapons] == ["roadside bomb"]


def test_who_tells_of_a_deed_did_not_do_it(nlp: Language) -> None:
    text = "Troops shelled a district of Kano, wounding two civilians, the city's mayor Adam Musa said on Telegram."
    assert [each.text for each in main_of(nlp, text).perpetrators] == ["Troops"]


def test_a_town_does_not_attack_itself(nlp: Language) -> None:
    text = "Five years after a chemical attack on Khan Sheikhoun that killed 89 people, survivors wait for justice."
    assert main_of(nlp, text).perpetrators == ()
