"""A listing: a table of words for a terminal, and how its fields are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record.shapes import Named, TollRange
from onrecord.views.words import NO_DATE, figure_of, voice_of

LETTERS = 160
"""So much of a longer text stands in a field."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title; `number`: set to the right; `ratio`: text that takes that share of the room that is left.

    `width`: is as wide as that and wraps; `optional`: left out where the terminal is narrow.
    """

    title: str
    number: bool = False
    ratio: int | None = None
    width: int | None = None
    optional: bool = False


DATE = Column("date", width=12)


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: a field for each column in every row; `empty` is what to say where there is no row."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[str, ...]]
    empty: str


def dates(since: str | None, until: str | None) -> str:
    """A stretch of days as ISO 8601 dates: "2016-10-14", "2016-10-14 – 2016-10-16"."""
    known = list(dict.fromkeys(date for date in (since, until) if date))
    return " – ".join(known) or NO_DATE


def short_date(date: str | None) -> str:
    """The day of an ISO 8601 date or time."""
    return (date or "")[:10]


def places(named: Iterable[Named]) -> str:
    """The names of the places, narrowest first."""
    return listed(dict.fromkeys(place.name for place in named))


def listed(words: Iterable[str]) -> str:
    """The words with commas between them."""
    return ", ".join(words)


def figures_and_voices(toll: TollRange, separator: str = "; ") -> str:
    """Each figure with those whose it is: "70 (government), 100 or more (United Nations)"."""
    return separator.join(
        f"{figure_of(figure)} ({listed(dict.fromkeys(voice_of(origin.voice) for origin in figure.origins))})"
        for figure in toll.figures
    )
