"""What stands in the text of an article and is not the article: menus, links to other stories, advertisements, credits.

A leaked teaser is a false casualty, a paragraph blanked by mistake a lost one; so a line is marked only by its wording
(`data/boilerplate.tsv`) or as part of a list of links, never because it is short or odd.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from onrecord.articles.article import Boilerplate, BoilerplateKind
from onrecord.articles.dates import is_dated_link
from onrecord.errors import DataError
from onrecord.lexicon import Row, rows

LONGEST_PATTERN_LINE = 600
"""Code points; a longer line is a paragraph, and only the patterns of scope `rest` are looked for in it."""
LONGEST_LINK = 160
LONGEST_SHORT_ASK = 200
LONGEST_SERIES_NAME = 80
FEWEST_DATED_LINKS = 2
SCOPES = ("line", "opening", "rest", "list", "foot", "ask")
SENTENCE_ENDS = (".", ".”", '."', ".’", ".'", ".)", "…")
BULLETS = "-–—•*·|>»›▪●◦□■ \t\xa0"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text without the blanks around it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    wording: str
    scope: str
    why: BoilerplateKind


def boilerplate_in(text: str) -> tuple[Boilerplate, ...]:
    """The parts of a text that are not the article, in order, none overlapping; offsets are code points of `text`."""
    lines = list(_lines(text))
    kinds = [_kind(line.text) for line in lines]
    marks: list[tuple[int, int, BoilerplateKind]] = list(_dated_menus(lines))
    for at, (line, pattern) in enumerate(zip(lines, kinds, strict=True)):
        if pattern is None:
            continue
        marks.append((line.start, line.end, pattern.why))
        if pattern.scope in {"list", "foot"}:
            marks.extend((link.start, link.end, pattern.why) for link in _links_after(at, lines, kinds))
    for line in lines:
        marks.extend(_rests(line))
    return tuple(Boilerplate(start, end, text[start:end], why) for start, end, why in _joined(marks, text))


def _lines(text: str) -> Iterator[_Line]:
    for found in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        stripped = found.group().strip()
        if stripped:
            start = found.start() + found.group().index(stripped[0])
            yield _Line(start, start + len(stripped), stripped)


def _kind(line: str) -> _Pattern | None:
    """The pattern that makes the whole line boilerplate."""
    if len(line) > LONGEST_PATTERN_LINE:
        return None
    bare = " ".join(line.strip(BULLETS + ":").split())
    whole = _named(_wordings("line", "list").fullmatch(bare)) or _named(_wordings("opening", "foot").match(bare))
    if whole:
        return whole
    asks = {found.lastgroup: found for found in _wordings("ask").finditer(line)}
    enough = 2 if len(line) <= LONGEST_SHORT_ASK else 3
    return _named(next(iter(asks.values()))) if len(asks) >= enough else None


def _links_after(at: int, lines: list[_Line], kinds: list[_Pattern | None]) -> Iterator[_Line]:
    """The lines after the heading of a list that look like links to other stories."""
    for line, pattern in zip(lines[at + 1 :], kinds[at + 1 :], strict=True):
        if pattern is None and not _is_link(line.text):
            return
        yield line


def _is_link(line: str) -> bool:
    """Whether a line reads like the title of another page: short, and not a sentence that ends in a full stop."""
    return len(line) <= LONGEST_LINK and not line.endswith(SENTENCE_ENDS)


def _dated_menus(lines: list[_Line]) -> Iterator[tuple[int, int, BoilerplateKind]]:
    """Runs of links that end in a date, with the bullets between them: "How to be a boxer - November 6, 2020"."""
    run: list[_Line] = []
    for line in [*lines, _Line(0, 0, "end of the text")]:
        if is_dated_link(line.text) or not line.text.strip(BULLETS):
            run.append(line)
            continue
        if sum(is_dated_link(link.text) for link in run) >= FEWEST_DATED_LINKS:
            yield from ((link.start, link.end, "related-links") for link in run)
        run = []


def _rests(line: _Line) -> Iterator[tuple[int, int, BoilerplateKind]]:
    """What stands at the end of a line, often glued to the last word of the article."""
    for found in _wordings("rest").finditer(line.text.replace("\xa0", " ")):
        pattern = _named(found)
        if pattern:
            yield line.start + found.start(), line.start + _end_of_rest(line.text, found.end()), pattern.why


def _end_of_rest(line: str, at: int) -> int:
    """The end of the line, or the place where the article is glued on: "in the series Nexus|Russia tells"."""
    glued = re.search(r"(?<=[a-z])(?=[A-Z“\"])", line[at : at + LONGEST_SERIES_NAME])
    if "<<" in line[:at] or ">>" in line[:at] or (len(line) - at <= LONGEST_SERIES_NAME and not glued):
        return len(line)
    return at + glued.start() if glued else at


def _joined(marks: list[tuple[int, int, BoilerplateKind]], text: str) -> Iterator[tuple[int, int, BoilerplateKind]]:
    """The marks in order; those of one kind with only blanks between them become one, overlaps go to the first."""
    start, end, why = 0, 0, None
    for next_start, next_end, next_why in sorted(marks):
        if why is not None and (next_start < end or (next_why == why and not text[end:next_start].strip())):
            end = max(end, next_end)
            continue
        if why is not None:
            yield start, end, why
        start, end, why = next_start, next_end, next_why
    if why is not None:
        yield start, end, why


@cache
def _wordings(*scopes: str) -> re.Pattern[str]:
    """All patterns of some scopes as one, each a group that is named after its place in the file."""
    parts = (f"(?P<p{at}>{pattern.wording})" for at, pattern in enumerate(_patterns()) if pattern.scope in scopes)
    return re.compile("|".join(parts), re.IGNORECASE)


def _named(found: re.Match[str] | None) -> _Pattern | None:
    return _patterns()[int(found.lastgroup[1:])] if found and found.lastgroup else None


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(_pattern(row) for row in rows("boilerplate"))


def _pattern(row: Row) -> _Pattern:
    """One entry of the file; raises `DataError` where it is no pattern or names an unknown scope or reason."""
    wording, scope, why = row["pattern"], row["scope"], row["why"]
    try:
        groups = re.compile(wording).groups
    except re.error as fault:
        raise DataError(f"the pattern {wording!r} is wrong ({fault})", where="boilerplate.tsv") from fault
    if groups or scope not in SCOPES or why not in get_args(BoilerplateKind):
        raise DataError(
            f"the pattern {wording!r} has a group, or an unknown scope or reason",
            where="boilerplate.tsv",
            advice=f"use (?:…), one of {', '.join(SCOPES)} and one of {', '.join(get_args(BoilerplateKind))}",
        )
    return _Pattern(wording, scope, cast(BoilerplateKind, why))
