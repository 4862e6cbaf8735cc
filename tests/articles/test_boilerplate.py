"""What in a text is not the article."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles.article import Article, BoilerplateKind
from onrecord.articles.boilerplate import SCOPES, boilerplate_in
from onrecord.lexicon import rows

CASES = tomllib.loads((Path(__file__).parent / "cases" / "boilerplate.toml").read_text(encoding="utf-8"))["case"]
LINES = st.sampled_from(
    [
        "Advertisement", "Other news", "Talks resume", "A raid killed two.", "-", "Loaf - March 3, 2021", "", "  ",
        "Series Navigation<< One", "This entry is part 1 of 2 in the series WarTroops", "Share", "© 2016 Post", "\xa0",
    ]
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    assert [[mark.why, mark.text] for mark in boilerplate_in(str(case["text"]))] == case["marks"]


@given(st.lists(LINES | st.text(max_size=40), max_size=12).map("\n".join))
def test_marks_fit_the_text_in_order_without_overlap(text: str) -> None:
    end = 0
    for mark in boilerplate_in(text):
        assert end <= mark.start < mark.end
        assert text[mark.start : mark.end] == mark.text
        assert mark.text == mark.text.strip()
        assert mark.why in get_args(BoilerplateKind)
        end = mark.end


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_blanking_keeps_offsets_and_leaves_nothing_of_a_mark(text: str) -> None:
    marks = boilerplate_in(text)
    body = Article("x", text, boilerplate=marks).body()
    assert len(body) == len(text)
    assert all(not body[mark.start : mark.end].strip() for mark in marks)


def test_time_grows_with_the_length_only() -> None:
    began = time.process_time()
    for unit in (
        "a - ",
        "Related ",
        "(photo ",
        "follow us subscribe ",
        "Copyright © ",
        "x" * 10 + "\n",
        "- \n",
        "with from ",
    ):
        boilerplate_in(unit * (200_000 // len(unit)))
    assert time.process_time() - began < 20


def test_the_data_file_names_known_scopes_and_reasons() -> None:
    for row in rows("boilerplate"):
        assert row["scope"] in SCOPES, row
        assert row["why"] in get_args(BoilerplateKind), row
