"""When an arrangement begins and ends, and how long it is to last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from onrecord.reading.schema import Time, TruceStep
from onrecord.reading.spans import tokens_of
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.words import StepTold, truce_forms

_CLOSE = 12
"""As many tokens from a predicate may its date stand where others are told too."""
_MARKED = 9
"""As many tokens may stand between "since", "began" and its date."""
_CALENDAR_DATE = re.compile(r"((?:\d{4}|XXXX)(?:-(?:\d{2}|W\d{2})(?:-\d{1,2})?)?)(?:T.*)?")
_LENGTH = re.compile(r"P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?")
_ENDING_STEPS: frozenset[TruceStep] = frozenset({"collapsed", "ended"})
_STARTING_STEPS: frozenset[TruceStep] = frozenset({"announced", "started", "extended"})


@dataclass(frozen=True, slots=True)
class Period:
    """First day, last day (ISO 8601, as precise as the text) and length (ISO 8601 duration); None where not told."""

    start: str | None = None
    end: str | None = None
    duration: str | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A time expression with its tokens."""

    span: Span
    time: Time

    @property
    def day(self) -> str | None:
        """The calendar part of its value; None for "in the past" and for times of a day without one."""
        match = _CALENDAR_DATE.fullmatch(self.time.value)
        return match[1] if match and match[1] != "XXXX" else None


def period_of(one: Arrangement, told: StepTold) -> Period:
    """The arrangement's own dates, as far as the sentence tells them; not the day of the telling."""
    placed = list(_times(one.token.doc, one.sentence))
    dates = [each for each in placed if each.time.type in {"DATE", "TIME"} and each.day is not None]
    dates = [each for each in dates if not _is_of_an_earlier_one(each)]
    marked = _marked_start(one, dates)
    start, end = _day_of(marked), None
    if told.step in _ENDING_STEPS:
        end = _day_of(
            _beside(
                told,
                [each for each in dates if marked is None or abs(each.span.start - marked.span.start) > _MARKED],
                one,
            )
        )
    elif start is None and told.step in _STARTING_STEPS:
        start = _day_of(_beside(told, dates, one))
    elif start is None and told.step == "agreed" and one.kind in {"evacuation", "withdrawal"}:
        start = _day_of(_last(dates))
    return Period(start, end, _duration(one, told, placed))


def _is_of_an_earlier_one(placed: _Placed) -> bool:
    """Whether it is the date of the last one before: "the first since 2018"."""
    before = placed.span.doc[max(placed.span.start - 2, 0) : placed.span.start]
    return len(before) == 2 and before[1].lower_ == "since" and before[0].tag_ in {"JJ", "JJS"}


def _times(doc: Doc, sentence: Span) -> Iterator[_Placed]:
    for time in doc._.times:
        if sentence.start_char <= time.start < sentence.end_char:
            span = tokens_of(doc, time)
            if span is not None:
                yield _Placed(span, time)


def _day_of(placed: _Placed | None) -> str | None:
    return placed.day if placed is not None else None


def _marked_start(one: Arrangement, dates: list[_Placed]) -> _Placed | None:
    """The date after "since", "set for", "began on", where it follows the arrangement; of a clock and a day the day."""
    doc = one.token.doc
    for token in doc[one.end : one.sentence.end]:
        if token.lower_ in truce_forms("starting"):
            following = [each for each in dates if 0 < each.span.start - token.i <= _MARKED]
            days = [each for each in following if each.time.type == "DATE"]
            if following:
                return (days or following)[0]
    return None


def _beside(told: StepTold, dates: list[_Placed], one: Arrangement) -> _Placed | None:
    """The date of a predicate: the next after it, else the nearest before it, else the only one of the sentence."""
    own = [each for each in dates if not _is_of_other_verb(each, told.predicate)]
    after = [each for each in own if each.span.start > told.predicate.i]
    before = [each for each in own if each.span.start < told.predicate.i]
    if after and after[0].span.start - told.predicate.i <= _CLOSE:
        return after[0]
    if before and _is_near(before[-1], told.predicate, one):
        return before[-1]
    return own[0] if len(own) == 1 else None


def _is_of_other_verb(placed: _Placed, predicate: Token) -> bool:
    """Whether another verb stands between a predicate and a date after it: "end of a pause declared on Tuesday"."""
    between = predicate.doc[predicate.i + 1 : placed.span.start]
    return any(token.pos_ == "VERB" and token.dep_ != "amod" and token.tag_ != "VBG" for token in between)


def _is_near(placed: _Placed, predicate: Token, one: Arrangement) -> bool:
    opens = placed.span.start <= one.sentence.start + 2
    return opens or min(abs(predicate.i - placed.span.end), abs(one.start - placed.span.end)) <= _CLOSE


def _last(dates: list[_Placed]) -> _Placed | None:
    return dates[-1] if dates else None


def _duration(one: Arrangement, told: StepTold, placed: list[_Placed]) -> str | None:
    """The length before the name ("a 48-hour truce") or after "for" ("extended for three hours")."""
    lengths = [each for each in placed if each.time.type == "DURATION" and _LENGTH.fullmatch(each.time.value)]
    for each in lengths:
        if 0 <= one.start - each.span.end <= 4 and not _crosses_verb(one.token.doc, each.span.end, one.start):
            return each.time.value
    doc = one.token.doc
    for each in lengths:
        before = doc[max(each.span.start - 2, one.sentence.start) : each.span.start]
        follows = each.span.start > min(one.end, told.predicate.i)
        if (
            follows
            and each.span.start - one.end <= 20
            and any(token.lower_ in truce_forms("lasting") for token in before)
        ):
            return each.time.value
    return None


def _crosses_verb(doc: Doc, start: int, end: int) -> bool:
    return any(token.pos_ in {"VERB", "AUX"} and token.tag_ not in {"VBN", "VBG"} for token in doc[start:end])
