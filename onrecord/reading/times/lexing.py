"""A text as the words, numbers and signs that time expressions are made of.

The lexemes are read from the characters, not from spaCy's tokens: expressions such as `2016/10/14`, `5.30pm` or
`19 OCT 89` are to be read alike whatever tokenizer a pipeline has. One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from onrecord.lexicon import rows

Senses = Mapping[str, str]

NO_SENSES: Senses = MappingProxyType({})
YEARS = range(1000, 2200)

_LEXEME = re.compile(
    r"(?P<word>[^\W\d_]+)"
    r"|(?P<date>[0-9]{4}-[0-9][0-9]-[0-9][0-9](?:[Tt][0-9][0-9]:[0-9][0-9])?(?![0-9])|[0-9]{4}/[0-9][0-9]?/[0-9][0-9]?(?![0-9])"
    r"|[0-9][0-9]?(?P<mark>[-./])[0-9][0-9]?(?P=mark)[0-9]{4}(?![0-9]))"
    r"|(?P<clock>(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:]))"
    r"|(?P<dotted>(?:1[0-2]|0?[1-9])\.[0-5][0-9](?= ?[apAP]\.?[mM]\b))"
    r"|(?P<hours>(?:[01][0-9]|2[0-4])[0-5][0-9](?= ?(?i:gmt|utc|hours|hrs|local)\b))"
    r"|(?P<ordinal>[0-9][0-9]?(?i:st|nd|rd|th)\b)"
    r"|(?P<decade>(?:1[0-9]|20)?[0-9]0['’]?[sS]\b)"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<possessive>['’][sS]\b)"
    r"|(?P<sign>\S)"
)
_MERIDIEM = re.compile(r"([ap])\.? ?m\b\.?", re.IGNORECASE)
_MERIDIEM_BEGINS = frozenset({"a", "p", "am", "pm"})
_SIGNS = {"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "`": "'"}
_CLOCK_FIGURES = 4  # "1730": a time of day only where the words around say so
_LONGEST_MONTH = 31
_LONGEST_NUMBER = 9  # digits; longer ones are no count of anything in time


class Lexeme(NamedTuple):
    """A word, number or sign of the text; `text` in lower case, `senses` its classes with their values.

    A tuple, for one is made of every word that is read and frozen dataclasses take three times as long to make.
    """

    start: int
    end: int
    text: str
    senses: Senses
    capital: bool = False


@cache
def words() -> Mapping[str, Senses]:
    """The words of time expressions by their lower-case form."""
    senses: dict[str, dict[str, str]] = {}
    for row in rows("time-words"):
        senses.setdefault(row["word"], {})[row["class"]] = row["value"]
    return senses


def lexemes_of(text: str) -> list[Lexeme]:
    """The text's lexemes in their order; spelled-out numbers are one lexeme each."""
    return list(_numbers_joined(_scanned(text)))


def _scanned(text: str) -> Iterator[Lexeme]:
    known = words()
    skip_to = 0
    for match in _LEXEME.finditer(text):
        start, end = match.span()
        if start < skip_to:
            continue
        kind = match.lastgroup
        written = match.group()
        lower = written.lower()
        if kind == "word":
            meridiem = _MERIDIEM.match(text, start) if lower in _MERIDIEM_BEGINS else None
            if meridiem:
                skip_to = meridiem.end()
                yield _meridiem(meridiem)
            else:
                yield Lexeme(start, end, lower, known.get(lower, NO_SENSES), written[0] != lower[0])
        elif kind == "sign":
            yield Lexeme(start, end, _SIGNS.get(lower, lower), NO_SENSES)
        elif kind == "possessive":
            yield Lexeme(start, end, "'s", NO_SENSES)
        else:
            yield Lexeme(start, end, lower, _figure_senses(kind or "", lower, text, start))


def _meridiem(match: re.Match[str]) -> Lexeme:
    half = match.group(1).lower() + "m"
    return Lexeme(match.start(), match.end(), half, {"MERIDIEM": half.upper()})


def _figure_senses(kind: str, figure: str, text: str, start: int) -> Senses:
    glued_to = text[start - 1] if start else " "
    if glued_to.isalpha() or glued_to == "_":
        return NO_SENSES
    if kind == "number":
        hangs_on = text[start - 2] if glued_to in "-/" and start > 1 else " "
        return _numeral_senses(figure, hangs_on.isalpha() or glued_to == "/" != hangs_on)
    if kind == "ordinal":
        return _ordinal_senses(int(figure[:-2]))
    if kind == "decade":
        return {"DECADE": figure.rstrip("s'’")[:-1]}
    return {"date": {"NUMERIC": figure}, "hours": {"CLOCK": f"{figure[:2]}:{figure[2:]}"}}.get(
        kind, {"CLOCK": figure.replace(".", ":")}
    )


