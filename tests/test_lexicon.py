"""The data files keep to their form, and a user's own files add to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord import lexicon
from onrecord.config import settings
from onrecord.errors import DataError

FILES = sorted(lexicon.DATA.glob("*.tsv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_data_file_says_what_it_holds_and_where_it_is_from(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    header = " ".join(line for line in lines if line.startswith("#"))
    columns = next(line for line in lines if not line.startswith("#")).split("\t")
    assert [column for column in columns if column.strip() not in header] == []
    assert re.search(r"source|own list|made by|compiled|made with", header, re.IGNORECASE)
    lexicon.rows(path.stem)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "onrecord.toml"))
    return tmp_path


def test_a_users_file_adds_to_a_list(folder: Path) -> None:
    (folder / "mine.tsv").write_text("# Own words.\nword\tobject\nchirrup\n", encoding="utf-8")
    (folder / "onrecord.toml").write_text('[lexicons]\ntelling = ["mine.tsv"]\n', encoding="utf-8")
    words = [row["word"] for row in lexicon.rows("telling")]
    assert words[-1] == "chirrup"
    assert "say" in words


def test_a_line_with_too_many_fields_is_named(folder: Path) -> None:
    (folder / "mine.tsv").write_text("word\tobject\nchirrup\thearer\tmore\n", encoding="utf-8")
    (folder / "onrecord.toml").write_text('[lexicons]\ntelling = ["mine.tsv"]\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"mine\.tsv:2: has 3 fields where the columns are word, object"):
        lexicon.rows("telling")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "onrecord.toml").write_text('[lexicons]\ntelling = ["none.tsv"]\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"none\.tsv: cannot be read"):
        lexicon.rows("telling")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[lexicons\n", "is no TOML file"),
        ('lexicons = "mine.tsv"\n', r"\[lexicons\] must give a list of files for each name"),
        ('[lexicons]\ntelling = "mine.tsv"\n', r"\[lexicons\] must give a list of files for each name"),
    ],
)
def test_settings_that_cannot_be_read_are_named(folder: Path, text: str, fault: str) -> None:
    (folder / "onrecord.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=fault):
        settings()


def test_the_record_is_named_by_the_environment_then_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "onrecord.toml").write_text('[record]\nurl = "sqlite:///war.db"\n', encoding="utf-8")
    monkeypatch.delenv("ONRECORD_RECORD", raising=False)
    assert settings().record == "sqlite:///war.db"
    monkeypatch.setenv("ONRECORD_RECORD", "other.db")
    assert settings().record == "other.db"
