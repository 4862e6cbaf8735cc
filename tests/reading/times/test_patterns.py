"""The grammar's files fit together: every meaning that a pattern names is there, and every user pattern is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import DataError
from onrecord.lexicon import rows
from onrecord.reading.times.lexing import lexemes_of
from onrecord.reading.times.meanings import meaning_of, meanings
from onrecord.reading.times.patterns import grammar


def test_every_pattern_names_a_meaning() -> None:
    assert {row["meaning"].split()[0] for row in rows("time-patterns")} <= meanings().keys()


def test_every_meaning_is_named_by_a_pattern() -> None:
    assert meanings().keys() <= {row["meaning"].split()[0] for row in rows("time-patterns")}


def test_no_pattern_is_there_twice() -> None:
    patterns = [row["pattern"] for row in rows("time-patterns")]
    assert len(patterns) == len(set(patterns))


def test_spelled_out_numbers_are_one_lexeme() -> None:
    lexemes = lexemes_of("twenty-four days, two hundred and six men, nineteen eighty-four, the twenty-first, and one")
    numbers = [lexeme.senses.get("NUMBER") or lexeme.senses.get("ORDINAL") for lexeme in lexemes]
    assert [number for number in numbers if number] == ["24", "206", "1984", "21", "1"]


def test_the_longest_expression_holds() -> None:
    found = list(grammar().found_in(lexemes_of("in the past 24 hours")))
    assert [(each.start, each.end, each.meaning) for each in found] == [(1, 5, "duration")]


def test_designations_with_figures_are_no_numbers() -> None:
    assert not any("NUMBER" in lexeme.senses for lexeme in lexemes_of("T-72 M16 AK-47"))


def test_a_user_adds_expressions_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feasts.tsv").write_text("pattern\tmeaning\nfounding day\tholiday on=05-15\n", encoding="utf-8")
    (tmp_path / "onrecord.toml").write_text('[lexicons]\ntime-patterns = ["feasts.tsv"]\n', encoding="utf-8")
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "onrecord.toml"))
    grammar.cache_clear()
    try:
        found = [each.arguments["on"] for each in grammar().found_in(lexemes_of("On Founding Day they fled."))]
    finally:
        grammar.cache_clear()
    assert found == ["05-15"]


def test_a_pattern_of_unknown_classes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.tsv").write_text("pattern\tmeaning\nNO_SUCH_CLASS\tyear\n", encoding="utf-8")
    (tmp_path / "onrecord.toml").write_text('[lexicons]\ntime-patterns = ["broken.tsv"]\n', encoding="utf-8")
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "onrecord.toml"))
    grammar.cache_clear()
    try:
        with pytest.raises(DataError, match="NO_SUCH_CLASS"):
            grammar()
    finally:
        grammar.cache_clear()


def test_a_pattern_with_an_unknown_meaning_says_what_there_is() -> None:
    with pytest.raises(DataError, match="no meaning is feast"):
        meaning_of("feast")
