"""Quotation marks: which stretches of a text are quoted, whatever marks it uses or has lost."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from onrecord.reading.quotation_marks import quotation_of, quotations

ENGLISH = spacy.blank("en")


def quoted(text: str) -> list[str]:
    doc = ENGLISH(text)
    return [doc[quotation.start : quotation.end].text for quotation in quotations(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He spoke of a “war” on the town.", ["war"]),
        ('He spoke of a "war" on the town.', ["war"]),
        ("It will push 'terrorists' back.", ["terrorists"]),
        ("It will push ‘terrorists’ back.", ["terrorists"]),
        ("Ils parlent de « guerre » ici.", ["guerre"]),
        ('"""The town is ours,"" he said. ""We stay."""', ["The town is ours,", "We stay."]),
        ("The rebels' guns and the army's tanks fell silent.", []),
        ("The rebels' chief, an 'emir' of the group's men, left.", ["emir"]),
        ("He said \"no\" to 'them'.", ["no", "them"]),
    ],
)
def test_marks_of_all_kinds_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_that_a_paragraph_takes_up_again_ends_with_its_own() -> None:
    assert quoted("“We stay.\n“We fight,” he said.") == ["We stay.", "We fight,"]


def test_a_stray_mark_quotes_nothing_where_another_quotation_opens() -> None:
    assert quoted('The "truce is over, he said, and “the war goes on”.') == ["the war goes on"]


def test_of_nested_quotations_the_inner_one_holds_a_word() -> None:
    doc = ENGLISH("He said “the 'heroes' left”.")
    heroes = next(token for token in doc if token.text == "heroes")
    quotation = quotation_of(heroes, quotations(doc))
    assert quotation is not None
    assert doc[quotation.start : quotation.end].text == "heroes"


@given(st.lists(st.sampled_from(['"', "“", "”", "'", "’", "word", ",", "\n", ".", "so"]), max_size=40))
def test_whatever_the_marks_a_quotation_is_a_stretch_of_the_text(pieces: list[str]) -> None:
    doc = ENGLISH(" ".join(pieces))
    assert isinstance(doc, Doc)
    for quotation in quotations(doc):
        assert 0 <= quotation.start < quotation.end <= len(doc)
