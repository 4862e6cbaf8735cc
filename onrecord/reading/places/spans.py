"""Place names in their sentence: what they are said to lie in, names that the model missed, places that act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicon import rows
from onrecord.reading.names.spans import NameSpan
from onrecord.reading.places.countries import capitals, country_names
from onrecord.reading.places.gazetteer import Gazetteer, Place
from onrecord.reading.places.nouns import directions, place_nouns
from onrecord.reading.places.spellings import NamedPlace
from onrecord.reading.words import Words

# A name that the model passed over is a place where so many people live that it is no other name's namesake.
LEAST_PEOPLE = 15_000
_PLACE_LEVELS = frozenset({"country", "adm1", "region", "sea"})


def with_places(words: Words, names: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """The names, and with them places that only the gazetteer knows: "Tex." after a town, a town after "in"."""
    taken = {token for name in names for token in range(name.start, name.end)}
    found = list(names)
    for place in _overlooked(words, names, gazetteer):
        tokens = range(place.start, place.end)
        if taken.isdisjoint(tokens):
            found.append(place)
            taken.update(tokens)
    return sorted(found, key=lambda name: name.start)


def named_places(words: Words, spans: Sequence[NameSpan]) -> list[NamedPlace]:
    """The place names as texts, each with the name of the place that it is said to lie in."""
    starts = {span.start: span for span in spans}
    quarters = place_nouns("quarter")
    return [
        NamedPlace(_text(words, span), _holder(words, span, starts), words.form(span.end) in quarters) for span in spans
    ]


def acting_places(
    doc: Doc, names: Sequence[NameSpan], places: dict[NameSpan, Place], gazetteer: Gazetteer
) -> list[NameSpan]:
    """The names, where a country that speaks or acts is an organisation, and a capital its country: "Moscow denied"."""
    acting = []
    for name in names:
        place = places.get(name)
        state = _state(place, gazetteer) if place is not None else None
        if place is not None and state is not None and _acts(doc[name.start : name.end].root, place.level):
            actor = replace(name, type="organisation")
            places[actor] = state
            acting.append(actor)
        else:
            acting.append(name)
    return acting


def _state(place: Place, gazetteer: Gazetteer) -> Place | None:
    """The country that a place's name stands for where it acts: a country, or a capital's."""
    if place.level == "country":
        return place
    if place.level != "settlement" or place.name not in capitals().get(place.country, ()):
        return None
    found = gazetteer.named(country_names()[place.country])
    return next((one for one in found if (one.level, one.country) == ("country", place.country)), None)


def _acts(head: Token, level: str) -> bool:
    """Whether a name is a doer: the subject of a verb, or one who is addressed by it, alone or in a list of such.

    A capital is the doer only of what governments do ("Moscow denied it", not "Moscow is burning").
    """
    while head.dep_ == "conj" and head.head is not head:
        head = head.head
    verb = head.head
    if verb.pos_ != "VERB":
        return False
    if level != "country":
        return head.dep_ == "nsubj" and verb.lemma_ in _verbs("acting-verbs")
    return head.dep_ in {"nsubj", "nsubj:pass"} or (head.dep_ == "obj" and verb.lemma_ in _verbs("addressed-verbs"))


def _holder(words: Words, span: NameSpan, starts: dict[int, NameSpan]) -> str | None:
    """The name of what a place lies in, by the words around it."""
    at, comma = span.end, False
    if at < len(words) and words.forms[at] in {",", "("}:
        at, comma = at + 1, True
    if at in starts and comma:
        return _text(words, starts[at])
    if at < len(words) and words.lower[at] == "in":
        at += 1
        while at < len(words) and at not in starts and words.lower[at] in directions() | {"the"}:
            at += 1
        if at in starts:
            return _text(words, starts[at])
    return _holder_before(words, span, starts)


def _holder_before(words: Words, span: NameSpan, starts: dict[int, NameSpan]) -> str | None:
    """What is named before a place that it holds: "the Turkish city of Gaziantep", "Syria's Aleppo"."""
    at = span.start - 1
    if at >= 2 and words.lower[at] == "of":
        return _countries_by_adjective().get(words.forms[at - 2]) or _countries_by_adjective().get(words.form(at - 3))
    if at >= 1 and words.lower[at] in {"'s", "’s"}:
        return next((_text(words, other) for other in starts.values() if other.end == at), None)
    return None


def _overlooked(words: Words, names: Sequence[NameSpan], gazetteer: Gazetteer) -> Iterator[NameSpan]:
    ends = {name.end for name in names if name.type in {"place", "facility"}}
    for at in sorted(ends):
        if words.form(at) == ",":
            width = _abbreviation(words, at + 1)
            if width:
                yield NameSpan(at + 1, at + 1 + width, "place")


def _abbreviation(words: Words, start: int) -> int:
    """How many tokens from `start` are an American state's abbreviation ("W.Va.", "N.J.", "TX")."""
    for width in (3, 2, 1):
        if start + width <= len(words) and _text(words, NameSpan(start, start + width, "place")) in _abbreviations():
            return width
    return 0


def _text(words: Words, span: NameSpan) -> str:
    return words.name(span.start, span.end)


@cache
def _abbreviations() -> frozenset[str]:
    states = rows("places-states")
    short = {alias for row in states for alias in row["aliases"].split("|") if alias.endswith(".")}
    return frozenset(short | {row["state"] for row in states})


@cache
def _countries_by_adjective() -> dict[str, str]:
    names = country_names()
    return {row["word"]: names[row["country"]] for row in rows("demonyms") if row["country"]}


@cache
def _verbs(table: str) -> frozenset[str]:
    return frozenset(row["verb"] for row in rows(table))
