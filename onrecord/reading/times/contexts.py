"""The words beside a time expression that decide how it is read (`data/time-contexts.tsv`)."""

from __future__ import annotations

from onrecord.reading.contexts import words_of_role


def words_with(role: str) -> frozenset[str]:
    """The words of a role: "up-to", "joins-days", ..."""
    return words_of_role("time-contexts", role)
