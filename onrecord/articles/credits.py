"""Agencies whose material an article says it uses: in its dateline, at its end, in its line of contributors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.articles.article import Credit
from onrecord.lexicon import rows

LONGEST_EDGE = 400
"""Code points at either end of a line in which credits are looked for; running text between them only quotes."""

_AND = r"(?: ?[/,&|+] ?| and | with )"


def credits_in(text: str) -> tuple[Credit, ...]:
    """The credits of a text in order; where one names several agencies, each name is a credit of its own.

    A credit is what the text itself says ("(AFP) –", "With reporting by Reuters"); a statement that somebody made to
    an agency is none. Offsets are code points of `text`.
    """
    found = {
        (start, end): Credit(start, end, text[start:end], agency)
        for line in re.finditer(r"[^\n]+", text)
        for start, end, agency in _line_credits(line.group(), line.start())
    }
    return tuple(found[span] for span in sorted(found))


def agencies_named(words: str) -> tuple[str, ...]:
    """The full names of the agencies that some words name, a byline for instance, in order: "AP/Reuters" names two."""
    return tuple(dict.fromkeys(_agencies()[found.group()] for found in _any_agency().finditer(words)))


def agency_called(name: str) -> str | None:
    """The full name of the agency that goes by this name; `None` where none does."""
    return _agencies().get(name)


def _line_credits(line: str, offset: int) -> Iterator[tuple[int, int, str]]:
    bare = line.rstrip()
    skipped = len(bare) - len(bare.lstrip())
    bare = bare.lstrip()
    for start, edge in _edges(bare):
        if not _any_agency().search(edge):
            continue
        for pattern in _patterns():
            for found in pattern.finditer(edge):
                if _is_whole(pattern, found, start, edge, bare):
                    yield from _named(found["credit"], offset + skipped + start + found.start("credit"))


def _edges(line: str) -> list[tuple[int, str]]:
    """The beginning and the end of a line with their offsets; a short line is both at once."""
    if len(line) <= 2 * LONGEST_EDGE:
        return [(0, line)]
    return [(0, line[:LONGEST_EDGE]), (len(line) - LONGEST_EDGE, line[-LONGEST_EDGE:])]


def _is_whole(pattern: re.Pattern[str], found: re.Match[str], start: int, edge: str, line: str) -> bool:
    """Whether what the pattern took for the line's beginning or end is that, and not the cut of an edge."""
    if pattern.pattern.startswith("^") and start > 0:
        return False
    return not (pattern.pattern.endswith("$") and found.end() == len(edge) and start + len(edge) < len(line))


def _named(credit: str, at: int) -> Iterator[tuple[int, int, str]]:
    names = list(_any_agency().finditer(credit))
    if len(names) == 1:
        yield at, at + len(credit), _agencies()[names[0].group()]
    else:
        yield from ((at + name.start(), at + name.end(), _agencies()[name.group()]) for name in names)


@cache
def _agencies() -> dict[str, str]:
    """The full name of each agency by every form of it."""
    return {
        form: row["agency"] for row in rows("agencies") for form in (row["agency"], *row["forms"].split("|")) if form
    }


@cache
def _any_agency() -> re.Pattern[str]:
    forms = sorted(map(re.escape, _agencies()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    one = _any_agency().pattern
    many = rf"(?:{one}(?:{_AND}{one})*)"
    return tuple(re.compile(row["pattern"].replace("MANY", many).replace("AGENCY", one)) for row in rows("credits"))
