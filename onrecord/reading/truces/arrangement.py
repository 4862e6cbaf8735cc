"""An arrangement that stops or limits fighting, or lets people or forces through, at one place of a text."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from onrecord.reading.schema import TruceKind
from onrecord.reading.syntax import sentence_of


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One place at which an arrangement is named, or told by a verb.

    `token` is the word that the syntax of the sentence hangs on. `told_by` is `name` for a noun, `verb` for one that
    is its own step (evacuate, leave under a deal), `halt` for a verb that stops fire, `deal` for "the deal", `fire`
    for fire that goes on after it.
    """

    token: Token
    start: int
    end: int
    kind: TruceKind
    told_by: str

    @property
    def sentence(self) -> Span:
        return sentence_of(self.token)


def sentences_between(first: Token, second: Token) -> int:
    """How many sentences the second one stands after the first."""
    starts = {sentence_of(token).start for token in first.doc[first.i : second.i + 1]}
    return len(starts) - 1
