"""What is known while a text's time expressions are read from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from onrecord.reading.schema import TimeType
from onrecord.reading.times.anchoring import Anchor, anchored_on
from onrecord.reading.times.contexts import words_with
from onrecord.reading.times.lexing import Lexeme
from onrecord.reading.times.patterns import Found
from onrecord.reading.times.tense import Tense, Tenses, lasting_verbs

_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d")
_QUARTER = re.compile(r"\d{4}-Q\d$")
_MONTHS = re.compile(r"P\dM")
_NEARLY_A_YEAR = 300  # days ahead from which a date without a year is rather one of the last weeks
_HOURS = frozenset({"CLOCK", "HOUR", "HOUR_NAME", "MERIDIEM", "PART", "ZONE"})
_ENDS = frozenset({".", "?", "!", ";"})
_IN_REACH = 25  # lexemes
_A_WEEK = 7  # days
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

    @classmethod
    def of_date(cls, found: Found, value: str) -> Self:
        """The whole of what was found, as a date."""
        return cls(found.start, found.end, "DATE", value)


@dataclass(slots=True)
class Story:
    """The text and what has been told so far.

    `published` is the day it counts from, `told` the last day named, `period` the quarter ("2016-Q3") or the months
    ("P9M") that figures are last given for.
    """

    lexemes: Sequence[Lexeme]
    tenses: Tenses
    published: Anchor
    told: Anchor = field(default_factory=Anchor)
    last_value: str = ""
    period: str = ""
    told_at: int = -1
    """The lexeme behind the last day named."""

    def note(self, draft: Draft) -> None:
        """Remember the draft as the last date told."""
        if _MONTHS.fullmatch(draft.value):
            self.period = draft.value
        if draft.type not in ("DATE", "TIME"):
            return
        if _DAY.match(draft.value):
            self.told = anchored_on(draft.value)
            self.told_at = draft.end
        if _QUARTER.match(draft.value) and draft.value not in (_year_before(self.period), *self._quarters_to_come()):
            self.period = draft.value
        if draft.value[:1].isdigit() or draft.value.startswith("XXXX-"):
            self.last_value = draft.value

    def _quarters_to_come(self) -> list[str]:
        return [self.published.at("Q", by) for by in range(1, 5)]

    def was_told_lately(self, at: int) -> bool:
        """Whether a day of the week before publication is told in the sentence that has lexeme `at`."""
        told, published = self.told.day, self.published.day
        if told is None or published is None or not 0 <= self.told_at <= at:
            return False
        same_sentence = not _ENDS.intersection(self._words(self.told_at, at))
        return same_sentence and at - self.told_at <= _IN_REACH and 0 < (published - told).days < _A_WEEK

    def from_told(self) -> Anchor:
        """The last day told, else the day of publication."""
        return self.told if self.told.day is not None else self.published

    def word(self, place: int) -> str:
        """The text of the lexeme there, empty beyond the ends."""
        return self.lexemes[place].text if 0 <= place < len(self.lexemes) else ""

    def ahead(self, at: int) -> Tense:
        """The tense around lexeme `at`; "until", "by" and "ahead of" before it look ahead, "Friday's" mostly back."""
        first = at
        while self._names_hour_or_stage(first - 1):
            first -= 1
        before = self.word(first - 1)
        if before == "as" and self.word(first - 3) == "as":
            return 1
        possessive = self.word(at + 1) == "'s"
        if before == "ahead" or (before in words_with("up-to") and not possessive and not self._was_so(first - 1, at)):
            return 1
        return 0 if possessive else self.tenses.at(at)

    def _names_hour_or_stage(self, place: int) -> bool:
        if self.word(place) in words_with("before-hour"):
            return True
        return place >= 0 and not _HOURS.isdisjoint(self.lexemes[place].senses)

    def _was_so(self, up_to: int, at: int) -> bool:
        """ "Lasted until Wednesday", "until Thursday they had not": the end is told too."""
        return "had" in self._words(at + 1, at + 6) or not lasting_verbs().isdisjoint(self._words(up_to - 3, up_to))

    def _words(self, start: int, end: int) -> list[str]:
        return [lexeme.text for lexeme in self.lexemes[max(0, start) : end]]

    def quarter(self) -> str:
        """The quarter that is spoken of, else the last full one."""
        return self.period if self.tells_a_quarter() else self.published.at("Q", -1)

    def tells_a_quarter(self) -> bool:
        """Whether a quarter of a year is spoken of."""
        return _QUARTER.match(self.period) is not None

    def year_of_month(self, month: int, at: int) -> str:
        """The year of a month that is named without one, by the tense around lexeme `at`."""
        day = self.published.day
        if day is None or not self.published.year_known:
            return "XXXX"
        ahead = (month - day.month) % 12
        tense = self.ahead(at)
        future = ahead > 0 and ((tense > 0 and ahead <= 8) or (tense == 0 and ahead <= 2))
        year = day.year + (day.month + ahead > 12) if future or ahead == 0 else day.year - (month > day.month)
        return f"{year:04}"

    def year_of_day(self, month: int, day_of_month: int, at: int) -> str:
        """The year of a day that is named without one: of the coming one where it is near or told as future."""
        day = self.published.day
        if day is None or not self.published.year_known:
            return "XXXX"
        ahead = _days_ahead(day, month, day_of_month)
        tense = self.ahead(at)
        if ahead > _NEARLY_A_YEAR or (ahead > _SOON and tense <= 0):
            return str(day.year - ((month, day_of_month) > (day.month, day.day)))
        return str(day.year + ((month, day_of_month) < (day.month, day.day)))


Meaning = Callable[[Found, Story], Sequence[Draft]]


def _year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}" if _QUARTER.match(period) else ""


def _days_ahead(day: date, month: int, day_of_month: int) -> int:
    return ((month - day.month) * 30 + day_of_month - day.day) % 360
