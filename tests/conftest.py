"""Fixtures that many tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

import onrecord

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole reading pipeline, made once."""
    return onrecord.load()


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT.parent / "shared" / "seeds"
