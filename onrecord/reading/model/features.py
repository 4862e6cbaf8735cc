"""Words to what the network reads: word pieces, letter case, line breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

CLS, SEP, UNKNOWN = 101, 102, 100  # of BERT's uncased vocabulary
MOST_PIECES = 512  # positions that the encoder knows
PIECES_A_WORD = 8  # the tail of an endless word (an address, a hash) tells nothing more
CACHED_WORDS = 200_000

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded features of some windows; shapes (windows, pieces), `words` (windows, words): first piece of each word."""

    pieces: Integers
    mask: Integers
    cases: Integers
    breaks: Integers
    words: Integers


def letter_case(word: str) -> int:
    """0 no capital, 1 Title, 2 UPPER (of two letters or more), 3 mIxed."""
    if word == word.lower():
        return 0
    if word == word.upper():
        return 2 if sum(character.isalpha() for character in word) > 1 else 1
    return 1 if word[:1].isupper() and word[1:] == word[1:].lower() else 3


class Features:
    """Turns windows of words into batches; remembers the pieces of the words it has met."""

    def __init__(self, vocabulary: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._pieces: dict[str, tuple[int, ...]] = {}

    def pieces(self, word: str) -> tuple[int, ...]:
        """The ids of the word's pieces, at least one and at most `PIECES_A_WORD`."""
        known = self._pieces.get(word)
        if known is None:
            ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids[:PIECES_A_WORD]
            known = tuple(ids) or (UNKNOWN,)
            if len(self._pieces) >= CACHED_WORDS:
                self._pieces.clear()
            self._pieces[word] = known
        return known

    def batch(self, windows: Sequence[tuple[Sequence[str], Sequence[bool]]]) -> Batch:
        """Features of windows given as (words, line break before each word); at most 510 pieces a window."""
        of_words = [[self.pieces(word) for word in words] for words, _ in windows]
        longest = max(sum(map(len, window)) for window in of_words) + 2
        most_words = max(len(words) for words, _ in windows)
        shape = (len(windows), longest)
        pieces, mask, cases, line_breaks = (np.zeros(shape, np.int64) for _ in range(4))
        result = Batch(pieces, mask, cases, line_breaks, np.zeros((len(windows), most_words), np.int64))
        for row, (words, breaks) in enumerate(windows):
            self._fill(result, row, words, breaks, of_words[row])
        return result

    @staticmethod
    def _fill(
        batch: Batch, row: int, words: Sequence[str], breaks: Sequence[bool], pieces: list[tuple[int, ...]]
    ) -> None:
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        flat = [piece for word in pieces for piece in word]
        end = len(flat) + 1
        batch.pieces[row, 0] = CLS
        batch.pieces[row, 1:end] = flat
        batch.pieces[row, end] = SEP
        batch.mask[row, : end + 1] = 1
        batch.cases[row, 1:end] = np.repeat([letter_case(word) for word in words], lengths)
        batch.breaks[row, 1:end] = np.repeat(np.asarray(breaks, np.int64), lengths)
        batch.words[row, : len(pieces)] = np.concatenate([[1], 1 + np.cumsum(lengths)[:-1]])
