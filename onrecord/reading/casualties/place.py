"""Where counted people came to harm, and whose people they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.reading.casualties.tolls import Toll
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.datelines import told_mentions
from onrecord.reading.schema import Mention
from onrecord.reading.spans import tokens_of
from onrecord.reading.syntax import ancestors, sentence_of

_PLACES = frozenset({"place", "facility"})
_SIDES = ("organisation", "nationality", "place")


def places_of(toll: Toll, tolls: Sequence[Toll]) -> tuple[str, ...]:
    """The ids of the places that the toll's clause names, in the order of the text; its own ones in a list by place."""
    words = {other.harm.word.i for other in tolls}
    sentence = sentence_of(toll.victims.head)
    places = [
        (mention.entity, token)
        for mention, token in _mentions(toll.victims.doc, sentence.start, sentence.end)
        if mention.type in _PLACES and not _is_attribute(token) and _nearest(token, words) == toll.harm.word.i
    ]
    listed = _listed_by_place([token for _, token in places], toll, tolls)
    return tuple(dict.fromkeys(entity for entity, token in places if not listed or token in listed))


def _listed_by_place(places: Sequence[Token], toll: Toll, tolls: Sequence[Toll]) -> list[Token]:
    """The places in the toll's own phrase, where others of the same harm have theirs: "four in Hama, three in Homs"."""
    phrases = [other.victims for other in tolls if other.harm.word == toll.harm.word]
    owner = {token: _phrase_of(token, phrases) for token in places}
    if len(set(owner.values()) - {None}) < 2:
        return []
    return [token for token, phrase in owner.items() if phrase == toll.victims.head.i]


def _phrase_of(place: Token, phrases: Sequence[Victims]) -> int | None:
    """The head of the phrase that the place follows with its preposition, whatever the parse, or under which it is."""
    first = next((child for child in place.children if child.dep_ == "case"), place).i
    before = next((phrase.head.i for phrase in phrases if phrase.end == first < place.i), None)
    return before if before is not None else _nearest(place, {phrase.head.i for phrase in phrases})


def side_of(toll: Toll) -> str | None:
    """The id of the entity whose people they are: "40 government soldiers", "six members of the Nusra Front"."""
    victims = toll.victims
    noun = victims.noun
    if noun is None or noun.ent_type_ == "person":
        return None
    found = {mention.type: mention for mention, token in _mentions(victims.doc, victims.start, noun.i + 1)}
    for mention, token in _mentions(victims.doc, noun.i + 1, min(noun.i + 8, sentence_of(noun).end)):
        if (
            token.dep_ == "nmod"
            and token.head == noun
            and any(case.lower_ in ("of", "from") for case in token.children)
        ):
            found.setdefault(mention.type, mention)
    return next((found[kind].entity for kind in _SIDES if kind in found), None)


def _mentions(doc: Doc, start: int, end: int) -> Iterator[tuple[Mention, Token]]:
    """The mentions between two tokens, each with its head."""
    if start >= end:
        return
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)
    for mention in told_mentions(doc):
        if first <= mention.start and mention.end <= last:
            span = tokens_of(doc, mention)
            if span is not None:
                yield mention, span.root


def _is_attribute(token: Token) -> bool:
    """ "the Aleppo monitor": a place that only describes another name."""
    return token.dep_ in ("compound", "amod", "nmod:poss") and token.head.ent_type_ in ("organisation", "person")


def _nearest(token: Token, words: set[int]) -> int | None:
    """The harm word under which the token stands."""
    return next((above.i for above in ancestors(token) if above.i in words), None)
