"""Labels: what sides call each other, of whom and by whom."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

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
