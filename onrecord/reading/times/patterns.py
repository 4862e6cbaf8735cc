"""The patterns of time expressions (`data/time-patterns.tsv`) and where they hold in a row of lexemes.

A pattern is a row of elements, each one lexeme:

- `MONTH` any word or number of that class (`time-words.tsv`, or NUMBER, DAY, HOUR, YEAR, ... of figures); its value is
  bound to `month`. `MONTH/SHORT_MONTH=month` any of several classes, bound to the name given.
- `ago` that very word or sign; `in/on` either.
- `?` after an element: it may be missing. Parentheses around an element: it must stand there but is no part of the
  expression. `!` before the last one: none such may follow.

Each set of classes that a lexeme can have is written as one private character, so that a pattern is a regular
expression over characters without nested repetition, and a text is matched in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon import rows
from onrecord.reading.times.lexing import Lexeme, lexemes_of, words

_FIRST_SYMBOL = 0xE000  # the private use area
_UNKNOWN = "."
_FIGURES = (
    *(
        "1.5",
        "1999",
        "5 pm",
        "12:30",
        "1400 GMT",
        "3rd",
        "41st",
        "0930",
        "1730",
        "1975",
        "2330",
        "2575",
        "1990s",
        "2016-10-14",
        "mid-1990",
        "a-15",
        "a-32",
        "x-5",
        "9/11",
    ),
    *("twenty-four", "two thousand", "nineteen ninety-four", "twenty-first"),
)

Bindings = Mapping[str, Lexeme]


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern that holds: lexemes `start` to `end` (exclusive) are the expression, `bound` its parts by name."""

    start: int
    end: int
    meaning: str
    arguments: Mapping[str, str]
    bound: Bindings


@dataclass(frozen=True, slots=True)
class _Element:
    choices: tuple[str, ...]
    name: str
    optional: bool = False
    beside: bool = False
    barred: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    elements: tuple[_Element, ...]
    charsets: tuple[str, ...]
    meaning: str
    arguments: Mapping[str, str]
    expression: re.Pattern[str]


class Symbols:
    """One character for each set of classes (and literal word) that the patterns tell apart."""

    def __init__(self, literals: Iterable[str]) -> None:
        self._literals = frozenset(literals)
        self._symbols: dict[frozenset[str], str] = {}

    def of(self, lexeme: Lexeme) -> str:
        """The lexeme's symbol; `.` for one that no pattern names."""
        if not lexeme.senses and lexeme.text not in self._literals:
            return _UNKNOWN
        names = frozenset(lexeme.senses) | ({lexeme.text} if lexeme.text in self._literals else frozenset())
        return self._symbols.setdefault(names, chr(_FIRST_SYMBOL + len(self._symbols)))

    def charset(self, choices: Sequence[str]) -> str:
        """The symbols of all lexemes that are one of the choices."""
        wanted = set(choices)
        return "".join(symbol for names, symbol in self._symbols.items() if names & wanted)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns, by the symbol that they may begin with."""

    symbols: Symbols
    by_first: Mapping[str, tuple[_Pattern, ...]]
    _by_pair: dict[str, tuple[_Pattern, ...]] = field(default_factory=dict)

    def found_in(self, lexemes: Sequence[Lexeme]) -> Iterator[Found]:
        """Where patterns hold, from left to right without overlap: of those that begin at a lexeme the longest."""
        line = "".join(self.symbols.of(lexeme) for lexeme in lexemes)
        free_from = 0
        for at, symbol in enumerate(line):
            if at < free_from or symbol == _UNKNOWN or not self._starting(line, at):
                continue
            found = self._longest_at(at, line, lexemes)
            if found is not None:
                free_from = found.end
                yield found

    def _longest_at(self, at: int, line: str, lexemes: Sequence[Lexeme]) -> Found | None:
        """The longest expression there; one that only needs the lexeme beside it gives way to a longer one after it."""
        found = _longest(self._starting(line, at), line, at, lexemes)
        if found is None or found.start == at:
            return found
        inner = _longest(self._starting(line, found.start), line, found.start, lexemes)
        return inner if inner is not None and inner.end > found.end else found

    def _starting(self, line: str, at: int) -> tuple[_Pattern, ...]:
        """The patterns that the lexeme there and the next one may begin; most words that begin some begin none here."""
        pair = line[at : at + 2]
        if pair not in self._by_pair:
            patterns = self.by_first.get(pair[0], ())
            self._by_pair[pair] = tuple(each for each in patterns if _may_begin(each, pair))
        return self._by_pair[pair]


@cache
def grammar() -> Grammar:
    """The grammar of `time-patterns.tsv` and of the user's files of that name."""
    parsed = [(_elements(row["pattern"]), row["meaning"]) for row in rows("time-patterns")]
    literals = {choice for elements, _ in parsed for element in elements for choice in element.choices}
    symbols = Symbols(choice for choice in literals if not choice.isupper())
    _register(symbols, literals)
    patterns = [_pattern(elements, meaning, symbols) for elements, meaning in parsed]
    by_first: dict[str, list[_Pattern]] = {}
    for pattern in patterns:
        for symbol in _first_symbols(pattern):
            by_first.setdefault(symbol, []).append(pattern)
    return Grammar(symbols, {symbol: tuple(starting) for symbol, starting in by_first.items()})


