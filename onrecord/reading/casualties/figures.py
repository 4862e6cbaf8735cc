"""Figures that are told of a toll told before: "the opposition put the number at seven", "raising the toll to 19"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.harm_words import counted_effect
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.syntax import SUBJECTS, sentence_of

_REACH = 8
_COMPLEMENTS = frozenset({"nmod", "acl", "acl:relcl"})


def another_figure(victims: Victims) -> Token | None:
    """The word for the figure that a bare number gives anew; None where it gives none."""
    return None if victims.noun is not None else _put_at(victims) or _said_of_it(victims)


def total_they_lead_to(victims: Victims) -> bool:
    """ "three others died, raising the toll to 19": whether the number adds up what its sentence told before."""
    lead = victims.doc[max(victims.start - _REACH, sentence_of(victims.head).start) : victims.start]
    figure = next((token for token in reversed(list(lead)) if counted_effect(token) is not None), None)
    if figure is None or lead[-1].lower_ != "to" or any(child.dep_ in _COMPLEMENTS for child in figure.children):
        return False
    verbs = (token for token in lead if token.i < figure.i and token.lemma_.lower() in casualty_words("bringing"))
    following = victims.doc[victims.end : victims.end + 1]
    ends = len(following) == 0 or following[0].pos_ == "PUNCT"
    return ends and any(verb.lower_.endswith("ing") for verb in verbs)


def _put_at(victims: Victims) -> Token | None:
    """ "put the number at seven", "put it at seven"."""
    verb, doc = victims.head.head, victims.doc
    if victims.start == 0 or doc[victims.start - 1].lower_ != "at":
        return None
    if verb.lemma_.lower() not in casualty_words("putting"):
        return None
    return next((child for child in verb.children if child.dep_ == "obj" and _is_a_figure(child)), None)


def _said_of_it(victims: Victims) -> Token | None:
    """ "put the toll at 58, while a charity said it was at least 72"."""
    subject = next((child for child in victims.head.children if child.dep_ in SUBJECTS), None)
    if subject is None or subject.lower_ != "it" or not any(child.dep_ == "cop" for child in victims.head.children):
        return None
    before: Sequence[Token] = list(victims.doc[sentence_of(subject).start : subject.i])
    return next((token for token in reversed(before) if counted_effect(token) is not None), None)


def _is_a_figure(noun: Token) -> bool:
    figure = noun.lemma_.lower() in (*casualty_words("figure"), "toll", "it") or noun.lower_ == "it"
    return figure and not any(child.dep_ in _COMPLEMENTS for child in noun.children)
