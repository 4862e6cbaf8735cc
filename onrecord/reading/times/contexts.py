"""The words beside a time expression that decide how it is read (`data/time-contexts.tsv`)."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon import rows


@cache
def words_with(role: str) -> frozenset[str]:
    """The words of a role: "up-to", "joins-days", ...; empty where the files name none."""
    return frozenset(row["word"] for row in rows("time-contexts") if row["role"] == role)
