"""The steps of an arrangement by the order of the words around it, where the syntax of the sentence was read wrong.

A long news sentence is often parsed wrong; what stands just before and after a noun phrase is not: "breached the
truce", "a truce brokered by the UN collapsed", "a call for a truce".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.reading.schema import TruceStep
from onrecord.reading.truce_arrangements import Arrangement, has_role, lemma

BEFORE = 9
AFTER = 32
"""As many tokens before and after an arrangement are looked at."""
_IN_PHRASE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV"})
_OPENING = frozenset({"DET", "PRON"})
_MARKS = frozenset("\"'“”‘’-–‑")
_BREAKS = frozenset(
    {"while", "although", "though", "but", "after", "before", "because", "as", "until", "when", "meaning"}
)
_RELATIVE = frozenset({"that", "which", "who"})
_FORMS_OF_BE = frozenset({"be", "was", "were", "been", "is", "are", "being", "'s"})
_FORMS_OF_HAVE = frozenset({"have", "has", "had", "having"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A word that tells a step by its place; `modifier` where it only describes the arrangement."""

    step: TruceStep
    token: Token
    modifier: bool = False


@dataclass(frozen=True, slots=True)
class StepWords:
    """The words of `data/truce-steps.tsv` by the part that the arrangement plays for them."""

    as_object: Mapping[str, TruceStep]
    as_subject: Mapping[str, TruceStep]
    nouns: Mapping[str, TruceStep]


def steps_by_wording(one: Arrangement, words: StepWords) -> Iterator[Wording]:
    """What stands before the arrangement's noun phrase, then what is said after it."""
    doc = one.token.doc
    end = _phrase_end(doc, one.end)
    compound = _noun_step(doc, one.end, words)
    if compound is not None:
        yield compound
        return
    before = _before(doc, one.start, one.sentence.start, words)
    if before is not None:
        yield before
        if before.token.pos_ == "NOUN" or before.step in {"violated", "rejected"}:
            return
    yield from _after(doc, end, one.sentence.end, words)


def _phrase_end(doc: Doc, end: int) -> int:
    """The end of the noun phrase, with "deal", "agreement", "zone" after the name."""
    while end < len(doc) and (has_role(doc[end], "deal") or lemma(doc[end]) in {"zone", "area"}):
        end += 1
    return end


def _noun_step(doc: Doc, at: int, words: StepWords) -> Wording | None:
    """A noun right after the name: "ceasefire talks", "truce violations"."""
    if at >= len(doc) or doc[at].pos_ != "NOUN" or has_role(doc[at], "deal"):
        return None
    step = words.nouns.get(lemma(doc[at]))
    return Wording(step, doc[at]) if step is not None else None


def _before(doc: Doc, start: int, first: int, words: StepWords) -> Wording | None:
    at = _phrase_start(doc, start, first) - 1
    if at < first:
        return None
    token = doc[at]
    if token.pos_ == "VERB":
        step = words.as_object.get(lemma(token))
        return Wording(step, token) if step is not None else None
    if token.lower_ == "despite":
        return Wording("violated", token)
    if token.pos_ in {"ADP", "PART", "SCONJ"} and at > first:
        return _before_preposition(doc, at, words)
    return None


def _before_preposition(doc: Doc, at: int, words: StepWords) -> Wording | None:
    governor = doc[at - 1]
    preposition = doc[at].lower_
    if governor.pos_ == "NOUN" and preposition in {"of", "to", "on", "for", "in", "about"}:
        step = words.nouns.get(lemma(governor))
        return Wording(step, governor) if step is not None else None
    if governor.pos_ == "VERB" and preposition in {"to", "on", "for", "about", "at"}:
        step = words.as_object.get(lemma(governor))
        return Wording(step, governor) if step in {"agreed", "proposed", "rejected"} else None
    return None


def _phrase_start(doc: Doc, start: int, first: int) -> int:
    """Where the noun phrase begins: at its article, else at its first adjective or noun."""
    begin = start
    for at in range(start - 1, max(start - BEFORE, first) - 1, -1):
        token = doc[at]
        if token.pos_ in _OPENING:
            return at
        inside = (
            token.pos_ in _IN_PHRASE or token.text in _MARKS or (token.pos_ == "VERB" and token.tag_ in {"VBN", "VBG"})
        )
        if not inside:
            break
        if token.pos_ != "VERB":
            begin = at
    return begin


def _after(doc: Doc, start: int, last: int, words: StepWords) -> Iterator[Wording]:
    relative = False
    auxiliaries: set[str] = set()
    for token in doc[start : min(start + AFTER, last)]:
        if token.lower_ in _RELATIVE and token.pos_ in {"PRON", "DET", "SCONJ"}:
            relative = True
        elif token.lower_ in _BREAKS and not auxiliaries:
            return
        elif (
            has_role(token, "effect")
            and token.i > start
            and doc[token.i - 1].lower_ in {"in", "into", "took", "take", "takes"}
        ):
            yield Wording("started", token)
            return
        elif token.lower_ in _FORMS_OF_BE | _FORMS_OF_HAVE:
            auxiliaries.add(token.lower_)
        elif token.pos_ == "VERB" or (token.pos_ in {"NOUN", "ADJ"} and token.text.endswith("ed")):
            told = _of_verb(token, auxiliaries, words, relative)
            if told is not None:
                yield told
            is_main = not relative and not _is_participle(token, auxiliaries)
            if is_main:
                return
            relative, auxiliaries = False, set()


def _is_participle(token: Token, auxiliaries: set[str]) -> bool:
    followed = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return (
        not auxiliaries
        and (token.tag_ in {"VBN", "VBG", "NN", "JJ"} or followed == "by")
        and (followed in {"by", "in", "on", "under", "between", "last", "for"})
    )


def _of_verb(token: Token, auxiliaries: set[str], words: StepWords, relative: bool) -> Wording | None:
    passive = bool(auxiliaries & _FORMS_OF_BE) and token.tag_ != "VBG"
    if passive:
        step = words.as_object.get(lemma(token))
        return Wording(step, token, modifier=relative) if step is not None else None
    if words.as_subject.get(lemma(token)) in {"collapsed", "ended"}:
        return Wording(words.as_subject[lemma(token)], token, modifier=relative)
    if _is_participle(token, auxiliaries):
        step = words.as_object.get(lemma(token))
        return Wording(step, token, modifier=True) if step is not None else None
    return None
