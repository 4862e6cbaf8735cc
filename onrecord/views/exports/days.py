"""When a happening was, as exports tell it: its days, and how exactly they are known."""

from __future__ import annotations

from datetime import date

from onrecord.reading.date_ranges import acled_time_precision, number_of_days, ucdp_date_precision
from onrecord.reading.schema import DateRange

DayPrecisions = tuple[int | None, int | None]


def days_of(since: str | None, until: str | None) -> DateRange | None:
    """The days from first to last; `None` where neither is known."""
    first, last = since or until, until or since
    return DateRange(first[:10], last[:10]) if first and last else None


def day_precisions(days: DateRange | None) -> DayPrecisions:
    """ACLED's and UCDP's code of how exactly the day is known; `None` where it is coarser than they record."""
    if days is None:
        return None, None
    return acled_time_precision(days), ucdp_date_precision(days)


def middle_of(days: DateRange) -> date:
    """The day in the middle, of two the first: where ACLED puts what is known to a week or month."""
    first = date.fromisoformat(days.start)
    return date.fromordinal(first.toordinal() + ((number_of_days(days) or 1) - 1) // 2)
