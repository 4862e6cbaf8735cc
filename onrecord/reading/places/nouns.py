"""Nouns for places beside or in their names (`data/place-nouns.tsv`), and words for parts of a place."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.contexts import words_of_role


def place_nouns(role: str) -> frozenset[str]:
    """The nouns of a role: "quarter", "called", ..."""
    return words_of_role("place-nouns", role)


@cache
def levels_by_noun() -> dict[str, frozenset[str]]:
    """By a noun that stands beside a name ("Homs province") the levels that the place may have; none: any."""
    return {row["word"]: frozenset(row["levels"].split()) for row in rows("place-nouns") if row["role"] == "kind"}


@cache
def directions() -> frozenset[str]:
    """The words, folded, that name a part of the place whose name they stand before: "northern", "downtown"."""
    return frozenset(row["word"] for row in rows("place-directions"))
