"""Time expressions and their TIMEX3 values; most cases are sentences in `cases/expressions.toml`."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.articles.article import Article
from onrecord.reading import document
from onrecord.reading.date_ranges import day_range
from onrecord.reading.times import times_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "expressions.toml").read_text(encoding="utf-8"))["case"]
PUBLISHED = "2016-10-14"
WORDLESS = spacy.blank("en")

time_words = st.sampled_from(
    "at on last the next Friday May 5 , . - 2016 3 days ago week of March quarter year 's and to 10:30 p.m. GMT ( ) / "
    "99999 a half earlier every night twenty thousand million century 31 February 0 weeks in from later".split()
)


def doc_of(text: str, published: str | None, nlp: Language = WORDLESS) -> Doc:
    doc = nlp.make_doc(text)
    doc._.article = Article(id="a", text=text, published=published)
    return doc


def read(text: str, published: str | None = PUBLISHED) -> list[list[str]]:
    return [[time.text, time.type, time.value] for time in times_of(doc_of(text, published))]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_expressions_have_their_types_and_values(case: dict[str, Any]) -> None:
    assert read(case["text"], case.get("published", PUBLISHED) or None) == case["times"]


def test_offsets_are_those_of_the_text_and_ids_count_up() -> None:
    text = "On Tuesday evening shells fell; on 3 October 2016 none did."
    times = times_of(doc_of(text, PUBLISHED))
    assert [time.id for time in times] == ["t1", "t2"]
    assert all(text[time.start : time.end] == time.text for time in times)


def test_a_document_without_an_article_is_read_without_an_anchor() -> None:
    assert [time.value for time in times_of(WORDLESS.make_doc("It was hit on Tuesday."))] == ["XXXX-WXX-2"]


def test_boilerplate_gives_no_times() -> None:
    from onrecord.articles.article import Boilerplate

    text = "Ten soups for autumn - November 6, 2020\nShells fell on Tuesday."
    menu = Boilerplate(0, 39, text[:39], "related-links")
    article = Article(id="a", text=text, published=PUBLISHED, boilerplate=(menu,))
    doc = WORDLESS.make_doc(article.body())
    doc._.article = article
    assert [time.value for time in times_of(doc)] == ["2016-10-11"]
    assert document.article_of(doc) is article


def test_the_parse_tells_planned_days_from_past_ones(nlp: Language) -> None:
    text = (
        "The envoys met on Monday. The envoys will meet on Thursday. The army said on Tuesday it would leave on Sunday."
    )
    doc = nlp.get_pipe("onrecord.model")(doc_of(text, PUBLISHED, nlp))
    assert [time.value for time in times_of(doc)] == ["2016-10-10", "2016-10-20", "2016-10-11", "2016-10-16"]


@example(words=["quarter", "earlier", "February"])
@given(words=st.lists(time_words, max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_row_of_time_words_gives_spans_of_the_text_in_order(words: list[str]) -> None:
    text = " ".join(words)
    times = times_of(doc_of(text, PUBLISHED))
    assert all(text[time.start : time.end] == time.text for time in times)
    assert all(one.end <= other.start for one, other in pairwise(times))


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_read(text: str) -> None:
    times_of(doc_of(text, PUBLISHED))


@given(st.lists(time_words, max_size=20))
@settings(deadline=None)
def test_without_a_publication_no_year_is_invented(words: list[str]) -> None:
    text = " ".join(
        word
        for word in words
        if word not in ("2016", "99999", "thousand", "million", "century", "-", "a", "31", "10:30")
    )
    for time_ in times_of(doc_of(text, None)):
        days = day_range(time_.value)
        assert days is None or days[0].startswith("XXXX") or time_.value.isdigit()


@pytest.mark.parametrize(
    "text",
    [
        "1" * 80_000,
        "May " * 8_000,
        "on Friday, " * 8_000,
        "10:" * 30_000,
        "twenty " * 9_000,
        "a " * 20_000,
        "." * 40_000,
    ],
    ids=["digits", "months", "weekdays", "clocks", "numbers", "articles", "stops"],
)
def test_long_rows_are_read_in_linear_time(text: str) -> None:
    eighth, whole = _seconds(text[: len(text) // 8]), _seconds(text)
    assert whole < max(32 * eighth, 0.5)


def _seconds(text: str) -> float:
    doc = Doc(WORDLESS.vocab, words=text.split())
    doc._.article = Article(id="a", text=text, published=PUBLISHED)
    started = time.process_time()
    times_of(doc)
    return time.process_time() - started


@pytest.mark.parametrize(
    "published", ["0001-01-01", "9999-12-31", "2016-02-29", "XXXX-02-29", "soon", "2016-13-45", ""]
)
def test_any_publication_anchors_or_does_not(published: str) -> None:
    text = " ".join(case["text"] for case in CASES) + (
        " the week of February 29, next February 31, the 31st of February, the 00th of May, ٣ March ٢٠١٦, 99th Easter,"
        " 9999 years ago, 99999 days later, last century, a millennium ago, Christmas 9999, 00:00, 24:59, 2016/99/99"
    )
    assert all(text[time.start : time.end] == time.text for time in times_of(doc_of(text, published or None)))


@pytest.mark.parametrize(
    "figures", ["٣ March ٢٠١٦", "the 00th of May", "2016/99/99", "31/31/2016", "the 31st of February"]
)
def test_what_is_no_date_gives_no_day(figures: str) -> None:
    ranges = [day_range(value) for _, _, value in read(figures)]
    assert not any(days[0] == days[1] for days in ranges if days)


def test_a_year_may_be_the_last_word_of_a_text(nlp: Language) -> None:
    doc = nlp("The war began in 2011")
    assert [(time.text, time.value) for time in doc._.times] == [("2011", "2011")]
