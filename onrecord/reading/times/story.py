"""What is known while a text's time expressions are read from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from onrecord.reading.schema import TimeType
from onrecord.reading.times.anchoring import Anchor, anchored_on
from onrecord.reading.times.lexing import Lexeme
from onrecord.reading.times.patterns import Found
from onrecord.reading.times.tense import Tenses

_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d")
_QUARTER = re.compile(r"\d{4}-Q\d$")
_MONTH = re.compile(r"(?:\d{4}|XXXX)-\d\d$")
_NEARLY_A_YEAR = 300  # days ahead from which a date without a year is rather one of the last weeks
_SOON = 60  # days ahead within which a date without a year is rather the coming one than one of last year


@dataclass(frozen=True, slots=True)
class Draft:
    """A time expression: lexemes `start` to `end` (exclusive), TIMEX3 type and value.

    `clock` is the time of day that the words give ("T09:00", "TEV"), still apart from the day in `value`, which is
    empty where they name none.
    """

    start: int
    end: int
    type: TimeType
    value: str
    clock: str = ""


@dataclass(slots=True)
class Story:
    """The text and what has been told so far: `published` is the day it counts from, `told` the last day named."""

    lexemes: Sequence[Lexeme]
    tenses: Tenses
    published: Anchor
    told: Anchor = field(default_factory=Anchor)
    last_value: str = ""
    last_quarter: str = ""

    def note(self, draft: Draft) -> None:
        """Remember the draft as the last date told."""
        if draft.type not in ("DATE", "TIME"):
            return
        if _DAY.match(draft.value):
            self.told = anchored_on(draft.value)
        if _QUARTER.match(draft.value):
            self.last_quarter = draft.value
        if draft.value[:1].isdigit() or draft.value.startswith("XXXX-"):
            self.last_value = draft.value

    def from_told(self) -> Anchor:
        """The last day told, else the day of publication."""
        return self.told if self.told.day is not None else self.published

    def word(self, place: int) -> str:
        """The text of the lexeme there, empty beyond the ends."""
        return self.lexemes[place].text if 0 <= place < len(self.lexemes) else ""

    def year_of_month(self, month: int, at: int) -> str:
        """The year of a month that is named without one, by the tense around lexeme `at`."""
        day = self.published.day
        if day is None or not self.published.year_known:
            return "XXXX"
        ahead = (month - day.month) % 12
        tense = self.tenses.at(at)
        future = ahead > 0 and (tense > 0 or (tense == 0 and ahead <= 2))
        year = day.year + (day.month + ahead > 12) if future or ahead == 0 else day.year - (month > day.month)
        return f"{year:04}"

    def year_of_day(self, month: int, day_of_month: int, at: int) -> str:
        """The year of a day that is named without one: of the coming one where it is near or told as future."""
        day = self.published.day
        if day is None or not self.published.year_known:
            return "XXXX"
        ahead = _days_ahead(day, month, day_of_month)
        tense = self.tenses.at(at)
        if ahead > _NEARLY_A_YEAR or (ahead > _SOON and tense <= 0):
            return str(day.year - ((month, day_of_month) > (day.month, day.day)))
        return str(day.year + ((month, day_of_month) < (day.month, day.day)))


Meaning = Callable[[Found, Story], Sequence[Draft]]


def _days_ahead(day: date, month: int, day_of_month: int) -> int:
    return ((month - day.month) * 30 + day_of_month - day.day) % 360
