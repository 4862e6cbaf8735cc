"""What an address of the API may ask for: each parameter with its meaning, its schema and how it is read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

LONGEST = 200
"""Characters of a value."""
MOST = 500
"""Things on one page."""
USUAL = 50
DEEPEST = 10_000_000

_TEXT: Mapping[str, Any] = {
    "type": "string",
    "minLength": 1,
    "maxLength": LONGEST,
    "pattern": r"^[^\u0000-\u001f\u007f-\u009f]+$",
}
_DATE: Mapping[str, Any] = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": "^[12][0-9]{3}$"},
        {"type": "string", "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])$"},
    ]
}
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class ParameterError(ValueError):
    """An address that asks for something in a way that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, what it is for, its JSON Schema, and what its value becomes."""

    name: str
    means: str
    schema: Mapping[str, Any]
    read: Callable[[str], object]
    required: bool = False


def _words(value: str) -> str:
    if not 1 <= len(value) <= LONGEST:
        raise ParameterError(f"has {len(value)} characters; it takes 1 to {LONGEST}")
    if _CONTROL.search(value):
        raise ParameterError("holds control characters")
    return value


def _day(value: str, *, last: bool) -> str:
    """The day that a date stands for; of a month or a year the first or the last one."""
    match = _DAY.fullmatch(value)
    try:
        if match is None:
            raise ValueError(value)
        year = int(match[1])
        month = int(match[2]) if match[2] else (12 if last else 1)
        day = int(match[3]) if match[3] else (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day).isoformat()
    except ValueError as fault:
        raise ParameterError("is no date; write it as 2016-10-14, 2016-10 or 2016") from fault


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = int(value) if re.fullmatch("[0-9]{1,9}", value) else -1
        if not least <= number <= most:
            raise ParameterError(f"is no number from {least} to {most}")
        return number

    return read


def _number(name: str, means: str, least: int, most: int, usual: int) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
    return Parameter(name, means, schema, _between(least, most))


def _text(name: str, means: str, *, required: bool = False) -> Parameter:
    return Parameter(name, means, _TEXT, _words, required)


FILTERS: Mapping[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter(
            "since",
            "From this day on (a month or a year will do).",
            _DATE,
            lambda value: _day(value, last=False),
        ),
        Parameter("until", "Up to this day.", _DATE, lambda value: _day(value, last=True)),
        _text("place", "A town, region or country (with all in it), or geonames:ID."),
        _text("actor", "A party, organisation or person, or wikidata:ID."),
        _text("outlet", "As this outlet tells it."),
        _text("type", "A type, after what is listed."),
        _text("story", "Of the story of this id."),
        _text("text", "Of articles in which this occurs."),
    )
}
WORDS = _text(
    "words", 'All of these words; a phrase in double quotes, * ends a beginning: "barrel bomb*".', required=True
)
ON = _text("on", "On this fact (a91c0…/k3), article, incident, truce or decision.")
ABOUT = _text("about", "About this incident (i3f2a…) or truce (t9c2e…).")
PAGING = (
    _number("limit", "At most so many.", 1, MOST, USUAL),
    _number("offset", "Leave out so many at the beginning.", 0, DEEPEST, 0),
)


def values_of(given: QueryParams, known: Sequence[Parameter]) -> dict[str, Any]:
    """The values of the parameters that an address gives.

    Raises `ParameterError` for one that is not known, given twice or not understood: a filter that is misspelt must
    not pass for one that lets everything through.
    """
    by_name = {parameter.name: parameter for parameter in known}
    values: dict[str, Any] = {}
    for name, value in given.multi_items():
        if name not in by_name:
            raise ParameterError(f"there is no parameter {name[:40]!r} here; there are {', '.join(by_name) or 'none'}")
        if name in values:
            raise ParameterError(f"{name} is given twice")
        try:
            values[name] = by_name[name].read(value)
        except ParameterError as fault:
            raise ParameterError(f"{name} {fault}") from fault
    for parameter in known:
        if parameter.required and parameter.name not in values:
            raise ParameterError(f"{parameter.name} is missing")
    return values
