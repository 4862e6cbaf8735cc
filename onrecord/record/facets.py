"""By what a thing on record is found: facets, each with the thing's first and last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from onrecord.record.days import ordinal

LONG = 31
"""Days beyond which a happening is looked for among the long ones."""


class Facet(NamedTuple):
    """Something by which a thing is found; `shown`: the name under which a place or actor is listed."""

    facet: str
    value: str
    shown: str | None = None


EVERY = Facet("", "")
"""By which everything of a kind is found."""


def is_long(day: str, until: str) -> bool:
    """Whether a happening lasts longer than most."""
    first, last = ordinal(day), ordinal(until)
    return first is not None and last is not None and last - first > LONG


def days_before(day: str, days: int) -> str:
    """The day so many days before; as it is where it is no date."""
    try:
        return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day
