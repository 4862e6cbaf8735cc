"""Halts to fire that a verb tells: "it would halt fire", "called on them to cease air strikes"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from onrecord.reading.schema import TruceKind
from onrecord.reading.syntax import ancestors, children, conjuncts, is_passive
from onrecord.reading.truces.arrangement import Arrangement, sentences_between
from onrecord.reading.truces.words import has_role, lemma, step_words, truce_words


def halts_in(doc: Doc, named: list[Arrangement]) -> Iterator[Arrangement]:
    """Verbs by which fire is stopped: "it would halt fire", "called on them to cease air strikes"."""
    for token in doc:
        if token.pos_ != "VERB" or is_passive(token):
            continue
        if _is_holding_fire(token) and not _named_before(token, named):  # else it is what the truce says
            yield Arrangement(token, token.i, token.i + 1, _kind_of_halt(token, named), "halt")
        if lemma(token) not in truce_words("halting"):
            continue
        stopped = [one for found in children(token, "obj") for one in conjuncts(found) if has_role(one, "fire")]
        stopped += [found for found in children(token, "xcomp") if found.tag_ == "VBG" and has_role(found, "firing")]
        plain = all(_is_plainly_fire(one) for one in stopped)
        if stopped and ((plain and lemma(token) != "stop") or _is_own_fire(token)):
            yield Arrangement(token, token.i, token.i + 1, _kind_of_halt(token, named), "halt")


def _is_holding_fire(verb: Token) -> bool:
    return lemma(verb) in truce_words("holding") and any(found.lower_ == "fire" for found in children(verb, "obj"))


def _named_before(verb: Token, named: list[Arrangement]) -> list[Arrangement]:
    """The ceasefires and pauses that the text has named in the two sentences before."""
    before = (one for one in named if one.start < verb.i and one.kind in {"ceasefire", "humanitarian-pause"})
    return [one for one in before if sentences_between(one.token, verb) <= 2]


def _is_plainly_fire(noun: Token) -> bool:
    """Whether it is fire by itself: an operation may be a surgeon's, "military operations" are not."""
    if not has_role(noun, "perhaps-fire"):
        return True
    return any(has_role(found, "of-war") for found in children(noun, "amod", "compound"))


def _is_own_fire(verb: Token) -> bool:
    """Whether "stop" is of one's own fire: one is asked to, promises or agrees to, or one's jets stop their raids."""
    if any(has_role(above, "asking") or has_role(above, "promising") for above in ancestors(verb)):
        return True
    if verb.dep_ == "xcomp" and step_words("object").get(lemma(verb.head)) == "agreed":
        return True
    return any(has_role(subject, "means") for subject in children(verb, "nsubj"))


def _kind_of_halt(verb: Token, named: list[Arrangement]) -> TruceKind:
    """A pause where fire stops for some hours or for aid, or where the text has named one just before."""
    before = [one for one in named if one.start < verb.i and sentences_between(one.token, verb) <= 2]
    if before and before[-1].kind in {"ceasefire", "humanitarian-pause"}:
        return before[-1].kind
    return "humanitarian-pause" if _is_for_aid(verb.sent) else "ceasefire"


def _is_for_aid(sentence: Span) -> bool:
    """Whether fire stops for some hours, or so that aid comes in or people out."""
    return any(token.lower_ in {"humanitarian", "aid", "hours", "hour"} for token in sentence)
