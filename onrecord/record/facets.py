"""By what a thing on record is found: facets, each with the thing's first and last day."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil, log2
from typing import NamedTuple

from onrecord.record.days import ordinal

LONG = 31
"""Days beyond which a happening is looked for among the long ones."""
SPANS = 8
"""Classes of long happenings: those of up to twice as many days, of up to four times as many, and so on."""


class Facet(NamedTuple):
    """Something by which a thing is found; `shown`: the name under which a place or actor is listed."""

    facet: str
    value: str
    shown: str | None = None


EVERY = Facet("", "")
"""By which everything of a kind is found."""


def span_class(day: str, until: str) -> int:
    """Of which class a happening is by how long it lasts: 0 for most, up to `SPANS`.

    Who looks for what goes on on a day has to look back no further in each class than its longest lasts, so of what is
    looked at in vain there is never much more than of what is found.
    """
    first, last = ordinal(day), ordinal(until)
    if first is None or last is None or last - first <= LONG:
        return 0
    return min(ceil(log2((last - first) / LONG)), SPANS)


def longest(span: int) -> int | None:
    """The most days that a happening of a class lasts; `None` for the last class, in which it is any number."""
    return LONG * 2**span if span < SPANS else None


def days_before(day: str, days: int) -> str:
    """The day so many days before; as it is where it is no date."""
    try:
        return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day
