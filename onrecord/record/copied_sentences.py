"""Sentences that were taken from one article into another: who prints them adds no witness to what they say.

An article may have much text of its own and yet take the sentence with the toll from somebody else, word by word or
with a few words changed. Sentences that say one thing of one happening are compared with those printed before.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.record.wording import rarity, words_of

ALIKE = 0.7
"""Share of their words, weighed by how rare they are, that two sentences must have in common."""
FEWEST = 8
"""Words that a sentence must have: "Ten were wounded." can be said by anybody."""
_COMMON = 0.5


def taken_from(sentence: str, before: Sequence[str]) -> int | None:
    """The first of the sentences printed before that this one repeats, by position; `None` where it is its own."""
    ours = _weights(sentence)
    for at, other in enumerate(before):
        if _same(ours, _weights(other)):
            return at
    return None


def _same(a: dict[str, float], b: dict[str, float]) -> bool:
    """Whether sentences have most of their words in common, and all of their numbers."""
    if min(len(a), len(b)) < FEWEST or {word for word in a.keys() ^ b.keys() if word[0].isdigit()}:
        return False
    common = sum(weight for word, weight in a.items() if word in b)
    either = sum((a | b).values())
    return common >= ALIKE * either


def _weights(sentence: str) -> dict[str, float]:
    return {word: weight for word in words_of(sentence) if (weight := rarity(word)) > _COMMON}
