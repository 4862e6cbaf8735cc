"""Whether something went on for days (ACLED gives each day a row), or was on one not known exactly (it has one row)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon import any_of, rows
from onrecord.reading.date_ranges import number_of_days
from onrecord.reading.schema import DateRange
from onrecord.record.shapes import IncidentOnRecord
from onrecord.views.exports.days import days_of

_MOST = 31
"""Days: what lasts longer is a campaign, and no event of ACLED's."""


def days_lasted(incident: IncidentOnRecord) -> tuple[date, ...]:
    """Every day of an incident of which a sentence says that it went on for days; none where it is not told so."""
    days = days_of(incident.since, incident.until)
    length = number_of_days(days) if days else None
    if days is None or length is None or not 1 < length <= _MOST or not _is_lasting(incident, days):
        return ()
    first = date.fromisoformat(days.start)
    return tuple(first + timedelta(days=after) for after in range(length))


def split_evenly(total: int, parts: int) -> tuple[int, ...]:
    """A number in equal parts, what is left over in the first."""
    share, rest = divmod(total, parts)
    return (share + rest, *[share] * (parts - 1))


def _is_lasting(incident: IncidentOnRecord, days: DateRange) -> bool:
    """Whether a sentence of an account that tells of these days says so."""
    accounts = (each for each in incident.accounts if (each.since, each.until) == (days.start, days.end))
    sentences = (evidence.sentence for account in accounts for evidence in account.evidence)
    return any(_phrases().search(sentence) for sentence in sentences)


@cache
def _phrases() -> re.Pattern[str]:
    number, fighting = (any_of("export-words", role) for role in ("number", "fighting"))
    told = (
        row["phrase"].replace("{number}", rf"(?:{number}|\d+)").replace("{fighting}", fighting)
        for row in rows("lasting-phrases")
    )
    return re.compile(rf"\b(?:{'|'.join(told)})\b", re.IGNORECASE)
