"""The countries by their codes: how they are called in English, and their capitals."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon import rows


@cache
def capitals() -> dict[str, frozenset[str]]:
    """The capital of each country, by its names."""
    return {row["country"]: frozenset(row["capital"].split("|")) for row in rows("places-countries") if row["capital"]}


@cache
def country_names() -> dict[str, str]:
    """The English name of each country by its code, ISO 3166-1 alpha-2."""
    return {row["country"]: row["name"] for row in rows("places-countries")}
