"""A phrase that counts people: its number, the noun that it counts, and how it hangs in its clause."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.numbers import Quantity

LONGEST_PHRASE = 8


@dataclass(frozen=True, slots=True)
class Victims:
    """A phrase that counts people; `start` and `end` are token indices.

    `head` is the word by which the phrase hangs in its clause, `noun` what is counted, None where that is left out
    ("another nine"). `named` says that the phrase is one person's name or a definite singular ("the pilot").
    """

    quantity: Quantity
    head: Token
    noun: Token | None
    start: int
    end: int
    named: bool = False

    @property
    def doc(self) -> Doc:
        return self.head.doc

    @property
    def span(self) -> Span:
        return self.doc[self.start : self.end]


def is_additional(victims: Victims) -> bool:
    """Whether the people come on top of others told before: "another 12", "five more civilians"."""
    before = victims.doc[max(victims.start - 1, 0)].lower_ if victims.start else ""
    words = {token.lower_ for token in victims.span} | {before}
    return bool(words & casualty_words("additional")) and "than" not in words


def singular(token: Token) -> Quantity:
    """The number of a single person."""
    return Quantity(token.i, token.i + 1, token.i, token.i + 1, 1, 1, 1, "exact")
