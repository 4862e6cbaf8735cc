"""Where an arrangement holds: the places that its sentence ties to it, or that it takes up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from onrecord.reading.labels.parties import Named, Parties
from onrecord.reading.marks import HYPHENS
from onrecord.reading.schema import MentionType
from onrecord.reading.syntax import children
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.words import StepTold, has_role, lemma, truce_forms, truce_words

_PLACE_TYPES: frozenset[MentionType] = frozenset({"place", "facility"})
_NEAR = 15
"""As many tokens from an arrangement may a place stand that no preposition ties to it."""


def places_of(one: Arrangement, told: StepTold, parties: Parties, sides: Iterable[str]) -> tuple[str, ...]:
    """Where it holds: the places tied to its name, else the nearest one of the sentence."""
    taken = set(sides)
    tied = [place for place in _tied_places(one, parties) if place not in taken]
    if tied:
        return tuple(dict.fromkeys(tied))
    near = [
        named
        for named in parties.all_in(one.sentence, _PLACE_TYPES)
        if named.mention.entity not in taken
        and _distance(named.span.start, one, told) <= _NEAR
        and _is_located(named.span)
        and not _is_venue(told)
        and not _is_where_they_met(named.span.root, told)
    ]
    nearest = min(
        near, key=lambda named: (parties.is_country(named), _distance(named.span.start, one, told)), default=None
    )
    if nearest is not None:
        return _and_those_beside(nearest, parties)
    return _place_taken_up(one, parties)


def _and_those_beside(first: Named, parties: Parties) -> tuple[str, ...]:
    """A place with those of one list with it: "in Cauca, Nariño and Valle del Cauca"."""
    beside = (parties.at(token, _PLACE_TYPES) for token in children(first.span.root, "conj"))
    return tuple(dict.fromkeys((first.mention.entity, *(named.mention.entity for named in beside if named))))


def _is_located(place: Span) -> bool:
    """Whether a preposition of place stands before the name, or it is the doer ("Jayrud struck a truce") or owner."""
    before = {token.lower_ for token in place.doc[max(place.start - 4, place.sent.start) : place.start]}
    return bool(before & truce_forms("before-place")) or place.root.dep_ in {"nsubj", "nsubj:pass", "nmod:poss"}


def _is_venue(told: StepTold) -> bool:
    """Whether what is told is talks, whose place is not that of the truce."""
    return lemma(told.predicate) in truce_words("venue")


def _is_where_they_met(place: Token, told: StepTold) -> bool:
    """Whether a place is where it was dealt out or spoken of: "was agreed in Geneva", "a diplomat in Geneva said"."""
    head = place.head
    while place.dep_ in {"conj", "appos", "flat"} and head is not place:
        place, head = head, head.head
    if "in" not in {child.lower_ for child in place.children if child.dep_ == "case"}:
        return False
    return (head == told.predicate and lemma(head) in truce_words("dealing")) or lemma(head) in truce_words("meeting")


def _place_taken_up(one: Arrangement, parties: Parties) -> tuple[str, ...]:
    """The place named last, where the sentence takes it up: "the town", "the area", "they were evacuated"."""
    doc, sentence = one.token.doc, one.sentence
    definite = any(token.lower_ in truce_forms("place") and _is_definite(token) for token in sentence)
    if not definite and sentence[0].lower_ not in {"they", "it"}:
        return ()
    start = max(sentence.start - 90, 0)
    before = [
        named for named in parties.all_in(doc[start : sentence.start], _PLACE_TYPES) if not parties.is_country(named)
    ]
    return (before[-1].mention.entity,) if before else ()


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in {"the", "this", "that", "those", "these"} for child in noun.children)


def _distance(at: int, one: Arrangement, told: StepTold) -> int:
    return min(abs(at - one.token.i), abs(at - told.predicate.i))


def _tied_places(one: Arrangement, parties: Parties) -> Iterator[str]:
    """The places before the name ("the Aleppo truce") and those that a preposition ties to it ("a truce in Aleppo")."""
    doc = one.token.doc
    for token in reversed(doc[max(one.start - 3, one.sentence.start) : one.start]):
        named = parties.at(token, _PLACE_TYPES)
        if has_role(token, "broker") or token.text in HYPHENS:
            break
        if named is not None:
            yield named.mention.entity
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            break
    at = _skip_deal(doc, one.end)
    if at < len(doc) and doc[at].lower_ in truce_forms("before-place"):
        yield from _places_from(doc, at + 1, parties)


def _skip_deal(doc: Doc, at: int) -> int:
    while at < len(doc) and (has_role(doc[at], "deal") or lemma(doc[at]) in {"zone", "area", "operation"}):
        at += 1
    return at


def _places_from(doc: Doc, start: int, parties: Parties) -> Iterator[str]:
    for token in doc[start : start + 10]:
        named = parties.at(token, _PLACE_TYPES)
        if named is not None:
            yield named.mention.entity
        elif token.pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "ADP", "CCONJ"} and token.text not in {
            ",",
            "'s",
            *HYPHENS,
        }:
            return
