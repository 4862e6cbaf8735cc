"""Whose word something is: as the article has it."""

from __future__ import annotations

from onrecord.articles.article import TextSpan
from onrecord.reading.schema import Attribution, Reading
from onrecord.record.evidence import NOT_NAMED, Telling
from onrecord.record.shapes import Voice


def voice_of(*source: TextSpan) -> Voice:
    said = Attribution(id="a1", source=source, cue=(), content=(), speaker=None, quote="indirect", act="statement")
    return Telling("one", Reading(id="one", text="", outlet="The Herald", attributions=(said,))).voice("a1")


def test_a_statement_without_a_source_is_of_one_who_is_not_named() -> None:
    assert voice_of() == Voice("unnamed", NOT_NAMED)


def test_a_source_without_a_name_keeps_its_words() -> None:
    assert voice_of(TextSpan(0, 8, "a doctor")) == Voice("unnamed", "a doctor", None, "a doctor")


def test_what_no_statement_holds_is_the_outlets_own_word() -> None:
    assert Telling("one", Reading(id="one", text="", outlet="The Herald")).voice(None) == Voice("outlet", "The Herald")
