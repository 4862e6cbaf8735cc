"""The words in and around names that decide where these begin and end (`data/name-contexts.tsv`)."""

from __future__ import annotations

from onrecord.reading.contexts import words_of_role


def name_words(role: str) -> frozenset[str]:
    """The words of a role: "within", "loose-addition", ..."""
    return words_of_role("name-contexts", role)
