"""Days as numbers, and what a reading's dates say of them."""

from __future__ import annotations

from datetime import date

from onrecord.reading.schema import Incident, Reading


def ordinal(value: str | None) -> int | None:
    """The proleptic Gregorian ordinal of an ISO 8601 date or date and time; `None` where the year is not told."""
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def iso(day: int | None) -> str | None:
    """The ISO 8601 date of an ordinal."""
    return None if day is None else date.fromordinal(day).isoformat()


def rank(published: str | None, id: str) -> str:
    """A text that puts what was published first before the rest, and what has no date of publication last."""
    return f"{published[:10] if published and ordinal(published) else '9999-99-99'} {id}"


def span_of(incident: Incident) -> tuple[int | None, int | None]:
    """First and last day of an incident; `None` where the reading does not date it, or not with a year."""
    if incident.date is None:
        return None, None
    start, end = ordinal(incident.date.start), ordinal(incident.date.end)
    if start is None or end is None:
        return start or end, end or start
    return min(start, end), max(start, end)


def day_of(reading: Reading) -> int | None:
    """The day of publication."""
    return ordinal(reading.published)
