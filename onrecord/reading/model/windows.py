"""A document's words in windows that the network can take: cut at line breaks, else at sentence ends.

Where there is neither, a window begins some words before the end of the one before it, so that each word is read
with what stands on both its sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.reading.model.features import MOST_PIECES, Features

MOST_WORDS = 220
OVERLAP = 48
"""Words; fewer than the shortest full window holds, whose words have `PIECES_A_WORD` pieces each."""
_ENDS = frozenset('.!?…”"')


@dataclass(frozen=True, slots=True)
class Window:
    """Words in a row of one document: `tokens` are their indices in it, `breaks` whether a line break stands before."""

    tokens: Sequence[int]
    words: Sequence[str]
    breaks: Sequence[bool]


def windows_of(doc: Doc, features: Features) -> Iterator[Window]:
    """The document's windows, in order; blanks are in none of them. They overlap where a sentence had to be cut."""
    tokens = [token.i for token in doc if not token.is_space]
    words = [doc[at].text for at in tokens]
    breaks = _breaks(doc, tokens)
    pieces = [len(features.pieces(word)) for word in words]
    first = 0
    while first < len(words):
        last = _cut(first, words, breaks, pieces)
        yield Window(tokens[first:last], words[first:last], breaks[first:last])
        whole = last == len(words) or breaks[last] or words[last - 1] in _ENDS
        first = last if whole else last - OVERLAP


def _breaks(doc: Doc, tokens: Sequence[int]) -> list[bool]:
    previous = [-1, *tokens]
    return [
        any("\n" in doc[between].text for between in range(before + 1, at))
        for before, at in zip(previous, tokens, strict=False)
    ]


def _cut(first: int, words: Sequence[str], breaks: Sequence[bool], pieces: Sequence[int]) -> int:
    """Where the window that begins at `first` ends: as late as fits, before a line break or behind a sentence's end."""
    last, room = first, MOST_PIECES - 2
    while last < len(words) and last - first < MOST_WORDS and pieces[last] <= room:
        room -= pieces[last]
        last += 1
    if last == len(words):
        return last
    half = first + (last - first) // 2
    for at in range(last, half, -1):
        if breaks[at]:
            return at
    for at in range(last, half, -1):
        if words[at - 1] in _ENDS:
            return at
    return last
