"""A list in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from onrecord.desk.filtering import Asked
from onrecord.record import Record, selecting
from onrecord.record.shelf import Shelf

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


def listed(
    record: Record,
    kind: str,
    wanted: Asked,
    lay_out: Callable[[Shelf, Sequence[str]], Iterable[Thing]],
    size: int = ON_A_PAGE,
) -> Pages[Thing]:
    """The page that is wanted of the things of a kind that fit, laid out from their ids; the last at most."""
    with record.connection() as connection:
        shelf = Shelf(connection)
        if shelf.forbids(wanted.of):
            return Pages((), 1, 1, 0)
        ids, number = selecting.page(connection, kind, wanted.of, wanted.page - 1, size)
        last = last_page(number, size)
        return Pages(tuple(lay_out(shelf, ids)), min(wanted.page, last), last, number)


def last_page(number: int, size: int = ON_A_PAGE) -> int:
    """The number of the last page of so many things; there is always one."""
    return max(1, ceil(number / size))
