"""Numbers as news writes them: "12", "1,500", "two dozen", "at least forty", "between 12 and 15", "dozens".

The grammar works on tokens alone, so that it reads headlines and texts without punctuation as well as it reads prose.
What a number counts, and whether it is a toll, is for `casualties` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TypeVar

from spacy.tokens import Doc

from onrecord.lexicon import rows
from onrecord.reading.schema import Qualifier

_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d+")
_DECIMAL = re.compile(r"\d+\.\d+")
_DASHES = frozenset("-–—")
_SPELLED = frozenset({"digit", "teen", "ten", "multiplier", "scale"})
_LONGEST_PHRASE = 6
_YEARS = range(1900, 2100)
_LEAST_OPEN_NUMBER = 10  # "tens"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the words beside it that say how it is meant; token indices, end exclusive.

    `first` to `last` is the number itself, `start` to `end` the number with its qualifier. `count` is the figure given,
    null where the words give none ("dozens"); `low` and `high` are what they allow, null where they leave it open.
    """

    start: int
    end: int
    first: int
    last: int
    count: int | None
    low: int | None
    high: int | None
    qualifier: Qualifier

    @property
    def is_indefinite(self) -> bool:
        """Whether the words say hardly more than that there were some: "several", "many", "a number of"."""
        return self.count is None and (self.low or 0) < _LEAST_OPEN_NUMBER


@dataclass(frozen=True, slots=True)
class _Number:
    """A stretch of tokens that is one number; `vague` where it has only a lower bound."""

    start: int
    end: int
    value: int
    vague: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    qualifier: Qualifier
    below: bool


@dataclass(frozen=True, slots=True)
class _Vague:
    low: int | None
    count: int | None


def quantities_of(doc: Doc) -> tuple[Quantity, ...]:
    """The quantities of the document, in their order; numbers within words ("two-day", "5.56") are none."""
    words = [token.lower_ for token in doc]
    numbers = [number for number in _numbers(doc, words) if not _is_compound(doc, words, number)]
    return tuple(_qualified(quantity, words) for quantity in _joined(numbers, words))


def _numbers(doc: Doc, words: list[str]) -> Iterator[_Number]:
    at = 0
    while at < len(words):
        if words[at] not in _openings() and not words[at][0].isdigit():
            at += 1
            continue
        number = _vague_at(words, at) or _cardinal_at(doc, words, at)
        if number is None:
            at += max(1, _longest(_vague_phrases(), words, at)[1])
        else:
            yield number
            at = number.end


def _cardinal_at(doc: Doc, words: list[str], at: int) -> _Number | None:
    if _NUMERAL.fullmatch(words[at]) or _DECIMAL.fullmatch(words[at]):
        return _numeral_at(words, at)
    if words[at] in ("a", "an") and _kind(words, at + 1) in ("multiplier", "scale"):
        return _spelled_at(doc, words, at + 1, start=at)
    if words[at] in ("a", "half", "quarter"):
        return _part_at(words, at)
    return _spelled_at(doc, words, at, start=at)


def _numeral_at(words: list[str], at: int) -> _Number | None:
    """ "1,500", "220 000", "1.2 million", "2 dozen"."""
    scale = _scale_at(words, at + 1)
    if scale is not None:
        value = float(words[at].replace(",", ""))
        return _Number(at, at + 2, round(value * scale))
    if not _NUMERAL.fullmatch(words[at]):
        return None
    value = int(re.sub(r"\D", "", words[at]))
    if 0 < value < 1000 and words[at + 1 : at + 2] == ["000"]:
        return _Number(at, at + 2, value * 1000)
    return _Number(at, at + 1, value)


def _part_at(words: list[str], at: int) -> _Number | None:
    """ "half a million", "a quarter of a million", "half a dozen"."""
    start, at = at, at + (words[at] == "a")
    if _kind(words, at) != "part":
        return None
    part = _lexicon()[words[at]].value
    at += 1 + (words[at + 1 : at + 2] == ["of"])
    scale = _scale_at(words, at + 1) if words[at : at + 1] == ["a"] else None
    return _Number(start, at + 2, round(part * scale)) if scale else None


