"""The tables of words by their role: each role is known to the code, and each that the code asks for has words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import onrecord
from onrecord import lexicon
from onrecord.reading.contexts import words_of_role

TABLES = {path.stem for path in lexicon.DATA.glob("*-contexts.tsv")} | {"truce-forms", "place-nouns"}
TABLES |= {"page-words", "export-words"}
ASKED = {  # by the function that asks for a role its table
    "truce_words": "truce-contexts",
    "truce_forms": "truce-forms",
    "has_role": "truce-contexts",
    "words_with_role": "label-contexts",
    "has_context": "label-contexts",
    "words_with": "time-contexts",
    "casualty_words": "casualty-contexts",
    "incident_words": "incident-contexts",
    "name_words": "name-contexts",
    "place_nouns": "place-nouns",
    "page_word": "page-words",
    "any_word": "page-words",
}
SOURCES = "".join(path.read_text(encoding="utf-8") for path in Path(onrecord.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_role_is_told_in_the_head_and_used(table: str) -> None:
    lines = (lexicon.DATA / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    header = " ".join(line for line in lines if line.startswith("#"))
    roles = {row["role"] for row in lexicon.rows(table)}
    assert {role for role in roles if not re.search(rf"\b{role}\b", header)} == set()
    assert {role for role in roles if not re.search(rf"[\"']{role}[\"']", SOURCES)} == set()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_words_stand_in_order_and_none_twice(table: str) -> None:
    entries = [(row["role"], row["word"]) for row in lexicon.rows(table)]
    assert entries == sorted(set(entries))


@pytest.mark.parametrize("function", sorted(ASKED))
def test_each_role_that_is_asked_for_has_words(function: str) -> None:
    roles = set(re.findall(rf"\b{function}\((?:[^()\"']*(?:\([^()]*\))?[^()\"']*, )?[\"']([a-z-]+)[\"']\)", SOURCES))
    assert roles != set()
    assert roles - {row["role"] for row in lexicon.rows(ASKED[function])} == set()


def test_a_role_without_words_is_no_role() -> None:
    with pytest.raises(KeyError):
        words_of_role("truce-contexts", "no-such-role")


def test_a_users_word_has_the_role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.tsv").write_text("role\tword\nsuperlative\tgrimmest\n", encoding="utf-8")
    (tmp_path / "onrecord.toml").write_text('[lexicons]\ncasualty-contexts = ["mine.tsv"]\n', encoding="utf-8")
    assert "grimmest" not in words_of_role("casualty-contexts", "superlative")
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "onrecord.toml"))
    assert "grimmest" in words_of_role("casualty-contexts", "superlative")
