"""The words that tell of arrangements: those by which they take a step (`data/truce-steps.tsv`), and those beside them
(`data/truce-contexts.tsv` in their ground form, `data/truce-forms.tsv` as they are written)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from spacy.tokens import Token

from onrecord.lexicon import one_of, rows
from onrecord.reading.contexts import words_of_role
from onrecord.reading.ground_forms import ground_form
from onrecord.reading.own_files import own_files
from onrecord.reading.schema import TruceStep

STEPS: tuple[TruceStep, ...] = get_args(TruceStep)
FUTURE = frozenset({"will", "would", "shall", "'ll", "to"})
"""Auxiliaries of what is still to come."""


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
        row["lemma"]: one_of(STEPS, row, "step", "truce-steps") for row in rows("truce-steps") if row["role"] == role
    }


def truce_words(role: str) -> frozenset[str]:
    """The ground forms of the words beside an arrangement that have this role."""
    return words_of_role("truce-contexts", role)


def truce_forms(role: str) -> frozenset[str]:
    """The words beside an arrangement that have this role, as they are written."""
    return words_of_role("truce-forms", role)


def lemma(token: Token) -> str:
    """The ground form of a word; where the model left it inflected, that of the lexicons' words which it comes from."""
    return ground_form(token, _ground_forms(own_files("truce-steps"), own_files("truce-contexts")))


@cache
def _ground_forms(_steps: tuple[Path, ...], _contexts: tuple[Path, ...]) -> frozenset[str]:
    words = {word for row in rows("truce-steps") for word in row["lemma"].split()}
    return frozenset(words | {row["word"] for row in rows("truce-contexts")})


def has_role(token: Token, role: str) -> bool:
    """Whether the word or its lemma is a context word of that role."""
    words = truce_words(role)
    return lemma(token) in words or token.lower_ in words
