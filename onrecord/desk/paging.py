"""A list in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Pages(Generic[Thing]):
    """One page of a list: which one (from 1), of how many, and how many things there are in all."""

    items: tuple[Thing, ...]
    at: int
    last: int
    total: int


def paged(things: Sequence[Thing], at: int, size: int = ON_A_PAGE) -> Pages[Thing]:
    """The page `at` of the things; the last one where there are not so many."""
    last = last_page(len(things), size)
    at = min(at, last)
    return Pages(tuple(things[(at - 1) * size : at * size]), at, last, len(things))


def last_page(number: int, size: int = ON_A_PAGE) -> int:
    """The number of the last page of so many things; there is always one."""
    return max(1, ceil(number / size))
