"""The meanings that `data/time-patterns.tsv` may name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import ModuleType

from onrecord.errors import DataError
from onrecord.reading.times import calendar_dates, durations, feasts, relative_dates, weekdays
from onrecord.reading.times.story import Meaning

_KINDS: tuple[ModuleType, ...] = (calendar_dates, weekdays, feasts, relative_dates, durations)
_NOT_MEANINGS = frozenset({"number_of", "unit_of", "span", "year_before"})


@cache
def meanings() -> Mapping[str, Meaning]:
    """Every meaning by its name: the public functions of the modules of meanings."""
    return {
        name: function
        for module in _KINDS
        for name, function in vars(module).items()
        if callable(function) and not name.startswith("_") and getattr(function, "__module__", "") == module.__name__
        if name not in _NOT_MEANINGS
    }


def meaning_of(name: str) -> Meaning:
    """The meaning of that name; raises `DataError` where a pattern names one that is not there."""
    try:
        return meanings()[name]
    except KeyError:
        advice = f"use one of {', '.join(sorted(meanings()))}"
        raise DataError(f"no meaning is {name}", where="time-patterns", advice=advice) from None
