"""Filters in the address: what a view shows can be sent to a colleague as a link."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.record import Filter

NAMES = ("since", "until", "place", "actor", "outlet", "type", "story", "text")
LONGEST = 200
"""Characters of one value; nobody's name is longer."""
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see: a filter, and which page of it (from 1)."""

    of: Filter
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self.of, name) for name in NAMES)

    def address(self, path: str, **changes: str | int | None) -> str:
        """The address of the same view with some values changed; the page is the first unless it is given."""
        values: dict[str, object] = {name: getattr(self.of, name) for name in NAMES}
        values |= changes
        given = {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}
        return f"{path}?{urlencode(given)}" if given else path


def asked(request: Request) -> Asked:
    """What the address asks for; raises `HTTPException` (422) where a date or a page is none."""
    given = {name: value.strip()[:LONGEST] for name, value in request.query_params.items() if value.strip()}
    values = {name: given.get(name) for name in NAMES}
    values["since"] = _day(values["since"], last=False)
    values["until"] = _day(values["until"], last=True)
    return Asked(Filter(**values), _page(given.get("page", "1")))  # type: ignore[arg-type]


def limited(of: Filter, most: int) -> Filter:
    """The filter for so many at most."""
    return replace(of, limit=most)


def _page(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= len(value) <= 6:
        raise HTTPException(422, f"“{value}” is no page number.")
    return max(1, int(value))


def _day(value: str | None, *, last: bool) -> str | None:
    """The day that a date stands for; of a month or a year the first or last one."""
    if value is None:
        return None
    match = _DATE.fullmatch(value)
    try:
        if match is None:
            raise ValueError(value)
        year, month, day = (int(part) if part else None for part in match.groups())
        month = month or (12 if last else 1)
        day = day or (calendar.monthrange(year or 0, month)[1] if last else 1)
        return date(year or 0, month, day).isoformat()
    except ValueError as fault:
        raise HTTPException(422, f"“{value}” is no date. Write it as 2016-10-14, 2016-10 or 2016.") from fault
