"""The days that a time covers, and how precise that is in the codes of conflict data."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from onrecord.reading.schema import AcledTimePrecision, DateRange, UcdpDatePrecision

_LEAPLESS_YEAR = 2001  # stands in for a year that is not known
_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)(?:T.*)?")
_MONTH = re.compile(r"(\d{4}|XXXX)-(\d\d)(?:-XX)?(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(WE|[1-7]))?(?:T.*)?")
_PART_OF_YEAR = re.compile(r"(\d{4})-([QH])([1-4])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_YEARS = re.compile(r"(\d{1,4})X*(?:-XX){0,2}")
_WEEKDAY = re.compile(r"XXXX-WXX-[1-7](?:T.*)?")

_DAYS_OF_A_WEEK, _DAYS_OF_A_MONTH, _DAYS_OF_A_YEAR = 7, 31, 366


def day_range(value: str) -> tuple[str, str] | None:
    """First and last day, ISO 8601, that a TIMEX3 value covers; null for durations, sets, references and bad values.

    Weeks are those of ISO 8601, seasons the meteorological ones. A day without a year stays so (`XXXX-09-22` twice), as
    does a weekday without a week (`XXXX-WXX-2`); the time of day is left away.
    """
    if _WEEKDAY.fullmatch(value):
        return value[:10], value[:10]
    for pattern, days in _KINDS:
        match = pattern.fullmatch(value)
        if match:
            try:
                return days(*match.groups())
            except (ValueError, OverflowError):
                return None
    return None


def acled_time_precision(days: DateRange) -> AcledTimePrecision | None:
    """ACLED's `time_precision`: 1 the day, 2 a week or part of one, 3 a month; null for what ACLED does not record."""
    length = number_of_days(days)
    if length is None or length > _DAYS_OF_A_MONTH:
        return None
    if length == 1:
        return 1
    return 2 if length <= _DAYS_OF_A_WEEK else 3


def ucdp_date_precision(days: DateRange) -> UcdpDatePrecision | None:
    """UCDP GED's `date_prec`: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year; null beyond."""
    length = number_of_days(days)
    if length is None or length > _DAYS_OF_A_YEAR:
        return None
    if length == 1:
        return 1
    if length < _DAYS_OF_A_WEEK:
        return 2
    if length == _DAYS_OF_A_WEEK:
        return 3
    return 4 if length <= _DAYS_OF_A_MONTH else 5


def number_of_days(days: DateRange) -> int | None:
    """How many days from first to last, both counted; null where they cannot be compared or run backwards."""
    if days.start == days.end:
        return 1
    if days.start[:4].isdigit() != days.end[:4].isdigit():
        return None
    try:
        first, last = (date.fromisoformat(_with_year(day)) for day in (days.start, days.end))
    except ValueError:
        return None
    if last < first and days.start.startswith("XXXX"):
        last = last.replace(year=last.year + 1)
    return (last - first).days + 1 if last >= first else None


def _with_year(day: str) -> str:
    return day[:10].replace("XXXX", str(_LEAPLESS_YEAR))


def _day(year: str, month: str, day: str) -> tuple[str, str]:
    date(int(year) if year.isdigit() else 2000, int(month), int(day))
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"


def _month(year: str, month: str) -> tuple[str, str]:
    last = calendar.monthrange(int(year) if year.isdigit() else _LEAPLESS_YEAR, int(month))[1]
    return f"{year}-{month}-01", f"{year}-{month}-{last}"


def _week(year: str, week: str, part: str | None) -> tuple[str, str]:
    first, last = {None: (1, 7), "WE": (6, 7)}.get(part) or (int(part or 1), int(part or 7))
    start, end = (date.fromisocalendar(int(year), int(week), day) for day in (first, last))
    return start.isoformat(), end.isoformat()


def _part_of_year(year: str, kind: str, number: str) -> tuple[str, str]:
    months = 3 if kind == "Q" else 6
    first = (int(number) - 1) * months + 1
    return _month(year, f"{first:02}")[0], _month(year, f"{first + months - 1:02}")[1]


def _season(year: str, season: str) -> tuple[str, str]:
    month = _SEASON_STARTS[season]
    start = date(int(year), month, 1)
    after = date(start.year + (month > 9), (month + 3 - 1) % 12 + 1, 1)
    return start.isoformat(), (after - timedelta(days=1)).isoformat()


def _years(digits: str) -> tuple[str, str]:
    return f"{digits:0<4}-01-01", f"{digits:9<4}-12-31"


_KINDS = (
    (_DAY, _day),
    (_MONTH, _month),
    (_WEEK, _week),
    (_PART_OF_YEAR, _part_of_year),
    (_SEASON, _season),
    (_YEARS, _years),
)
