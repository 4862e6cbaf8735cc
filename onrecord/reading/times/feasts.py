"""Meanings of feasts with a date: "Christmas Day", "last Thanksgiving", "Easter 2016"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.reading.times.anchoring import easter, nth_weekday
from onrecord.reading.times.patterns import Found
from onrecord.reading.times.story import Draft, Story

_SOON = 60  # days within which a feast to come is meant rather than the last one


def holiday(found: Found, story: Story) -> Sequence[Draft]:
    """A feast with a date: "Christmas Day", "last Thanksgiving", "Easter 2016"."""
    given = found.bound.get("year")
    if given is not None:
        return (Draft.of_date(found, _feast(found.arguments["on"], int(given.senses["YEAR"])).isoformat()),)
    day = story.published.day
    if day is None or not story.published.year_known or not date.min.year < day.year < date.max.year:
        rule = found.arguments["on"]
        return (Draft.of_date(found, f"XXXX-{rule}" if rule[0] in "01" else "XXXX-XX-XX"),)
    relative = found.bound.get("relative")
    by = int(relative.senses["RELATIVE"]) if relative else None
    candidates = [_feast(found.arguments["on"], year) for year in (day.year - 1, day.year, day.year + 1)]
    return (Draft.of_date(found, _chosen(candidates, day, by, story.tenses.at(found.start)).isoformat()),)


def _chosen(candidates: Sequence[date], day: date, by: int | None, tense: int) -> date:
    past = [candidate for candidate in candidates if candidate <= day]
    future = [candidate for candidate in candidates if candidate >= day]
    if by == 1 or (by is None and tense > 0):
        return future[0]
    soon = (future[0] - day).days <= _SOON
    if by == -1 or (tense < 0 and not soon):
        return past[-1]
    return min(candidates, key=lambda candidate: abs((candidate - day).days))


def _feast(rule: str, year: int) -> date:
    """The feast's day: `12-25`, `easter-2`, or `4-4-11` (nth, weekday, month)."""
    if rule.startswith("easter"):
        return date.fromordinal(easter(year).toordinal() + int(rule.removeprefix("easter")))
    if rule.count("-") == 1:
        return date(year, *(int(figure) for figure in rule.split("-")))
    negative = rule.startswith("-")
    nth, weekday, month = (int(figure) for figure in rule.removeprefix("-").split("-"))
    return nth_weekday(year, month, weekday, -nth if negative else nth)
