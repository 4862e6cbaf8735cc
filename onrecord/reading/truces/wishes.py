"""Wishes that an arrangement be over, and denials that it was broken, which are no step of it."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.syntax import child, is_negated
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.predicates import object_step, subject_step
from onrecord.reading.truces.wording import phrase_end, phrase_start
from onrecord.reading.truces.words import has_role, lemma

_OVER = frozenset({"collapsed", "ended", "violated", "rejected"})
_LINKS = frozenset({"for", "that"})
_LONGEST_LINK = 3
"""As many words may stand between an arrangement and the verb for its end: "to have been"."""
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})


def wished_over(one: Arrangement) -> frozenset[Token]:
    """Both verbs of "want the truce to fail", "hope that it is abandoned"; none where the sentence tells no such wish.

    In "wants a truce to end the bloodshed" the second verb has its own object: what is to end is not the truce.
    """
    wish, end = _wish(one), _end(one)
    return frozenset({wish, end}) if wish is not None and end is not None else frozenset()


def denied(one: Arrangement) -> frozenset[Token]:
    """The verb of which it is the object, where somebody denies to have done that: "denied breaking the truce"."""
    verb = one.token.head
    is_content = verb.dep_ in {"xcomp", "ccomp"} and has_role(verb.head, "denying")
    return frozenset({verb}) if is_content and object_step(verb) in _OVER else frozenset()


def _wish(one: Arrangement) -> Token | None:
    """The verb of wanting or asking right before the noun phrase."""
    doc = one.token.doc
    at = phrase_start(doc, one.start, one.sentence.start) - 1
    if at > one.sentence.start and doc[at].lower_ in _LINKS:
        at -= 1
    if at < one.sentence.start or doc[at].pos_ != "VERB":
        return None
    return doc[at] if has_role(doc[at], "asking") or has_role(doc[at], "wishing") else None


def _end(one: Arrangement) -> Token | None:
    """The verb right after the noun phrase that tells the arrangement's end: "to fail", "to be scrapped", "fails"."""
    doc = one.token.doc
    first = phrase_end(doc, one.end)
    after = doc[first : min(first + _LONGEST_LINK + 1, one.sentence.end)]
    verb = next((token for token in after if token.pos_ not in {"PART", "AUX"}), None)
    if verb is None or verb.pos_ != "VERB" or is_negated(verb) or _has_object(verb):
        return None
    passive = any(lemma(token) == "be" for token in doc[first : verb.i])
    step = object_step(verb) if passive else subject_step(verb)
    return verb if step in _OVER else None


def _has_object(verb: Token) -> bool:
    following = verb.doc[verb.i + 1 : verb.i + 2]
    return child(verb, "obj") is not None or any(token.pos_ in _NOMINAL for token in following)
