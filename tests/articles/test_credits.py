"""Agencies whose material an article says it uses."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles.credits import agencies_named, credits_in
from onrecord.lexicon import rows

CASES = tomllib.loads((Path(__file__).parent / "cases" / "credits.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    assert [[credit.text, credit.agency] for credit in credits_in(str(case["text"]))] == case["credits"]


@given(st.lists(st.sampled_from(["(AFP)", " – ", "AP", "\n", "Shells fell.", "--", "Reuters", "© 2016 "]), max_size=9))
def test_offsets_fit_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    for credit in credits_in(text):
        assert text[credit.start : credit.end] == credit.text


def test_time_grows_with_the_length_only() -> None:
    began = time.process_time()
    for unit in ("(AFP", "AFP, ", "reporting by AFP ", "Copyright ", "- AP -"):
        credits_in(unit * (200_000 // len(unit)))
    assert time.process_time() - began < 20


def test_a_byline_may_name_agencies() -> None:
    assert agencies_named("AP/Reuters") == ("Associated Press", "Reuters")
    assert agencies_named("Lina Said, AFP and Agence France-Presse") == ("Agence France-Presse",)
    assert agencies_named("Anna Reutersward") == ()


def test_each_form_stands_for_one_agency() -> None:
    forms = [form for row in rows("agencies") for form in row["forms"].split("|") if form]
    assert len(forms) == len(set(forms))
    assert [row["agency"] for row in rows("agencies")] == sorted((row["agency"] for row in rows("agencies")), key=str)
