"""Tolls as bars from the lowest to the highest figure, on one scale for all, so that they can be compared by eye."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p

from onrecord.record.shapes import TollRange
from onrecord.views.words import figure_of, number

WIDTH = 360.0
LEFT, RIGHT = 6.0, 340.0
OPEN_LENGTH = 12.0  # how far an open bar goes beyond its highest figure


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure on the bar."""

    x: float
    radius: float
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A toll on the scale: from `left` to `right`, an arrow where it is `open` to above; `best` None: none is known."""

    left: float
    right: float
    open: bool
    best: float | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on the scale."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A logarithmic scale from none to the highest figure there is."""

    most: int

    @classmethod
    def of(cls, tolls: Iterable[TollRange]) -> Scale:
        """The scale on which all of the tolls fit."""
        ends = (end for toll in tolls for end in (toll.low, toll.best, toll.high, *_figures(toll)) if end is not None)
        return cls(max((*ends, 10)))

    def at(self, count: int) -> float:
        """Where a count stands, in pixels of a picture `WIDTH` wide."""
        share = log1p(min(count, self.most)) / log1p(self.most)
        return round(LEFT + (RIGHT - LEFT) * share, 1)

    def ticks(self) -> tuple[Tick, ...]:
        """The powers of ten, and nought."""
        powers = [10**power for power in range(len(str(self.most))) if 10**power <= self.most]
        return tuple(Tick(self.at(count), number(count)) for count in (0, *powers))

    def bar(self, toll: TollRange) -> Bar:
        """The toll on the scale."""
        known = [end for end in (toll.low, toll.best, toll.high, *_figures(toll)) if end is not None]
        left = self.at(min(known, default=0))
        right = self.at(max(known, default=0)) + (OPEN_LENGTH if toll.open else 0)
        dots = tuple(
            Dot(self.at(figure.count), 2.5 + min(len(figure.origins), 6) * 0.7, figure_of(figure))
            for figure in toll.figures
            if figure.count is not None
        )
        return Bar(left, right, toll.open, None if toll.best is None else self.at(toll.best), dots)


def _figures(toll: TollRange) -> Iterable[int | None]:
    return (figure.count for figure in toll.figures)
