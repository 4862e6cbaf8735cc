"""Every form in which news counts the harmed gives its tolls, and numbers of other things give none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.articles.article import Article
from onrecord.reading.casualties.section import toll_sites
from onrecord.reading.pipeline import document_of, reading_of
from onrecord.reading.schema import Casualty

CASES = tomllib.loads((Path(__file__).parent / "cases" / "forms.toml").read_text(encoding="utf-8"))["case"]


def compared(casualty: Casualty, doc: Doc, keys: set[str]) -> dict[str, object]:
    """What a casualty says under these keys of a case, in the words of the case."""
    names = {entity.id: entity.name for entity in doc._.entities}
    happenings = {site.casualty: site.happening for site in toll_sites(doc)}
    happening = happenings[casualty.id]
    told = {
        "words": casualty.text,
        "part_of": int(casualty.part_of.removeprefix("k")) if casualty.part_of else 0,
        "of": names.get(casualty.of or ""),
        "happening": -1 if happening is None else min(happening, 1),
        **{key: _or_none(getattr(casualty, key)) for key in ("count", "low", "high")},
        **{key: getattr(casualty, key) for key in ("effect", "qualifier", "status", "group", "since", "until")},
    }
    return {key: told[key] for key in keys}


def _or_none(number: int | None) -> int:
    return -1 if number is None else number


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_form_of_toll_is_read(nlp: Language, case: dict[str, object]) -> None:
    doc = nlp(document_of(nlp, Article(id="a", text=str(case["text"]), published="2016-10-14")))
    wanted = case["tolls"]
    assert isinstance(wanted, list)
    assert [casualty.text for casualty in doc._.casualties] == [toll["words"] for toll in wanted]
    found = [compared(casualty, doc, set(toll)) for casualty, toll in zip(doc._.casualties, wanted, strict=True)]
    assert found == wanted


def test_each_toll_of_a_list_by_place_has_its_own_place(nlp: Language) -> None:
    reading = reading_of(nlp("The strikes killed seven people in Idlib, four in Hama and three in Homs."))
    names = {entity.id: entity.name for entity in reading.entities}
    found = [(toll.count, [names[place] for place in toll.where]) for toll in reading.casualties]
    assert found == [(7, ["Idlib"]), (4, ["Hama"]), (3, ["Homs"])]


def test_a_headline_s_toll_has_the_happening_that_it_names(nlp: Language) -> None:
    reading = reading_of(nlp("13 dead in Karachi blast"))
    assert [(toll.count, toll.incident) for toll in reading.casualties] == [(13, "i1")]
    assert [(incident.type, incident.mode) for incident in reading.incidents] == [("ASSAULT", "explosives")]


def test_an_attack_that_is_recalled_has_its_own_happening(nlp: Language) -> None:
    text = (
        "Shelling killed 32 people in Homs on Friday, medics said. It was the deadliest attack in the city since "
        "February, when 54 people died in a strike on the market."
    )
    doc = nlp(document_of(nlp, Article(id="a", text=text, published="2016-10-14")))
    happenings = {toll.count: toll.incident for toll in reading_of(doc).casualties}
    assert happenings[32] != happenings[54]
