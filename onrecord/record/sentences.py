"""The sentence around a stretch of text, found without a model.

The reading says which sentences tell of an incident or a truce; for a toll, a label or a statement it gives the very
words alone, and a view has to show them in their sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.articles.article import TextSpan
from onrecord.lexicon import rows

_ENDS = ".!?…"
_CLOSING = "\"'”’»)]"
_LONGEST = 1200
"""Code points; what has no end of sentence (a table, a list) is cut at blanks around the words."""


def sentence_around(text: str, start: int, end: int) -> TextSpan:
    """The sentence, or the sentences, in which the code points from `start` to `end` stand; a line break ends one."""
    opening = _line_start(text, start)
    closing = _line_end(text, end)
    for at in _boundaries(text, opening, closing):
        if at <= start:
            opening = at
        elif at >= end:
            closing = at
            break
    opening, closing = _bounded(text, opening, closing, start, end)
    return _trimmed(text, opening, closing)


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    """Where a new sentence begins between two places: after an end of sentence and a blank, before no small letter."""
    at = start
    while at < end:
        if text[at] not in _ENDS or _is_abbreviation(text, at):
            at += 1
            continue
        after = at + 1
        while after < end and text[after] in _ENDS + _CLOSING:
            after += 1
        beginning = after
        while beginning < end and text[beginning].isspace():
            beginning += 1
        if after < beginning < end and not text[beginning].islower():
            yield beginning
        at = after


def _is_abbreviation(text: str, dot: int) -> bool:
    if text[dot] != ".":
        return False
    start = dot
    while start > 0 and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    word = text[start:dot]
    return (len(word) == 1 and word.isupper()) or "." in word or word.casefold() in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"].rstrip(".").casefold() for row in rows("abbreviations"))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _bounded(text: str, opening: int, closing: int, start: int, end: int) -> tuple[int, int]:
    if closing - opening <= max(_LONGEST, end - start):
        return opening, closing
    around = max(0, _LONGEST - (end - start)) // 2
    first = text.find(" ", max(opening, start - around), start)
    last = text.rfind(" ", end, min(closing, end + around))
    return (start if first < 0 else first), (end if last < 0 else last)


def _trimmed(text: str, opening: int, closing: int) -> TextSpan:
    stretch = text[opening:closing]
    opening += len(stretch) - len(stretch.lstrip())
    stretch = stretch.strip()
    return TextSpan(opening, opening + len(stretch), stretch)
