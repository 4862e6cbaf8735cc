"""What is told so far of the parties, and the words for them that targets and deeds are found by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from onrecord.reading.labels.designations import Designation
from onrecord.reading.labels.parties import Parties
from onrecord.reading.labels.words import words_with_role
from onrecord.reading.syntax import IN_PHRASE

DEMONSTRATIVE = frozenset({"this", "these", "those", "that", "such"})
DEFINITE = DEMONSTRATIVE | {"the"}
_OPENERS = frozenset("\"'“‘(")


@dataclass(slots=True)
class Told:
    """What the designations before told: who was designated, and who last did a deed."""

    designated: Counter[str] = field(default_factory=Counter)
    doer: str | None = None
    governments: Counter[str] = field(default_factory=Counter)


def determiner(doc: Doc, one: Designation) -> str:
    """The word that opens the noun phrase of the designation, in small letters."""
    for at in range(one.start - 1, max(one.start - 7, -1), -1):
        token = doc[at]
        if token.pos_ in {"DET", "PRON"}:
            return token.lower_ if token.head.i >= one.start or token.head.i < at else ""
        if token.pos_ not in IN_PHRASE and token.text not in _OPENERS | {"-"}:
            return ""
    return ""


def is_government_word(token: Token) -> bool:
    """Whether a word stands for a state's government, whichever it is."""
    return token.lower_ in words_with_role("government")


def word_for_government(parties: Parties, named: str | None = None) -> str | None:
    """The government that is named, else the one that the article is about; None where it is about none."""
    return named or parties.government()
