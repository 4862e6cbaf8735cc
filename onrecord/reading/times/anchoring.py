"""The day from which relative times are told, and the TIMEX3 values at so many units from it.

An anchor may know its day, only month and day of it (a dateline "MOSCOW, OCTOBER 19"), or nothing. What it does not
know stays open in the value (`XXXX-10-20`, `XXXX-WXX-2`): no year is invented.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_COMMON_YEAR = 2001  # the stand-in where the year is not known: no leap day, so that spans of days come out as usual
_DAYS = {"D": 1, "W": 7, "F": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
_OPEN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "F": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day to count from; `day` null where it is not known, its year a stand-in where `year_known` is false."""

    day: date | None = None
    year_known: bool = True

    def at(self, unit: str, by: int) -> str:
        """The TIMEX3 value of the unit (D W F WE M Q Y E C L) that lies `by` units from the anchor's own."""
        day = self.shifted(unit, by)
        if day is None:
            return _OPEN.get(unit, "XXXX")
        return self.named(day, unit)

    def shifted(self, unit: str, by: int) -> date | None:
        """The day `by` units from the anchor; null where the anchor, or the calendar, does not go so far."""
        if self.day is None:
            return None
        try:
            if unit == "WE":
                return self.day + timedelta(days=7 * by + 5 - self.day.weekday())
            if unit in _DAYS:
                return self.day + timedelta(days=_DAYS[unit] * by)
            return months_from(self.day, _MONTHS[unit] * by)
        except (OverflowError, ValueError):
            return None

    def named(self, day: date, unit: str) -> str:
        """The unit that a day of this anchor's reckoning lies in, without a year that is not known."""
        if not self.year_known and unit not in ("D", "M", "Q"):
            return _OPEN.get(unit, "XXXX")
        value = named(day, unit)
        return value if self.year_known else "XXXX" + value[4:]

    def weekday(self, weekday: int, direction: int) -> str:
        """The weekday (Monday 1) last up to the anchor (-1), first from it on (1); strictly before or after: -2, 2."""
        if self.day is None or not self.year_known:
            return f"XXXX-WXX-{weekday}"
        ahead = (weekday - self.day.isoweekday()) % 7
        by = {1: ahead, 2: ahead or 7, -1: (ahead or 7) - 7, -2: ahead - 7}[direction]
        return self.at("D", by)

    def weekday_in_week(self, weekday: int, weeks: int) -> str:
        """The weekday in the ISO week that lies `weeks` from the anchor's."""
        if self.day is None or not self.year_known:
            return f"XXXX-WXX-{weekday}"
        return self.at("D", 7 * weeks + weekday - self.day.isoweekday())


def named(day: date, unit: str) -> str:
    """The TIMEX3 value of the day's own unit: its week `2016-W41`, quarter `2016-Q4`, decade `201`, ..."""
    year = f"{day.year:04}"
    if unit in ("W", "F", "WE"):
        week_year, week, _ = day.isocalendar()
        return f"{week_year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    return {
        "D": day.isoformat(),
        "M": f"{year}-{day.month:02}",
        "Q": f"{year}-Q{(day.month + 2) // 3}",
        "Y": year,
        "E": year[:3],
        "C": year[:2],
        "L": year[:1],
    }[unit]


def months_from(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month; raises `ValueError` beyond the calendar."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def anchored_on(value: str | None) -> Anchor:
    """The anchor that a date names: `2016-10-14`, with or without a time (the day as written), or `XXXX-10-14`."""
    if not value or len(value) < 10:
        return Anchor()
    year, rest = value[:4], value[4:10]
    known = year.isdigit()
    try:
        return Anchor(date.fromisoformat((year if known else str(_COMMON_YEAR)) + rest), known)
    except ValueError:
        return Anchor()


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous computus of 1876, as in Meeus 1991)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday (Monday 1) of a month, the last for -1."""
    if nth < 0:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
