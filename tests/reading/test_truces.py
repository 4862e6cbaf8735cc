"""Truces: which step of which arrangement is told, whose it is, where and when."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.articles.article import Article
from onrecord.reading.pipeline import document_of
from onrecord.reading.schema import Truce

CASES = tomllib.loads((Path(__file__).parent / "cases" / "truces.toml").read_text(encoding="utf-8"))["case"]


def read(nlp: Language, text: str) -> Doc:
    return nlp(document_of(nlp, Article(id="case", text=text, published="2016-10-14")))


def told(doc: Doc, truce: Truce, keys: set[str]) -> dict[str, Any]:
    names = {entity.id: entity.name for entity in doc._.entities}
    values: dict[str, Any] = {
        "kind": truce.kind,
        "step": truce.step,
        "parties": [names.get(party, party) for party in truce.parties],
        "where": [names.get(place, place) for place in truce.where],
        "start": truce.start,
        "end": truce.end,
        "duration": truce.duration,
        "terms": [span.text for span in truce.terms],
    }
    return {key: values[key] for key in keys}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_steps_are_told_with_parties_places_and_dates(nlp: Language, case: dict[str, Any]) -> None:
    doc = read(nlp, case["text"])
    expected = case["truces"]
    assert len(doc._.truces) == len(expected), [(truce.kind, truce.step) for truce in doc._.truces]
    assert [told(doc, truce, set(wanted)) for truce, wanted in zip(doc._.truces, expected, strict=True)] == expected


def test_a_step_is_told_by_the_sentence_that_is_its_evidence(nlp: Language) -> None:
    text = "It rained in Homs.\nThe truce collapsed on Monday.\nTwo men were killed."
    doc = read(nlp, text)
    ((evidence,),) = [truce.evidence for truce in doc._.truces]
    assert evidence.text == text[evidence.start : evidence.end] == "The truce collapsed on Monday."


def test_a_step_stands_under_the_attribution_of_its_sentence(nlp: Language) -> None:
    doc = read(nlp, "The Observatory said that the army had violated the truce.")
    (truce,) = doc._.truces
    (attribution,) = [each for each in doc._.attributions if each.id == truce.attribution]
    assert attribution.source[0].text == "The Observatory"


@settings(max_examples=25, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            ["the", "truce", "ceasefire", "was", "agreed", "by", "rebels", "despite", "of", ".", '"', "evacuated"]
        ),
        max_size=25,
    ).map(" ".join)
)
def test_whatever_is_read_its_evidence_is_of_the_text(nlp: Language, text: str) -> None:
    for truce in read(nlp, text)._.truces:
        assert all(text[span.start : span.end] == span.text for span in (*truce.evidence, *truce.terms))


def test_an_arrangement_of_the_users_own_file_is_read(
    nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The army announced a day of calm in Homs."
    assert read(nlp, text)._.truces == ()
    lines = "words\tclass\tkind\tneeds\nday of calm\tnoun\thumanitarian-pause\n"
    (tmp_path / "own.tsv").write_text(lines, encoding="utf-8")
    settings_file = tmp_path / "onrecord.toml"
    settings_file.write_text('[lexicons]\ntruce-arrangements = ["own.tsv"]\n', encoding="utf-8")
    monkeypatch.setenv("ONRECORD_CONFIG", str(settings_file))
    (truce,) = read(nlp, text)._.truces
    assert (truce.kind, truce.step) == ("humanitarian-pause", "announced")


def test_the_first_since_a_year_did_not_begin_then(nlp: Language) -> None:
    (truce,) = read(nlp, "The Taliban announced a three-day ceasefire, the first since 2009.")._.truces
    assert truce.start is None
