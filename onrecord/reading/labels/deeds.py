"""Who did a deed that is judged: "the regime's massacre", "crimes by the militia", "they martyred five"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.labels.designations import Designation
from onrecord.reading.labels.parties import ANYBODY, PARTIES, Parties
from onrecord.reading.labels.told import (
    DEFINITE,
    DEMONSTRATIVE,
    Told,
    determiner,
    is_government_word,
    word_for_government,
)
from onrecord.reading.labels.words import has_context, head_of_phrase, lexicon, words_with_role
from onrecord.reading.syntax import children, obliques, subjects


def doer_of(parties: Parties, one: Designation, told: Told) -> str | None:
    """Who did the deed that is so called."""
    doc = parties.doc
    head = head_of_phrase(doc, one.end - 1)
    if one.words[-1].word.when == "quoted":
        before = parties.before(one.start, PARTIES, possessive=True)
        return before.mention.entity if before is not None else None
    if determiner(doc, one) in DEMONSTRATIVE:
        taken_up = _doer_told(parties, one, told)
        if taken_up is not None:
            return taken_up
    return (
        _doer_in_phrase(parties, one)
        or _doer_accused(parties, head)
        or _doer_after(parties, head, one)
        or _doer_as_subject(parties, head)
        or _doer_told(parties, one, told)
    )


def _doer_in_phrase(parties: Parties, one: Designation) -> str | None:
    """The possessor or adjective: "Russian aggression", "the regime's crimes", "Assads massacres"."""
    named = parties.before(one.start, ANYBODY, possessive=True)
    if named is not None and parties.can_act(named.mention.entity):
        return named.mention.entity
    doc = parties.doc
    for at in range(one.start - 1, max(one.start - 4, -1), -1):
        token = doc[at]
        lost = parties.of_word(token)
        if lost is not None and parties.can_act(lost):
            return lost
        if is_government_word(token):
            return word_for_government(parties)
        if token.pos_ not in {"ADJ", "ADV", "PART", "NOUN", "PROPN"}:
            return None
    return None


def _doer_after(parties: Parties, head: Token, one: Designation) -> str | None:
    """The agent told after the deed: "committed by ISIS militants", "crimes of the Assad regime"."""
    doc = parties.doc
    limit = min(doc[one.start].sent.end, one.end + 16)
    for at in range(one.end, limit):
        token = doc[at]
        if token.lower_ in {"by", "of"} and (token.lower_ == "by" or at <= head.i + 1):
            found = _party_from(parties, at + 1, limit)
            if found is not None or token.lower_ == "by":
                return found
    return None


def _party_from(parties: Parties, start: int, limit: int) -> str | None:
    """The first party of a noun phrase that begins at `start`; None where the phrase names nobody ("by rebels")."""
    doc = parties.doc
    for token in doc[start : min(start + 6, limit)]:
        if is_government_word(token):
            return word_for_government(parties)
        entity = parties.of_word(token)
        if entity is not None:
            named = parties.at(token)
            follows = doc[named.span.end if named is not None else token.i + 1 :][:1]
            if follows and is_government_word(follows[0]):
                return word_for_government(parties, entity)
            return entity if parties.can_act(entity) else None
        if token.pos_ in {"VERB", "AUX", "ADP", "SCONJ", "CCONJ"} or token.tag_ == "NNS":
            return None
    return None


def _doer_accused(parties: Parties, head: Token) -> str | None:
    """Who is accused of the deed: "accused Israel of genocide", "of committing genocide", "blames it on the rebels"."""
    doing = head.head if head.head.tag_ == "VBG" and head.dep_ == "obj" else head
    verb = doing.head
    if not has_context(verb, "accusing") or doing.dep_ not in {"obl", "obj", "advcl", "ccomp"}:
        return None
    accused = [found for found in children(verb, "obj") if found != doing] or obliques(verb, "on")
    return next((found for each in accused if (found := parties.in_subtree(each)) is not None), None)


def _doer_as_subject(parties: Parties, head: Token) -> str | None:
    """The subject of "committed a massacre", "Turkey's actions constituted an invasion"."""
    verb = head.head
    doing = words_with_role("doing") | words_with_role("equating")
    if head.dep_ not in {"obj", "obl", "xcomp"} or verb.lemma_.lower() not in doing:
        return None
    for subject in subjects(verb):
        if subject.lower_ in {"it", "they"}:
            return parties.taken_up(subject)
        if subject.lower_ in lexicon() and lexicon()[subject.lower_].designates == "side":
            return None  # "Syria rebels" are not Syria
        if is_government_word(subject):
            return parties.in_subtree(subject) or word_for_government(parties)
        found = parties.in_subtree(subject, ANYBODY)
        if found is not None:
            return found
    return None


def _doer_told(parties: Parties, one: Designation, told: Told) -> str | None:
    """Who did the deed told before, where the phrase takes that up: "these crimes", "the massacre"."""
    if determiner(parties.doc, one) not in DEFINITE:
        return None
    return told.doer or _last_perpetrator(parties, one)


def _last_perpetrator(parties: Parties, one: Designation) -> str | None:
    """The perpetrator that was named last before, of the incidents that the document tells."""
    start = parties.doc[one.start].idx
    before = [
        perpetrator
        for incident in parties.doc._.incidents
        for perpetrator in incident.perpetrators
        if perpetrator.start < start and perpetrator.entity is not None
    ]
    last = max(before, key=lambda perpetrator: perpetrator.start, default=None)
    return last.entity if last is not None and last.entity is not None and parties.has_forces(last.entity) else None
