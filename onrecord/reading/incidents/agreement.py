"""Whether two tellings may be of one happening, by what they say of days, places, sides and victims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from spacy.tokens import Token

from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.drafts import Draft, modes_agree
from onrecord.reading.incidents.mentions import EventMention
from onrecord.reading.incidents.reference import referent
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import any_lemma_in
from onrecord.reading.names.word_names import is_demonym
from onrecord.reading.places.distance import Point, kilometres
from onrecord.reading.places.nouns import place_nouns
from onrecord.reading.schema import WIDE_LEVELS, DateRange, Entity
from onrecord.reading.syntax import children

_LANDS = frozenset({"place", "nationality", "organisation"})
_PARTIES = frozenset({"organisation", "nationality", "person"})
_SPOTS = frozenset({"settlement", "facility"})
_ONE_SPOT_KM, _FAR_KM = 25.0, 100.0  # a city with its suburbs, a day's march


def can_be_one(draft: Draft, other: Draft) -> bool:
    """Whether nothing that two tellings say of means, day and place keeps them from being of one happening."""
    means_agree = draft.type == other.type and modes_agree(draft.mode, other.mode)
    return means_agree and not other.is_another and days_agree(draft, other) and places_agree(draft, other)


def lie_apart(draft: Draft, group: Draft) -> bool:
    """Whether two tellings name different quarters of a town."""
    quarters, others = _quarters(draft), _quarters(group)
    return bool(quarters and others) and quarters.isdisjoint(others)


def is_other_fight(draft: Draft, group: Draft, setting: Setting) -> bool:
    """Whether one is a fight of two sides, the other a deed by somebody who is neither of them."""
    if draft.mentions[0].mutual == group.mentions[0].mutual:
        return False
    fight, deed = (draft, group) if draft.mentions[0].mutual else (group, draft)
    sides = [token for mention in fight.mentions for token in (*mention.roles.doers, *mention.roles.undergoers)]
    doers = [token for mention in deed.mentions for token in mention.roles.doers]
    return bool(sides and doers) and not any(_may_be_one(side, doer, setting) for side in sides for doer in doers)


def _may_be_one(side: Token, doer: Token, setting: Setting) -> bool:
    """Whether two may be the same force: the same name or noun, and not "Kurdish-Syrian" and "Russian and Syrian"."""
    if _key(side, setting) != _key(doer, setting):
        return False
    ours, theirs = _nations(side), _nations(doer)
    return ours <= theirs or theirs <= ours


def _nations(noun: Token) -> set[str]:
    return {word.lower_ for word in noun.subtree if word.i < noun.i and is_demonym(word.text)}


def named_doers_agree(draft: Draft, group: Draft, setting: Setting) -> bool:
    """Whether those who did it by one telling, and by the words that tell the other, are not all others."""
    ours, theirs = _named_doers(draft.mentions, setting), _named_doers(group.mentions[:1], setting)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def is_done_to_its_doers(draft: Draft, group: Draft) -> bool:
    """Whether it befell those who did what was told before: "special forces killed all the attackers"."""
    suffering = group.mentions[0].roles.undergoers
    return any(mention.roles.doers for mention in draft.mentions) and any(
        any_lemma_in(token, incident_words("attacker")) for token in suffering
    )


def countries_of_doers_agree(draft: Draft, group: Draft, setting: Setting) -> bool:
    """Whether nothing says that those of one country did the one, those of another one the other."""
    if draft.mentions[0].mutual or group.mentions[0].mutual:
        return True
    ours, theirs = _countries_of_doers(draft.mentions, setting), _countries_of_doers(group.mentions[:1], setting)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _countries_of_doers(mentions: Iterable[EventMention], setting: Setting) -> set[str]:
    doers = (referent(token, setting) for mention in mentions for token in mention.roles.doers)
    named = (word for doer in doers if doer is not None for word in (doer, *children(doer, "nmod:poss")))
    found = (setting.entity_of(word) for word in named)
    return {entity.country for entity in found if entity is not None and entity.type in _LANDS and entity.country}


def _named_doers(mentions: Iterable[EventMention], setting: Setting) -> set[str]:
    doers = (referent(token, setting) for mention in mentions for token in mention.roles.doers)
    found = (setting.entity_of(token) for token in doers if token is not None)
    return {entity.id for entity in found if entity is not None and entity.type in _PARTIES}


def named_in(draft: Draft, setting: Setting) -> set[str]:
    """The ids of all who take part by name."""
    found = (
        setting.entity_of(token)
        for mention in draft.mentions
        for token in (*mention.roles.doers, *mention.roles.undergoers)
    )
    return {entity.id for entity in found if entity is not None}


def days_agree(draft: Draft, group: Draft) -> bool:
    """Whether a day of one is a day of the other, or one tells none."""
    if not draft.days or not group.days:
        return True
    return any(overlap(one.range, other.range) for one in draft.days for other in group.days)


def overlap(one: DateRange, other: DateRange) -> bool:
    """Whether two stretches of days have a day in common."""
    return one.start <= other.end and other.start <= one.end


def places_agree(draft: Draft, group: Draft) -> bool:
    """Whether a place of one is a place of the other, or one tells none."""
    if lie_apart(draft, group):
        return False
    ours, theirs = spots_of(draft), spots_of(group)
    return not ours or not theirs or any(_is_one_spot(one, other) for one in ours for other in theirs)


def _quarters(draft: Draft) -> set[str]:
    """The places that are called parts of a town: "the Midan quarter"."""
    ends = ((place, place.token.i + 1) for place in draft.places)
    return {place.entity.id for place, end in ends if end < len(place.token.doc) and _is_quarter(place.token.doc[end])}


def _is_quarter(after: Token) -> bool:
    return after.lower_ in place_nouns("quarter")


def spots_of(draft: Draft) -> list[Entity]:
    """The places that are points: towns and buildings."""
    return [
        place.entity for place in draft.places if place.entity.level in _SPOTS and place.entity.latitude is not None
    ]


def are_far_apart(draft: Draft, other: Draft) -> bool:
    """Whether each tells of places within a country, and all of the one lie far from all of the other."""
    ours, theirs = _places_in_countries(draft), _places_in_countries(other)
    return bool(ours and theirs) and all(_kilometres(one, another) > _FAR_KM for one in ours for another in theirs)


def _places_in_countries(draft: Draft) -> list[Entity]:
    return [place.entity for place in draft.places if place.entity.level not in WIDE_LEVELS]


def _is_one_spot(one: Entity, other: Entity) -> bool:
    return one.name == other.name or _kilometres(one, other) <= _ONE_SPOT_KM


def _kilometres(one: Entity, other: Entity) -> float:
    """How far apart they are; 0 where that is not known."""
    points = ((one.latitude, one.longitude), (other.latitude, other.longitude))
    if one.id == other.id or None in (*points[0], *points[1]):
        return 0.0
    return kilometres(cast(Point, points[0]), cast(Point, points[1]))


def victims_agree(draft: Draft, group: Draft, setting: Setting) -> bool:
    """Whether a named victim of one is a victim of the other, or one names none."""
    ours, theirs = _named_victims(draft, setting), _named_victims(group, setting)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _named_victims(draft: Draft, setting: Setting) -> set[str]:
    found = (setting.entity_of(token) for mention in draft.mentions for token in mention.roles.undergoers)
    return {entity.id for entity in found if entity is not None and entity.type == "person"}


def likeness(draft: Draft, group: Draft, setting: Setting) -> int:
    """How much the two have in common: people, places, days, and standing near each other."""
    same_people = len(_participants(draft, setting) & _participants(group, setting))
    same_places = {place.entity.id for place in draft.places} & {place.entity.id for place in group.places}
    same_days = {day.time.value for day in draft.days} & {day.time.value for day in group.days}
    near = group.sentences[0] - draft.sentences[-1] <= 1
    return 3 * min(2, same_people) + 2 * bool(same_places) + bool(same_days) + near


def _participants(draft: Draft, setting: Setting) -> set[str]:
    return {
        _key(token, setting)
        for mention in draft.mentions
        for token in (*mention.roles.doers, *mention.roles.undergoers)
    }


def _key(token: Token, setting: Setting) -> str:
    """What the same participant has in common in two tellings: the entity, else the noun."""
    entity = setting.entity_of(token)
    return entity.id if entity is not None else token.lemma_.lower()
