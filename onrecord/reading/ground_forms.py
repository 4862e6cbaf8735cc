"""The ground form of a word where the model left it inflected, by the words that are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token


def ground_form(token: Token, known: frozenset[str]) -> str:
    """The token's lemma; where that is no word of `known`, the known word which the token may be a form of.

    A wrong tag leaves a word as it stands ("breached", "regards"), and a list of lemmas would then miss it.
    """
    return _ground_form(token.lower_, token.lemma_.lower(), token.pos_ == "VERB", known)


@lru_cache(maxsize=16384)
def _ground_form(word: str, given: str, is_verb: bool, known: frozenset[str]) -> str:
    inflected = is_verb and given == word and given.endswith(("ing", "ed"))
    if given in known and not inflected:
        return given
    return next((stem for stem in stems(word) if stem in known), given)


def stems(word: str) -> Iterator[str]:
    """What a word may be an inflected form of, the likeliest first: "breach" of "breached", "cease" of "ceased"."""
    for ending in ("ed", "ing", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield from (stem, stem + "e")
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
