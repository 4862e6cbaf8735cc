"""Fixtures that many tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

import onrecord

# Time is measured in benchmarks: a busy machine is no reason for a test to fail. The same examples come each time, so
# that a failure is of the change at hand; `make fuzz` looks for new ones.
settings.register_profile("onrecord", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "onrecord"))

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
    """The three pages that the project began with; they belong to their publishers, so that a clone has them not."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.exists() and not os.environ.get("CI"):
        pytest.skip("the seed pages are no part of the repository; continuous integration has them")
    return folder