def _spelled_at(doc: Doc, words: list[str], at: int, *, start: int) -> _Number | None:
    """ "twenty-five", "two hundred and fifty thousand", "a dozen"; each word must be worth less than the one before."""
    total = group = 0
    room, end = 1000, start
    here = _word_at(doc, words, at, began=False)
    while here is not None:
        word = _lexicon()[words[here]]
        if word.kind in ("digit", "teen", "ten") and word.value < room:
            group, room = group + int(word.value), _room_after(word)
        elif word.kind == "multiplier" and group < 100:
            group, room = (group or 1) * int(word.value), _room_after(word)
        elif word.kind == "scale" and (group or not total):
            total, group, room = total + (group or 1) * int(word.value), 0, 1000
        else:
            break
        end = here + 1
        here = _word_at(doc, words, end, began=True)
    return _Number(start, end, total + group) if end > start else None


def _room_after(word: _Word) -> int:
    """What the next word of the group must stay below: after "twenty" 10, after "hundred" 100, else nothing fits."""
    if word.kind == "ten":
        return 10
    return 100 if word.value == 100 else 0


def _word_at(doc: Doc, words: list[str], at: int, *, began: bool) -> int | None:
    """Where the number's next word stands, past a hyphen ("twenty-five") or an "and" ("two hundred and five")."""
    if _kind(words, at) in _SPELLED:
        return at
    if not began or _kind(words, at + 1) not in ("digit", "teen", "ten"):
        return None
    hyphen = words[at] in _DASHES and not doc[at - 1].whitespace_ and _kind(words, at - 1) == "ten"
    conjunction = words[at] == "and" and words[at - 1] in ("hundred", "thousand", "million")
    return at + 1 if hyphen or conjunction else None


def _vague_at(words: list[str], at: int) -> _Number | None:
    """ "dozens", "tens of thousands", "several hundred", "a few"."""
    if _kind(words, at) == "plural":
        return _plurals_at(words, at)
    phrase, length = _longest(_vague_phrases(), words, at)
    if phrase is None or phrase.low is None:
        return None
    low, count = phrase.low, phrase.count
    scale = _scale_at(words, at + length)
    if scale is not None:
        return _Number(at, at + length + 1, round(scale), vague=True)
    if _kind(words, at + length) == "plural":
        return replace(_plurals_at(words, at + length), start=at)
    return _Number(at, at + length, count or low, vague=count is None)


def _plurals_at(words: list[str], at: int) -> _Number:
    value, end = int(_lexicon()[words[at]].value), at + 1
    if words[end : end + 1] == ["of"] and _kind(words, end + 1) == "plural" and _value(words, end + 1) > value:
        value, end = value * int(_value(words, end + 1)), end + 2
    return _Number(at, end, value, vague=True)


def _is_compound(doc: Doc, words: list[str], number: _Number) -> bool:
    """Whether the number is a part of another word or figure: "two-day", "two-thirds", "mid-40", "-5"."""
    if _kind(words, number.end) == "fraction":
        return True
    after = doc[number.end :][:2]
    hyphened = len(after) == 2 and after[0].text in _DASHES and not after[0].whitespace_
    tied = hyphened and not doc[number.end - 1].whitespace_
    if tied and _NUMERAL.fullmatch(words[number.end + 1]):
        return number.value >= int(re.sub(r"\D", "", words[number.end + 1]))  # "10-09-2014" is no range
    return tied and _kind(words, number.end + 1) in ("", "fraction")


def _joined(numbers: list[_Number], words: list[str]) -> Iterator[Quantity]:
    """The numbers as quantities, two that stand for one range as one."""
    second_of: set[int] = set()
    for first, second in pairwise(numbers):
        if first.start in second_of:
            continue
        joined = _range(first, second, words)
        if joined is not None:
            second_of.add(second.start)
            yield joined
        else:
            yield _quantity(first)
    if numbers and numbers[-1].start not in second_of:
        yield _quantity(numbers[-1])


def _quantity(number: _Number) -> Quantity:
    if number.vague:
        return Quantity(number.start, number.end, number.start, number.end, None, number.value, None, "vague")
    value = number.value
    return Quantity(number.start, number.end, number.start, number.end, value, value, value, "exact")


