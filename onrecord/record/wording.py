"""How much a word tells: rare words weigh more, by how many of a few thousand news articles have them.

The counts are fixed and shipped (`onrecord/data/word-documents.tsv`), so that two articles are as like today as they
will be when a million others are on record: weights learned from the record itself would make what is linked depend on
the order in which articles come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from math import fsum, log, sqrt

from onrecord.lexicon import rows

Vector = Mapping[str, float]

_LONGEST = 40


def words_of(text: str) -> Iterator[str]:
    """The words and numbers of a text in small letters: runs of letters and digits, "3.6" and "U.N" kept whole."""
    for piece in text.split():
        yield from _words_in(piece)


def weighted_words(text: str) -> dict[str, float]:
    """The words of a text with their weights: (1 + ln n) x inverse document frequency, n the times that they occur."""
    counts = Counter(words_of(text))
    return {word: (1 + log(n)) * weight for word, n in counts.items() if (weight := rarity(word)) > 0}


def heaviest(weights: Mapping[str, float], most: int) -> dict[str, float]:
    """The heaviest words, at most so many, the heaviest first, scaled together to a length of 1."""
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
    return {word: round(weight, 4) for word, weight in normed(dict(kept)).items()}


def rarity(word: str) -> float:
    """The inverse document frequency of a word in small letters: ln((articles + 1) / (articles with it + 1))."""
    counts, articles = _documents()
    return log((articles + 1) / (counts.get(word, 0) + 1))


def normed(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights scaled to a Euclidean length of 1; nothing where there is nothing."""
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def cosine(a: Vector, b: Vector) -> float:
    """The cosine of two vectors, whatever their length; 0 where one is empty."""
    lengths = sqrt(fsum(w * w for w in a.values())) * sqrt(fsum(w * w for w in b.values()))
    return product(a, b) / lengths if lengths else 0.0


def product(a: Vector, b: Vector) -> float:
    """The scalar product of two vectors, summed exactly so that it is the same from both sides."""
    fewer, more = (a, b) if len(a) <= len(b) else (b, a)
    return fsum(weight * more[word] for word, weight in fewer.items() if word in more)


def _words_in(piece: str) -> Iterator[str]:
    start: int | None = None
    for at, character in enumerate(piece):
        if character.isalnum() or (start is not None and _joins(piece, at)):
            start = at if start is None else start
        elif start is not None:
            yield piece[start:at].casefold()[:_LONGEST]
            start = None
    if start is not None:
        yield piece[start:].casefold()[:_LONGEST]


def _joins(piece: str, at: int) -> bool:
    """Whether the character stands within a number or an abbreviation: "3.6", "10,000", "U.N"."""
    if piece[at] not in ".," or at + 1 >= len(piece) or not piece[at + 1].isalnum():
        return False
    return (piece[at - 1].isdigit() and piece[at + 1].isdigit()) or (piece[at] == "." and piece[at - 1].isupper())


@cache
def _documents() -> tuple[dict[str, int], int]:
    counts = {row["word"]: int(row["articles"]) for row in rows("word-documents")}
    return counts, counts.pop("*")
