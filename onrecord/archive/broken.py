"""What is said of something that is not whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that is not whole: where it is, and what is wrong with it."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Unproved:
    """A part of which it cannot be told whether it is whole: why, and what to do to have it told."""

    part: str
    what: str
    advice: str


class NotWholeError(Exception):
    """Carries what was found out of the middle of a proof."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.broken = Broken(where, what)