def _ordinal_senses(number: int) -> Senses:
    if not number:
        return NO_SENSES
    return {"ORDINAL": str(number), "DAY": str(number)} if number <= _LONGEST_MONTH else {"ORDINAL": str(number)}


@cache
def _numeral_senses(figure: str, part_of_name: bool = False) -> Senses:
    """The senses of a number in digits; one that hangs on a word by a hyphen ("T-72") can only be a year or a day."""
    digits = figure.replace(",", "")
    if len(digits) > _LONGEST_NUMBER:
        return NO_SENSES
    if "." in digits or digits != figure:
        return {"NUMBER": digits}
    value = int(digits)
    senses = {"NUMBER": str(value)}
    if 1 <= value <= 31 and len(digits) <= 2:
        senses["DAY"] = str(value)
    if value <= 24 and len(digits) <= 2:
        senses["HOUR"] = str(value)
    if len(digits) == 2:
        senses["SHORT_YEAR"] = digits
    if len(digits) == 4 and value in YEARS:
        senses["YEAR"] = digits
    if len(digits) == _CLOCK_FIGURES and int(digits[:2]) <= 24 and int(digits[2:]) < 60:
        senses["CLOCK" if digits[0] == "0" else "FOUR_FIGURES"] = f"{digits[:2]}:{digits[2:]}"
    if part_of_name:
        senses.pop("NUMBER")
        for kind in ("HOUR", "CLOCK", "FOUR_FIGURES"):
            senses.pop(kind, None)
    return senses


def _numbers_joined(lexemes: Iterator[Lexeme]) -> Iterator[Lexeme]:
    """Number words in a row as one number: "twenty-four", "two hundred", "nineteen ninety-four", "twenty-first"."""
    run: list[Lexeme] = []
    for lexeme in lexemes:
        if not run and not lexeme.senses:
            yield lexeme
            continue
        if _continues(run, lexeme):
            run.append(lexeme)
            continue
        yield from _as_number(run)
        run = []
        if _NUMBER_WORDS & lexeme.senses.keys():
            run.append(lexeme)
        else:
            yield lexeme
    yield from _as_number(run)


_NUMBER_WORDS = frozenset({"CARDINAL", "TENS", "SCALE"})
_LONGEST_RUN = 9


def _continues(run: list[Lexeme], lexeme: Lexeme) -> bool:
    if not run or len(run) >= _LONGEST_RUN:
        return False
    last = run[-1]
    if lexeme.text == "-":
        return "TENS" in last.senses and lexeme.start == last.end
    if lexeme.text == "and":
        return "SCALE" in last.senses
    if last.text == "-" or "TENS" in last.senses:
        return not {"CARDINAL", "ORDINAL", "SCALE"}.isdisjoint(lexeme.senses) and lexeme.text != "second"
    return not _NUMBER_WORDS.isdisjoint(lexeme.senses)


def _as_number(run: list[Lexeme]) -> Iterator[Lexeme]:
    """The run as one lexeme, and what trails it without being part of a number ("two hundred and")."""
    trailing: list[Lexeme] = []
    while run and not (_NUMBER_WORDS | {"ORDINAL"}) & run[-1].senses.keys():
        trailing.insert(0, run.pop())
    if run:
        yield Lexeme(run[0].start, run[-1].end, " ".join(part.text for part in run), _spelled_senses(run))
    yield from trailing


def _spelled_senses(run: list[Lexeme]) -> Senses:
    ordinal = run[-1].senses.get("ORDINAL")
    values = [int(part.senses[kind]) for part in run for kind in _NUMBER_WORDS | {"ORDINAL"} if kind in part.senses]
    if ordinal is not None:
        return _ordinal_senses(sum(values))
    year = _spelled_year(run)
    if year is not None:
        return {"NUMBER": year, "YEAR": year}
    value = _worth(run)
    if value in YEARS:
        return {"NUMBER": str(value), "SPELLED_YEAR": str(value)}
    return {"NUMBER": str(value)}


def _spelled_year(run: list[Lexeme]) -> str | None:
    """The year that is spoken in two halves: "nineteen eighty-four"."""
    century = run[0].senses.get("CARDINAL", "")
    if len(run) < 2 or century not in ("17", "18", "19") or "TENS" not in run[1].senses:
        return None
    return str(int(century) * 100 + _worth(run[1:]))


def _worth(run: list[Lexeme]) -> int:
    total = current = 0
    for part in run:
        if "SCALE" in part.senses:
            scale = int(part.senses["SCALE"])
            current = max(current, 1) * scale
            if scale > 100:
                total, current = total + current, 0
        else:
            current += int(part.senses.get("CARDINAL") or part.senses.get("TENS") or 0)
    return total + current
