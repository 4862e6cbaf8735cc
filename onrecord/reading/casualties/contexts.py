"""The words beside a count of people or a harm that decide how a toll is read (`data/casualty-contexts.tsv`)."""

from __future__ import annotations

from onrecord.reading.contexts import words_of_role


def casualty_words(role: str) -> frozenset[str]:
    """The words of a role: "speech", "additional", ..."""
    return words_of_role("casualty-contexts", role)
