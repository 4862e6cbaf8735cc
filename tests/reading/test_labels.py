"""Labels: what sides call each other, of whom and by whom."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.reading.labels import words as label_words
from onrecord.reading.labels.designations import CONDITIONS
from onrecord.reading.schema import Label

CASES = tomllib.loads((Path(__file__).parent / "cases" / "labels.toml").read_text(encoding="utf-8"))["case"]


def named(doc: Doc, value: str | None) -> str | None:
    """The entity's name for an id; words as they are."""
    return next((entity.name for entity in doc._.entities if entity.id == value), value)


def told(doc: Doc, label: Label) -> dict[str, Any]:
    return {
        "text": label.text,
        "of": named(doc, label.of),
        "by": named(doc, label.by),
        "tone": label.tone,
        "scare_quotes": label.scare_quotes,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_designations_are_told_with_whom_by_whom_and_how(nlp: Language, case: dict[str, Any]) -> None:
    doc = nlp(case["text"])
    expected = [
        {"of": None, "by": "outlet", "tone": "hostile", "scare_quotes": False, **label} for label in case["labels"]
    ]
    assert [told(doc, label) for label in doc._.labels] == expected


def own_settings(folder: Path, name: str, lines: str) -> str:
    """The path of settings that add a lexicon of these lines."""
    (folder / "own.tsv").write_text(lines, encoding="utf-8")
    settings = folder / "onrecord.toml"
    settings.write_text(f'[lexicons]\n{name} = ["own.tsv"]\n', encoding="utf-8")
    return str(settings)


def test_a_word_of_the_users_own_file_is_read(nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The wolves attacked the town on Monday."
    assert nlp(text)._.labels == ()
    lines = "word\tclass\tdesignates\ttone\twhen\tnot_before\tnames\nwolf\tnoun\tside\thostile\n"
    monkeypatch.setenv("ONRECORD_CONFIG", own_settings(tmp_path, "labels", lines))
    (label,) = nlp(text)._.labels
    assert (label.text, label.tone, label.of) == ("wolves", "hostile", None)


def test_each_designation_says_what_it_designates_how_and_when() -> None:
    words = label_words.lexicon().values()
    assert {word.designates for word in words} == {"side", "government", "deed", "place", "dead", "cause"}
    assert {word.word_class for word in words} <= {"noun", "adjective", "verb", "name"}
    assert {word.when for word in words} <= set(CONDITIONS) | {""}