def _register(symbols: Symbols, literals: Iterable[str]) -> None:
    """Give every word, and every kind of figure, its symbol before the patterns are compiled."""
    figures = (*range(101), *(f"{number:02}" for number in range(10)), *_FIGURES)
    for lexeme in lexemes_of(" ; ".join(str(figure) for figure in figures)):
        symbols.of(lexeme)
    for word in {*words(), *literals}:
        symbols.of(Lexeme(0, 0, word, words().get(word, {})))
        for lexeme in lexemes_of(word):
            symbols.of(lexeme)


def _elements(pattern: str) -> tuple[_Element, ...]:
    return tuple(_element(written) for written in pattern.split())


def _element(written: str) -> _Element:
    optional = len(written) > 1 and written.endswith("?")
    body = written.removesuffix("?") if optional else written
    beside = len(body) > 2 and body.startswith("(") and body.endswith(")")
    body = body[1:-1] if beside else body
    barred = len(body) > 1 and body.startswith("!")
    body = body.removeprefix("!") if barred else body
    classes, _, name = body.partition("=") if len(body) > 1 else (body, "", "")
    choices = (
        tuple(choice or "/" for choice in classes.replace("//", "/").split("/")) if len(classes) > 1 else (classes,)
    )
    if not name and len(choices) == 1 and choices[0].isupper():
        name = choices[0].lower()
    return _Element(choices, name, optional, beside, barred)


def _pattern(elements: tuple[_Element, ...], written: str, symbols: Symbols) -> _Pattern:
    meaning, *arguments = written.split()
    charsets = tuple(symbols.charset(element.choices) for element in elements)
    expression = re.compile("".join(map(_expression, range(len(elements)), elements, charsets)))
    return _Pattern(elements, charsets, meaning, dict(pair.split("=", 1) for pair in arguments), expression)


def _expression(place: int, element: _Element, charset: str) -> str:
    if not charset:
        raise DataError(f"no word is {'/'.join(element.choices)}", where="time-patterns", advice="add it to time-words")
    if element.barred:
        return f"(?![{charset}])"
    return f"(?P<e{place}>[{charset}])" + ("?" if element.optional else "")


def _first_symbols(pattern: _Pattern) -> set[str]:
    first: set[str] = set()
    for element, charset in zip(pattern.elements, pattern.charsets, strict=True):
        first.update(charset)
        if not element.optional:
            break
    return first


def _may_begin(pattern: _Pattern, pair: str, place: int = 0) -> bool:
    """Whether the elements from `place` on can take both symbols, or end after the first of them."""
    if not pair or place == len(pattern.elements) or pattern.elements[place].barred:
        return True
    if pair[0] in pattern.charsets[place] and _may_begin(pattern, pair[1:], place + 1):
        return True
    return pattern.elements[place].optional and _may_begin(pattern, pair, place + 1)


def _longest(patterns: Sequence[_Pattern], line: str, at: int, lexemes: Sequence[Lexeme]) -> Found | None:
    best: tuple[_Pattern, re.Match[str]] | None = None
    for pattern in patterns:
        match = pattern.expression.match(line, at)
        if match and (best is None or match.end() > best[1].end()):
            best = (pattern, match)
    return _found(*best, lexemes) if best else None


def _found(pattern: _Pattern, match: re.Match[str], lexemes: Sequence[Lexeme]) -> Found:
    bound: dict[str, Lexeme] = {}
    start, end = match.end(), match.start()
    for place, element in enumerate(pattern.elements):
        at = -1 if element.barred else match.start(f"e{place}")
        if at < 0:
            continue
        if element.name:
            bound[element.name] = lexemes[at]
        if not element.beside:
            start, end = min(start, at), max(end, at + 1)
    return Found(start, end, pattern.meaning, pattern.arguments, bound)
