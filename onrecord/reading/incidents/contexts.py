"""The words beside those that tell a happening that decide what is read (`data/incident-contexts.tsv`)."""

from __future__ import annotations

from onrecord.reading.contexts import words_of_role


def incident_words(role: str) -> frozenset[str]:
    """The words of a role: "another", "onto", ..."""
    return words_of_role("incident-contexts", role)
