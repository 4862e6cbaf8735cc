"""What a dateline is, and that nobody takes its town for where something happened."""

from __future__ import annotations

import pytest
from spacy.language import Language

import onrecord
from onrecord.reading.datelines import dateline_of

REPORT = "Shelling killed four people in Aleppo on Friday, a hospital said."


@pytest.mark.parametrize(
    "dateline",
    [
        "BEIRUT, Sept 8 (Northern Wire) - ",
        "BEIRUT (AFP) – ",
        "Damascus, ONN - ",
        "GENEVA — ",
        "Beirut, 8 September 2017 - ",
    ],
)
def test_a_dateline_goes_up_to_its_dash(nlp: Language, dateline: str) -> None:
    assert dateline_of(nlp(dateline + REPORT)) == (0, len(dateline) - 1)


@pytest.mark.parametrize(
    "opening",
    ["", "Aleppo - a city of two million - was quiet. ", "Two towns - Ariha and Saraqib - were hit. "],
)
def test_a_sentence_with_a_dash_is_no_dateline(nlp: Language, opening: str) -> None:
    assert dateline_of(nlp(opening + REPORT)) is None


def test_what_happened_is_not_placed_where_the_reporter_sat() -> None:
    reading = onrecord.read("BEIRUT, Sept 8 (Northern Wire) - " + REPORT, published="2017-09-08")
    names = {entity.id: entity.name for entity in reading.entities}
    assert [names[place] for place in reading.incidents[0].where] == ["Aleppo"]


def test_a_truce_is_not_placed_where_it_was_agreed() -> None:
    text = "GENEVA, Sept 8 (Northern Wire) - Both sides agreed in Geneva on Friday to a ceasefire in Idlib."
    reading = onrecord.read(text, published="2017-09-08")
    names = {entity.id: entity.name for entity in reading.entities}
    assert {names[place] for truce in reading.truces for place in truce.where} == {"Idlib"}


def test_there_takes_up_the_town_named_last() -> None:
    text = "A mine went off in Azaz on Wednesday, killing two people. A car bomb killed nine people there on Thursday."
    reading = onrecord.read(text, published="2017-09-15")
    names = {entity.id: entity.name for entity in reading.entities}
    assert [[names[place] for place in incident.where] for incident in reading.incidents] == [["Azaz"], ["Azaz"]]
