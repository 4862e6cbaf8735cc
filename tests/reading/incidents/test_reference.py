"""Accounts that take up what was told before: "the attack", "they", "the group"."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.articles.article import Article
from onrecord.reading.pipeline import readings
from onrecord.reading.schema import Incident


def assaults(nlp: Language, text: str) -> list[Incident]:
    reading = next(readings(nlp, [Article(id="a", text=text, published="2016-10-14")]))
    return [incident for incident in reading.incidents if incident.type == "ASSAULT"]


@pytest.mark.parametrize(
    "taken_up",
    [
        "The attack damaged a school.",
        "The strike damaged a school.",
        "The bombing damaged a school.",
        "The raid also wounded a teacher.",
    ],
)
def test_a_definite_noun_takes_up_what_was_told(nlp: Language, taken_up: str) -> None:
    assert len(assaults(nlp, f"Warplanes bombed the town of Marea on Monday. {taken_up}")) == 1


def test_they_are_those_who_were_named_last(nlp: Language) -> None:
    _, second = assaults(
        nlp, "Gunmen attacked a bus in Homs on 3 May 2016. They kidnapped an engineer in Hama on 9 June 2016."
    )
    assert [each.text for each in second.perpetrators] == ["Gunmen"]


def test_another_attack_is_another_one(nlp: Language) -> None:
    text = "A bomb killed two people in Homs on Monday. Another attack killed a guard in Hama on Tuesday."
    assert len(assaults(nlp, text)) == 2
