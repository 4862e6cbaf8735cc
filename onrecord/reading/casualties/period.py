"""Tolls over a period: "370 killed since 22 September", "the war has killed 300,000", "in the past two years"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.tolls import Toll
from onrecord.reading.document import article_of
from onrecord.reading.schema import Time
from onrecord.reading.spans import tokens_of
from onrecord.reading.syntax import ancestors, sentence_of, sentence_start

_REACH = 14
_NEWS = 14  # days over which a toll that opens the article is still its news
_SHORT = 7  # days; a toll over a few days is still news of one happening
_DURATION = re.compile(r"P(\d+)([DWMY])")
_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
_TOO_MANY_FOR_ONE = 10_000
_OPEN_YEARS = frozenset({"this year", "so far this year"})
_LOOKING_BACK = frozenset({"past", "last", "previous"})
_CAUSES = frozenset({"nsubj", "obl:agent", "obl", "nmod", "compound"})


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day that a toll covers (ISO 8601, as exact as the text is); None where the text leaves it open."""

    since: str | None
    until: str | None


def period_of(toll: Toll, tolls: Sequence[Toll]) -> Period | None:
    """The period of a toll over more than one happening; None for the toll of a happening."""
    whole = next((other for other in tolls if toll.whole is other.victims), None)
    if whole is not None:
        return period_of(whole, tolls)
    doc = toll.victims.doc
    published = article_of(doc).published
    until = published[:10] if published else None
    since = _since(toll, tolls)
    if since is not None:
        value = _value_after(since)
        return None if _days_between(value, until) <= _NEWS and _is_the_news(toll, tolls) else Period(value, until)
    if _is_of_the_same_time(toll, tolls):
        before = (period_of(other, tolls) for other in reversed(tolls) if other.victims.start < toll.victims.start)
        return next((period for period in before if period is not None), Period(None, until))
    if _is_of_a_campaign(toll) or _is_of_a_long_time(toll, tolls) or _is_beyond_a_happening(toll):
        return Period(None, until)
    return None


def _is_the_news(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """Whether the article opens with this very figure: then it is what the article tells, be it of some days."""
    first = next((other for other in tolls if other.effect == toll.effect and other.count), None)
    return first is not None and first.count == toll.count


def _days_between(since: str | None, until: str | None) -> float:
    try:
        return (date.fromisoformat(until or "") - date.fromisoformat((since or "")[:10])).days
    except ValueError:
        return float("inf")


def _is_beyond_a_happening(toll: Toll) -> bool:
    """Whether so many were killed that no single happening of present wars can have done it."""
    figure = toll.count if toll.count is not None else toll.victims.quantity.low
    return toll.effect == "killed" and (figure or 0) >= _TOO_MANY_FOR_ONE


def _since(toll: Toll, tolls: Sequence[Toll]) -> Token | None:
    """The "since" that dates the toll: the next one in its sentence before another toll, or one that opens it."""
    sentence = sentence_of(toll.victims.head)
    for token in sentence:
        if token.lower_ == "since" and _opens_a_clause_on(token, toll):
            return token
        if token.lower_ != "since" or _dates_something_else(token, toll):
            continue
        if token.i <= sentence.start + 1 or _reaches(toll, token, tolls):
            return token
    return None


def _opens_a_clause_on(since: Token, toll: Toll) -> bool:
    """ "bombardment since February which has killed 132"."""
    between = since.doc[since.i : toll.victims.start]
    return toll.harm.word in between and any(token.tag_ == "WDT" for token in between) and len(between) <= _REACH


def _dates_something_else(since: Token, toll: Toll) -> bool:
    """ "the first attack since", "a town that has been under siege since"."""
    if since.i < toll.victims.start:
        return False
    between = since.doc[max(toll.victims.end, toll.harm.word.i + 1) : since.i]
    superlatives = casualty_words("superlative")
    return any(token.lower_ in superlatives or token.tag_ in ("WDT", "WP", "WRB") for token in between)


def _reaches(toll: Toll, token: Token, tolls: Sequence[Toll]) -> bool:
    """Whether no other harm is told between the toll and the token after it."""
    own = max(toll.victims.start, toll.harm.word.i)
    coordinated = {toll.harm.word.i, *(word.i for word in toll.harm.word.conjuncts)}
    others = (other.harm.word.i for other in tolls if other.harm.word.i not in coordinated)
    return own < token.i and not any(own < other < token.i for other in others)


def _value_after(since: Token) -> str | None:
    time = _time_after(since)
    return time.value if time is not None and time.type == "DATE" and time.value[:1] in "0123456789X" else None


def _time_after(token: Token) -> Time | None:
    end = token.doc[min(token.i + _REACH, sentence_of(token).end) - 1]
    for time in token.doc._.times:
        if token.idx < time.start <= end.idx:
            found: Time = time
            return found
    return None


def _is_of_a_campaign(toll: Toll) -> bool:
    """ "the war has killed", "killed in the five-year conflict", "a conflict that has killed"."""
    word = toll.harm.word
    for governor in (word, *ancestors(word)):
        if any(child.dep_ in _CAUSES and _is_campaign(child) for child in governor.children):
            return True
        if _is_campaign(governor) and governor != word:
            return True
        if governor.dep_ not in ("xcomp", "conj", "acl", "acl:relcl", "advcl"):
            return False
    return False


def _is_campaign(token: Token) -> bool:
    return token.lemma_.lower() in _campaigns()


def _is_of_the_same_time(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """ "rebel fire has killed 38 in the same time", "over the same period 12 died"."""
    for noun in sentence_of(toll.victims.head):
        same, over = noun.doc[max(noun.i - 2, 0) : noun.i], noun.doc[max(noun.i - 3, 0)]
        if noun.lower_ not in casualty_words("stretch") or [token.lower_ for token in same] != ["the", "same"]:
            continue
        told = noun.i < toll.victims.start or _reaches(toll, noun, tolls)
        if told and over.lower_ in casualty_words("over"):
            return True
    return False


def _is_of_a_long_time(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """ "over the past two years", "in the last three months"."""
    doc = toll.victims.doc
    for time in doc._.times:
        first = _token_at(doc, time)
        if first is None or sentence_start(first) != toll.sentence:
            continue
        if first.i < toll.victims.start and _is_measured_by(time, first) and _days(time.value) > _SHORT:
            return True
        if not _reaches(toll, first, tolls):
            continue
        around = {token.lower_ for token in doc[max(first.i - 2, 0) : first.i + 3]}
        if around & _LOOKING_BACK and _days(time.value) > (_NEWS if _is_the_news(toll, tolls) else _SHORT):
            return True
        if time.text.lower() in _OPEN_YEARS:
            return True
    return False


def _is_measured_by(time: Time, first: Token) -> bool:
    """ "a month of infighting", "years of war"."""
    last = tokens_of(first.doc, time)
    return last is not None and last.end < len(first.doc) and first.doc[last.end].lower_ == "of"


def _token_at(doc: Doc, time: Time) -> Token | None:
    span = tokens_of(doc, time)
    return span[0] if span is not None else None


def _days(value: str) -> int:
    duration = _DURATION.fullmatch(value)
    return int(duration[1]) * _DAYS[duration[2]] if duration else 0


@cache
def _campaigns() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("campaigns"))
