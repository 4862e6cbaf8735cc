"""Whether a time expression's clause tells of what was or of what is to come."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Literal

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from onrecord.lexicon import rows
from onrecord.reading.times.contexts import words_with
from onrecord.reading.times.lexing import Lexeme

Tense = Literal[-1, 0, 1]

_TENSES: dict[str, Tense] = {"past": -1, "future": 1}
_HIGHEST_CLIMB = 8
_CLAUSE_LENGTH = 14
_LONGEST_VERB = 3
_HAVE = frozenset({"has", "have", "'ve", "’ve", "had"})


@cache
def _cues() -> dict[str, Tense]:
    """Words that say when: future ("will", "scheduled"), past ("was", "killed")."""
    return {row["word"]: _TENSES[row["tense"]] for row in rows("tense-cues") if row["tense"] in _TENSES}


class Tenses:
    """The tense around any place of a document, by its parse where it has one, else by the words nearby."""

    def __init__(self, doc: Doc, lexemes: Sequence[Lexeme]) -> None:
        self._doc = doc
        self._lexemes = lexemes
        self._parsed = doc.has_annotation("DEP") and doc.has_annotation("TAG")
        self._offsets: Sequence[int] | None = None

    def at(self, lexeme: int) -> Tense:
        """Past -1, future 1, not told 0."""
        if self._parsed:
            token = self._token(self._lexemes[lexeme].start)
            return _of_verb_before(token) or self._of_clause(token)
        return self._of_words(lexeme)

    def tag(self, lexeme: int) -> str:
        """The Penn tag of the token at the lexeme; empty where the document has none, and behind its end."""
        if not self._parsed or lexeme >= len(self._lexemes):
            return ""
        return self._token(self._lexemes[lexeme].start).tag_

    def _token(self, offset: int) -> Token:
        if self._offsets is None:
            self._offsets = self._doc.to_array([IDX]).tolist()
        return self._doc[max(0, bisect_right(self._offsets, offset) - 1)]

    def _of_clause(self, token: Token) -> Tense:
        cues = _cues()
        for _ in range(_HIGHEST_CLIMB):
            if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
                tense = _of_verb(token, cues)
                if tense is not None:
                    return tense
            elif cues.get(token.lower_) == 1:
                return 1 if not _is_past_perfect(token) else -1
            if token.head.i == token.i:
                break
            token = token.head
        return 0

    def _of_words(self, lexeme: int) -> Tense:
        cues = _cues()
        after = self._clause(
            range(lexeme + 1, min(len(self._lexemes), lexeme + _CLAUSE_LENGTH)), words_with("ends-clause") | {","}
        )
        before = self._clause(range(lexeme - 1, max(-1, lexeme - _CLAUSE_LENGTH), -1), words_with("ends-clause"))
        for word in (*before, *after):
            if word in cues:
                return cues[word]
        return 0

    def _clause(self, places: range, ends: frozenset[str]) -> list[str]:
        words = []
        for place in places:
            if self._lexemes[place].text in ends:
                break
            words.append(self._lexemes[place].text)
        return words


def _of_verb_before(token: Token) -> Tense:
    """Past where the verb right before the time is: "announced Friday", "was held on Monday"."""
    before = token.i - 1
    while before > 0 and token.doc[before].lower_ in words_with("verb-and-time"):
        before -= 1
    verb = token.doc[before] if before >= 0 else token
    finite = verb.tag_ in ("VBD", "VBN") and _cues().get(verb.lower_) != 1
    return -1 if finite and not any(_cues().get(child.lower_) == 1 for child in verb.children) else 0


def _is_past_perfect(token: Token) -> bool:
    """ "Had been due": what was to come then; by the words before it, for parses differ."""
    return any(before.lower_ == "had" for before in token.doc[max(0, token.i - _LONGEST_VERB) : token.i])


def _of_verb(verb: Token, cues: dict[str, Tense]) -> Tense | None:
    """The tense of a verb with its auxiliaries: "will meet", "is to meet" future; "met", "has met" past.

    Null where the verb has none of its own ("to meet", "meeting") and the one above it decides.
    """
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop", "mark")]
    if any(_looks_ahead(auxiliary, cues) for auxiliary in auxiliaries) or cues.get(verb.lower_) == 1:
        return 1 if not _is_past_perfect(verb) else -1
    if verb.tag_ == "VB" and any(auxiliary.lower_ == "to" for auxiliary in auxiliaries):
        return _of_infinitive(verb, cues)
    if verb.tag_ == "VBD" or any(auxiliary.tag_ == "VBD" or auxiliary.lower_ in _HAVE for auxiliary in auxiliaries):
        return -1
    if verb.tag_ == "VBN":
        return 0 if any(child.dep_ == "aux:pass" for child in auxiliaries) else -1
    return 0 if verb.tag_ in ("VBZ", "VBP") or any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries) else None


def _looks_ahead(auxiliary: Token, cues: dict[str, Tense]) -> bool:
    """ "Will", "may", "must"; "could" is as often the past of "can"."""
    return cues.get(auxiliary.lower_) == 1 or (auxiliary.tag_ == "MD" and auxiliary.lower_ != "could")


def _of_infinitive(verb: Token, cues: dict[str, Tense]) -> Tense | None:
    """Future after words of plan: "set to resume Monday", "ready to leave"; else that of the verb it hangs on."""
    head = verb.head
    if head.i == verb.i:
        return None
    if _is_past_perfect(head):
        return -1
    return 1 if cues.get(head.lower_) == 1 or head.lower_ in _plans() else None


def _plans() -> frozenset[str]:
    """Words whose infinitive lies ahead of them: "set to", "agreed to"."""
    return _words_of("plan")


def lasting_verbs() -> frozenset[str]:
    """Past verbs that tell the end of what they tell: "lasted until", "raged until"."""
    return _words_of("lasted")


@cache
def _words_of(tense: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("tense-cues") if row["tense"] == tense)