def _range(first: _Number, second: _Number, words: list[str]) -> Quantity | None:
    """ "between 12 and 15", "12 to 15", "12-15", "two or three"; after "from", "31 to 34" is a change to 34.

    The lower figure is the best one, as ACLED and UCDP advise where a report leaves it open.
    """
    link = words[first.end : second.start]
    before = words[first.start - 1] if first.start else ""
    if first.vague or second.vague or len(link) != 1 or first.value >= second.value:
        return None
    if (first.value in _YEARS and second.value in _YEARS) or before.rstrip(".") in _months():
        return None  # "since October 7 to 34,500"
    if link == ["to"] and before == "from":
        changed = _quantity(second)
        return replace(changed, start=first.start - 1)
    if link == ["and"] and before == "between":
        return _between(first.start - 1, first, second)
    if link[0] in _DASHES or link[0] in ("to", "or"):
        return _between(first.start, first, second)
    return None


def _between(start: int, first: _Number, second: _Number) -> Quantity:
    low, high = first.value, second.value
    return Quantity(start, second.end, first.start, second.end, low, low, high, "about")


def _qualified(quantity: Quantity, words: list[str]) -> Quantity:
    """The quantity with the phrases around it ("at least", "or more") taken in; the firmest one decides."""
    start, before = _phrases_before(words, quantity.start)
    phrase, length = _longest(_phrases("after"), words, quantity.end)
    widened = replace(quantity, start=start, end=quantity.end + length)
    said = [phrase for phrase in (*before, phrase) if phrase is not None and phrase.qualifier != "exact"]
    if not said or quantity.qualifier != "exact":
        return widened
    return _bounded(widened, min(said, key=lambda phrase: phrase.qualifier == "about"))


def _phrases_before(words: list[str], start: int) -> tuple[int, list[_Phrase]]:
    """The phrases that stand one before the other in front of `start`, outermost first, and where they begin."""
    found: list[_Phrase] = []
    while True:
        for length in range(_LONGEST_PHRASE, 0, -1):
            phrase = _phrases("before").get(tuple(words[max(start - length, 0) : start]))
            if phrase is not None and start >= length:
                found.insert(0, phrase)
                start -= length
                break
        else:
            return start, found


def _bounded(quantity: Quantity, phrase: _Phrase) -> Quantity:
    count = quantity.count
    if phrase.qualifier == "at-least":
        return replace(quantity, qualifier="at-least", low=count, high=None)
    if phrase.qualifier == "at-most":
        return replace(quantity, qualifier="at-most", low=None, high=count)
    return replace(quantity, qualifier="about", low=None, high=count if phrase.below else None)


def _longest(phrases: Mapping[tuple[str, ...], _T], words: list[str], at: int) -> tuple[_T | None, int]:
    for length in range(_LONGEST_PHRASE, 0, -1):
        found = phrases.get(tuple(words[at : at + length]))
        if found is not None and at + length <= len(words):
            return found, length
    return None, 0


def _kind(words: list[str], at: int) -> str:
    word = _lexicon().get(words[at]) if 0 <= at < len(words) else None
    return word.kind if word else ""


def _value(words: list[str], at: int) -> float:
    return _lexicon()[words[at]].value


def _scale_at(words: list[str], at: int) -> float | None:
    return _value(words, at) if _kind(words, at) in ("multiplier", "scale") else None


@cache
def _lexicon() -> Mapping[str, _Word]:
    return {row["word"]: _Word(float(row["value"] or 0), row["kind"]) for row in rows("number-words")}


@cache
def _phrases(place: str) -> Mapping[tuple[str, ...], _Phrase]:
    return {
        tuple(row["phrase"].split()): _Phrase(row["qualifier"], row["ceiling"] == "number")  # type: ignore[arg-type]
        for row in rows("number-qualifiers")
        if row["place"] == place
    }


@cache
def _openings() -> frozenset[str]:
    """The words that may begin a number in words, or a phrase that stands for one."""
    return frozenset(_lexicon()) | {phrase[0] for phrase in _vague_phrases()} | {"a", "an"}


@cache
def _vague_phrases() -> Mapping[tuple[str, ...], _Vague]:
    return {
        tuple(row["phrase"].split()): _Vague(
            int(row["low"]) if row["low"] else None, int(row["count"]) if row["count"] else None
        )
        for row in rows("vague-quantities")
    }


@cache
def _months() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("months"))
