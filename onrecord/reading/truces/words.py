"""The words by which an arrangement takes a step (`data/truce-steps.tsv`), and a step as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.own_files import own_files
from onrecord.reading.schema import TruceStep

STEPS: tuple[TruceStep, ...] = (
    "proposed",
    "agreed",
    "announced",
    "started",
    "extended",
    "violated",
    "collapsed",
    "ended",
    "rejected",
)


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step with the word that tells it; `modifier` where that word only describes the arrangement."""

    step: TruceStep
    predicate: Token
    modifier: bool = False


def step_words(role: str) -> Mapping[str, TruceStep]:
    """The steps by the words that tell them, for the part that the arrangement plays: object, subject, noun."""
    return _step_words(role, own_files("truce-steps"))


@cache
def _step_words(role: str, _own_files: tuple[Path, ...]) -> Mapping[str, TruceStep]:
    return {
        row["lemma"]: next(step for step in STEPS if step == row["step"])
        for row in rows("truce-steps")
        if row["role"] == role
    }
