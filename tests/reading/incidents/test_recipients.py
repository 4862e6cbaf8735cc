"""Whom or what a deed is aimed at."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from onrecord.reading import pipeline

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "recipients.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["behaviour"] for case in CASES])
def test_recipients(nlp: Language, case: dict[str, Any]) -> None:
    incidents = pipeline.reading_of(nlp(case["text"])).incidents
    found = next(incident for incident in incidents if incident.type == case["type"])
    assert [target.text.removeprefix("the ") for target in found.targets] == case["recipients"]


def test_what_is_discussed_is_no_side_of_the_talks(nlp: Language) -> None:
    text = "The president and the rebel leader met in Geneva to discuss a prisoner swap."
    met = next(incident for incident in pipeline.reading_of(nlp(text)).incidents if incident.type == "CONSULT")
    assert sorted(each.text.lower().removeprefix("the ") for each in met.perpetrators) == ["president", "rebel leader"]


def test_signing_an_agreement_is_one_happening(nlp: Language) -> None:
    incidents = pipeline.reading_of(nlp("France and Niger signed a defence agreement in Niamey on 3 May.")).incidents
    assert len(incidents) == 1


def test_what_is_done_to_a_part_of_a_building_is_done_to_the_building(nlp: Language) -> None:
    incidents = pipeline.reading_of(nlp("A shell hit the roof of the hospital in Homs on Monday.")).incidents
    assert [target.text for target in incidents[0].targets] == ["hospital"]


def test_words_that_say_how_many_are_no_part_of_whom_it_was_done_to(nlp: Language) -> None:
    incidents = pipeline.reading_of(nlp("Gunmen killed various teachers in Homs on Monday.")).incidents
    assert [target.text for target in incidents[0].targets] == ["teachers"]


def test_a_thing_does_no_deed_without_force(nlp: Language) -> None:
    text = "The draft resolution demanded an end to the siege. The ministers rejected it."
    incidents = pipeline.reading_of(nlp(text)).incidents
    assert "draft resolution" not in {each.text.lower() for incident in incidents for each in incident.perpetrators}
