"""The stretch of an article that shows best why it was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.record.searching import Phrase, Words, placed_words

BEGINS, ENDS = "\x02", "\x03"
"""Stand before and after what was looked for."""
_AROUND = 32
"""Words of a snippet."""
_LEAD = 6
"""Words before the first that was looked for."""


class _Found(NamedTuple):
    """A phrase in a text, by the positions of its first and last word."""

    phrase: int
    first: int
    last: int


def snippet_of(text: str, words: Words) -> str:
    """Some thirty words of a text around what was looked for, each find between U+0002 and U+0003."""
    placed = list(placed_words(text))
    found = list(_found([word for word, _, _ in placed], words))
    first = max(0, _best(found) - _LEAD)
    last = min(len(placed), first + _AROUND) - 1
    if last < first:
        return ""
    start, end = placed[first][1], placed[last][2]
    shown = [each for each in found if first <= each.first and each.last <= last]
    inside = [(placed[each.first][1], placed[each.last][2]) for each in shown]
    return ("…" if first else "") + _marked(text, start, end, inside) + ("…" if last + 1 < len(placed) else "")


def _found(tokens: list[str], words: Words) -> Iterator[_Found]:
    for at in range(len(tokens)):
        for number, phrase in enumerate(words):
            if _stands(tokens, at, phrase):
                yield _Found(number, at, at + len(phrase.words) - 1)


def _stands(tokens: list[str], at: int, phrase: Phrase) -> bool:
    *before, last = phrase.words
    end = at + len(before)
    if end >= len(tokens) or tokens[at:end] != before:
        return False
    return tokens[end].startswith(last) if phrase.beginning else tokens[end] == last


def _best(found: list[_Found]) -> int:
    """Where the stretch begins that has the most different phrases, then the most finds; the first of these."""
    best, most = 0, (0, 0)
    for each in found:
        near = [
            other.phrase for other in found if each.first <= other.first and other.last < each.first + _AROUND - _LEAD
        ]
        if (score := (len(set(near)), len(near))) > most:
            best, most = each.first, score
    return best


def _marked(text: str, start: int, end: int, inside: list[tuple[int, int]]) -> str:
    pieces, at = [], start
    for begin, stop in inside:
        if begin >= at:
            pieces += [text[at:begin], BEGINS, text[begin:stop], ENDS]
            at = stop
    return "".join([*pieces, text[at:end]])
