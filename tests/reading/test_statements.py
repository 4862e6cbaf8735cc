"""Statements read by the whole pipeline: chains, denials, unnamed speakers, quotations over paragraphs."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.reading.schema import Attribution

CASES = tomllib.loads((Path(__file__).parent / "cases" / "statements.toml").read_text(encoding="utf-8"))["case"]
OF_STATEMENTS = [case for case in CASES if "statements" in case]


@pytest.mark.parametrize("case", OF_STATEMENTS, ids=lambda case: case["behaviour"])
def test_who_says_what(nlp: Language, case: dict) -> None:
    doc = nlp(case["text"])
    told = [told_by(doc, attribution) for attribution in doc._.attributions]
    assert [[source, cue, speaker] for source, cue, _, speaker in told] == [
        [source, cue, speaker] for source, cue, _, speaker in case["statements"]
    ]
    for (_, _, content, _), (_, _, begins, _) in zip(told, case["statements"], strict=True):
        assert content.startswith(begins)
    assert all(attribution.act == "statement" for attribution in doc._.attributions)


@pytest.mark.parametrize("case", [case for case in CASES if "parts" in case], ids=lambda case: case["behaviour"])
def test_further_parts_of_a_quotation_belong_to_it(nlp: Language, case: dict) -> None:
    (attribution,) = nlp(case["text"])._.attributions
    assert [part.text for part in attribution.content[1:]] == case["parts"]


@pytest.mark.parametrize("case", [case for case in CASES if "contents" in case], ids=lambda case: case["behaviour"])
def test_what_is_told_from_its_first_word_to_its_last(nlp: Language, case: dict) -> None:
    told = [[part.text for part in attribution.content] for attribution in nlp(case["text"])._.attributions]
    assert told == case["contents"]


@pytest.mark.parametrize("case", [case for case in CASES if "toll_from" in case], ids=lambda case: case["behaviour"])
def test_a_toll_stands_under_the_word_of_its_origin(nlp: Language, case: dict) -> None:
    doc = nlp(case["text"])
    by_id = {attribution.id: attribution for attribution in doc._.attributions}
    assert [by_id[toll.attribution].source[0].text for toll in doc._.casualties] == [case["toll_from"]]


@pytest.mark.parametrize("case", [case for case in CASES if "without" in case], ids=lambda case: case["behaviour"])
def test_no_source_is_made_up(nlp: Language, case: dict) -> None:
    sources = {part.text for attribution in nlp(case["text"])._.attributions for part in attribution.source}
    assert sources.isdisjoint(case["without"])


def told_by(doc: Doc, attribution: Attribution) -> tuple[str, str, str, str]:
    names = {entity.id: entity.name for entity in doc._.entities}
    source, cue, content = (
        parts[0].text if parts else "" for parts in (attribution.source, attribution.cue, attribution.content)
    )
    return source, cue, content, names.get(attribution.speaker or "", "")
