"""The rules over the model's spans: who speaks, how it is quoted; the model's own scores come from `make accuracy`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from onrecord.reading.attributions.section import attributions_of, covering
from onrecord.reading.schema import Entity, Mention

CASES = tomllib.loads((Path(__file__).parent / "cases" / "attribution.toml").read_text(encoding="utf-8"))["case"]
NLP = spacy.blank("en")


def document_of(case: dict) -> Doc:
    """A document as the model and the names leave it, from a case's own annotations."""
    doc = chained(case["text"], case.get("lemmas", {}))
    for token in doc:
        token.pos_ = "NOUN" if token.text in case.get("nouns", ()) else "X"
    entities = {name: f"e{at}" for at, name in enumerate(dict.fromkeys(name for name, _ in case["names"]), start=1)}
    types = dict(case["names"])
    doc._.entities = tuple(Entity(entities[name], types[name], name) for name in entities)
    doc._.mentions = tuple(
        Mention(start, start + len(name), name, f"m{start}", types[name], entities[name])
        for name in entities
        for start in places_of(name, case["text"])
    )
    for part in ("source", "cue", "content"):
        doc.spans[f"attribution_{part}"] = [
            span_of(doc, text, part, number) for number, said in enumerate(case["said"]) for text in said.get(part, [])
        ]
    return doc


def chained(text: str, lemmas: dict[str, str]) -> Doc:
    """The text as sentences whose words each hang on the next, so that a phrase is headed by its last word."""
    words = NLP.make_doc(text)
    ends = {token.i for token in words if token.text == "."} | {len(words) - 1}
    return Doc(
        NLP.vocab,
        words=[token.text for token in words],
        spaces=[bool(token.whitespace_) for token in words],
        lemmas=[lemmas.get(token.text, token.lower_) for token in words],
        heads=[token.i if token.i in ends else token.i + 1 for token in words],
        deps=["ROOT" if token.i in ends else "dep" for token in words],
    )


def places_of(name: str, text: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(name, at)]


def span_of(doc: Doc, text: str, part: str, number: int) -> Span:
    spans = (doc.char_span(at, at + len(text), label=part, span_id=number) for at in places_of(text, doc.text))
    return next(span for span in spans if span is not None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["behaviour"])
def test_speaker_quote_and_act(case: dict) -> None:
    doc = document_of(case)
    names = {entity.id: entity.name for entity in doc._.entities}
    found = [
        {"speaker": names.get(each.speaker or ""), "quote": each.quote, "act": each.act}
        for each in attributions_of(doc)
    ]
    assert found == [
        {"speaker": said.get("speaker"), "quote": said.get("quote", "indirect"), "act": said.get("act", "statement")}
        for said in case["said"]
    ]


def test_the_innermost_statement_covers_a_toll() -> None:
    doc = document_of(CASES[0])
    attributions = attributions_of(doc)
    content = attributions[0].content[0]
    assert covering(attributions, content.start, content.end) == attributions[0]
    assert covering(attributions, 0, 3) is None


def test_who_tells_is_the_source_and_not_who_is_told() -> None:
    words = ["Clashes", "go", "on", ",", "local", "sources", "told", "Barada", "."]
    doc = Doc(
        NLP.vocab,
        words=words,
        lemmas=["clash", "go", "on", ",", "local", "source", "tell", "Barada", "."],
        pos=["NOUN", "VERB", "ADP", "PUNCT", "ADJ", "NOUN", "VERB", "PROPN", "PUNCT"],
        heads=[1, 6, 1, 6, 5, 6, 6, 6, 6],
        deps=["nsubj", "ccomp", "compound:prt", "punct", "amod", "nsubj", "ROOT", "nsubj", "punct"],
    )
    spans = {"source": doc[7:8], "cue": doc[6:7], "content": doc[0:3]}
    for part, span in spans.items():
        doc.spans[f"attribution_{part}"] = [Span(doc, span.start, span.end, label=part, span_id=0)]
    (attribution,) = attributions_of(doc)
    assert [span.text for span in attribution.source] == ["local sources"]
