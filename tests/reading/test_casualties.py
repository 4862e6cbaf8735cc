"""Tolls: who was harmed, how many, on whose word, in which larger number and over which time."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.articles.article import Article
from onrecord.reading.casualties.section import toll_sites
from onrecord.reading.pipeline import document_of
from onrecord.reading.schema import Casualty

CASES = tomllib.loads((Path(__file__).parent / "cases" / "casualties.toml").read_text(encoding="utf-8"))["case"]
PUBLISHED = "2016-10-14"


def read(nlp: Language, text: str) -> Doc:
    return nlp(document_of(nlp, Article(id="a", text=text, published=PUBLISHED)))


def casualties(nlp: Language, text: str) -> tuple[Casualty, ...]:
    found: tuple[Casualty, ...] = read(nlp, text)._.casualties
    return found


def expected(toll: dict[str, object]) -> dict[str, object]:
    count = None if toll["count"] == -1 else toll["count"]
    bounds = {key: None if toll.get(key, count) == -1 else toll.get(key, count) for key in ("low", "high")}
    usual = {"qualifier": "exact", "status": "unknown", "group": None}
    if toll.get("qualifier") == "vague":
        bounds["high"] = None
    part_of = f"k{toll['part_of']}" if "part_of" in toll else None
    given = {key: toll[key] for key in ("effect", *usual) if key in toll}
    return {"text": toll["words"], "count": count, **bounds, **usual, **given, "part_of": part_of}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_text_gives_its_tolls_and_no_others(nlp: Language, case: dict[str, object]) -> None:
    tolls = case["tolls"]
    assert isinstance(tolls, list)
    wanted = [expected(toll) for toll in tolls]
    keys = ("text", "count", "low", "high", "qualifier", "status", "group", "effect", "part_of")
    found = [{key: getattr(casualty, key) for key in keys} for casualty in casualties(nlp, str(case["text"]))]
    assert found == [{key: toll[key] for key in keys} for toll in wanted]


def test_a_toll_since_a_day_is_one_of_a_period(nlp: Language) -> None:
    (toll,) = casualties(nlp, "More than 370 people have been killed in Aleppo since September 22.")
    assert (toll.since, toll.until, toll.incident) == ("2016-09-22", PUBLISHED, None)


def test_the_dead_of_a_war_are_of_no_happening(nlp: Language) -> None:
    doc = read(nlp, "A raid killed 12 people in Homs on Friday. The war has killed more than 300,000 people.")
    assert [site.happening for site in toll_sites(doc)] == [0, None]


def test_an_earlier_attack_is_another_happening(nlp: Language) -> None:
    doc = read(nlp, "A bomb killed 18 people in Homs on Thursday. A similar attack killed 27 people in August.")
    assert [site.happening for site in toll_sites(doc)] == [0, 1]


def test_a_figure_told_twice_is_one_casualty(nlp: Language) -> None:
    doc = read(nlp, "Bomb kills 18 in Homs.\n\nA bomb killed 18 people in the city of Homs on Friday, police said.")
    (toll,) = doc._.casualties
    (site,) = toll_sites(doc)
    assert toll.count == 18
    assert len(site.tellings) == 2


def test_two_sources_with_two_figures_are_two_casualties(nlp: Language) -> None:
    tolls = casualties(nlp, "Doctors said 12 people were killed in the raid. The ministry said 15 people were killed.")
    assert [toll.count for toll in tolls] == [12, 15]


def test_whose_people_they_are_is_told(nlp: Language) -> None:
    doc = read(nlp, "The strike in Syria killed six Hezbollah fighters.")
    (toll,) = doc._.casualties
    names = {entity.id: entity.name for entity in doc._.entities}
    assert names[toll.of or ""] == "Hezbollah"


@pytest.mark.parametrize(
    "text", ["", "   ", "12", "killed", "No", "At least", "12 12 12 killed killed", "A", "no\n\nno"]
)
def test_scraps_do_no_harm(nlp: Language, text: str) -> None:
    assert isinstance(casualties(nlp, text), tuple)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(
            "12 two dozens killed wounded people children including were of and a no least at dead , . among".split()
        ),
        max_size=25,
    )
)
def test_casualties_fit_their_text_and_point_to_each_other(nlp: Language, words: list[str]) -> None:
    text = " ".join(words)
    found = casualties(nlp, text)
    ids = {casualty.id for casualty in found}
    assert len(ids) == len(found)
    for casualty in found:
        assert text[casualty.start : casualty.end] == casualty.text
        assert casualty.part_of in ids - {casualty.id} | {None}
        assert casualty.count is None or (casualty.low or 0) <= casualty.count <= (casualty.high or casualty.count)
