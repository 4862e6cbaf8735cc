"""Which tellings within an article are of one happening.

First what one sentence tells of one happening ("an attack by rebels killed two"), then across sentences: tellings join
unless they disagree in type, means, day, place or victims, or the text says that it is another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from spacy.tokens import Span, Token

from onrecord.reading.casualties.cues import is_recalled
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.manner import MEANS, is_spoil, is_support, narrowest_mode
from onrecord.reading.incidents.mentions import EventMention
from onrecord.reading.incidents.reference import referent
from onrecord.reading.incidents.setting import Day, PlaceMention, Setting, reaches
from onrecord.reading.incidents.words import any_lemma_in, lemmas, light_role
from onrecord.reading.names.word_names import is_demonym
from onrecord.reading.places.distance import Point, kilometres
from onrecord.reading.places.nouns import place_nouns
from onrecord.reading.schema import Blame, Entity
from onrecord.reading.syntax import ancestors, children

_TOGETHER = (
    frozenset({"suicide-attack", "explosives"}),
    frozenset({"drone", "aerial"}),
    frozenset({"aerial", "heavy-weapons"}),
    frozenset({"aerial", "explosives"}),
    frozenset({"suicide-attack", "firearms"}),
    frozenset({"firearms", "heavy-weapons"}),
    frozenset({"aerial", "unconventional"}),
    frozenset({"explosives", "primitive"}),
)
_LANDS = frozenset({"place", "nationality", "organisation"})
_PARTIES = frozenset({"organisation", "nationality", "person"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
LEAD = 2  # sentences that are nearer to what happened than what is added later
_AFTER = frozenset({"after", "before"})
_SAME_DAY = frozenset({"minute", "hour"})
_SPELLS = _SAME_DAY | {"day", "week", "month"}
_DEATHS_LATER = frozenset({"die", "succumb"})
_CLAUSE_BREAKS = frozenset({"ccomp", "parataxis"})
_SPOTS = frozenset({"settlement", "facility"})
_ONE_SPOT_KM = 25.0  # a city with its suburbs


@dataclass(slots=True)
class Draft:
    """An incident in the making: its tellings, and what stands with them."""

    setting: Setting
    mentions: list[EventMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    near_days: list[Day] = field(default_factory=list)
    """Days in its sentences that hang on other words, often on "said"."""
    weapons: list[Span] = field(default_factory=list)
    blamed: list[tuple[Token, Blame]] = field(default_factory=list)
    """Who is blamed for it in other words than those that tell it."""
    is_another: bool = False
    """Whether the text says that it is another one than what was told before."""

    @property
    def type(self) -> str:
        """The type of its leading telling."""
        return self.mentions[0].type

    @property
    def mode(self) -> str | None:
        """The means where one is told, else the aim."""
        first = self.mentions[0].sentence
        fought = any(mention.mutual for mention in self.mentions)
        told = [mention for mention in self.mentions if not (fought and is_support(mention.trigger))]
        early = [mention.mode for mention in told if mention.sentence <= first + LEAD]
        modes = [(self.setting.numbers[span.start], self.setting.modes[span.start]) for span in self.weapons]
        early += [mode for sentence, mode in modes if sentence <= first + LEAD]
        late = [mention.mode for mention in told] + [mode for _, mode in modes]
        return narrowest_mode(early) if set(early) & set(MEANS) else narrowest_mode([*early, *late])

    @property
    def sentences(self) -> list[int]:
        """The numbers of the sentences that tell it, in order."""
        return sorted({mention.sentence for mention in self.mentions})

    def absorb(self, other: Draft) -> None:
        """Take another draft in."""
        self.mentions += other.mentions
        self.places += other.places
        self.days += other.days
        self.near_days += other.near_days
        self.weapons += other.weapons


def drafts_of(mentions: Iterable[EventMention], setting: Setting) -> list[Draft]:
    """The article's happenings, each with all its tellings, in order of their first one."""
    drafts: list[Draft] = []
    for group in _by_sentence(mentions, setting):
        group.is_another = _is_another(group)
        if _is_told_after(group.mentions[0].trigger, _SAME_DAY):
            group.near_days += next((draft.days for draft in drafts if draft.days and draft.type == group.type), [])
        partner = _partner(group, drafts, setting)
        if partner is not None:
            partner.absorb(group)
        elif not all(mention.generic for mention in group.mentions):
            drafts.append(group)
    return drafts


def _by_sentence(mentions: Iterable[EventMention], setting: Setting) -> list[Draft]:
    by_sentence: dict[int, list[EventMention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    return [draft for number, told in by_sentence.items() for draft in _within_sentence(told, number, setting)]


def _within_sentence(told: list[EventMention], number: int, setting: Setting) -> list[Draft]:
    drafts: list[Draft] = []
    of_trigger: dict[int, Draft] = {}
    for mention in sorted(told, key=lambda each: each.depth):
        above = _linked_above(mention, of_trigger)
        if above is not None and _one_kind(above.mentions[0], mention):
            above.mentions.append(mention)
            of_trigger[mention.trigger.i] = above
        else:
            of_trigger[mention.trigger.i] = Draft(setting, [mention])
            drafts.append(of_trigger[mention.trigger.i])
        carrier = _carrier(mention.trigger)
        if carrier is not None:
            of_trigger.setdefault(carrier.i, of_trigger[mention.trigger.i])
    _share_out(drafts, of_trigger, number, setting)
    return sorted(drafts, key=lambda draft: draft.mentions[0].trigger.i)


def _carrier(trigger: Token) -> Token | None:
    """The verb that says of a noun that it happened, and with what around it: "began" of "fighting began near Homs"."""
    verb = trigger.head
    if verb.pos_ != "VERB" or children(verb, "ccomp"):
        return None
    carried = trigger.dep_ in {"nsubj", "nsubj:pass", "obj"} or light_role(verb, trigger) is not None
    return verb if carried else None


def _linked_above(mention: EventMention, of_trigger: dict[int, Draft]) -> Draft | None:
    """The draft of a trigger above within the same clause chain."""
    token = mention.trigger
    for above in ancestors(token):
        if token.dep_ in _CLAUSE_BREAKS or (token.dep_ == "conj" and children(token, "nsubj", "nsubj:pass")):
            return None
        if above.i in of_trigger:
            return of_trigger[above.i]
        token = above
    return None


def _one_kind(one: EventMention, other: EventMention) -> bool:
    if one.type != other.type:
        return False
    return _modes_agree(one.mode, other.mode)


def _modes_agree(one: str | None, other: str | None) -> bool:
    if one == other or not one or not other:
        return "abduct" not in (one, other) or one == other
    if "abduct" in (one, other):
        return False
    if one not in MEANS or other not in MEANS:
        return True
    return frozenset({one, other}) in _TOGETHER


def _share_out(drafts: list[Draft], of_trigger: dict[int, Draft], number: int, setting: Setting) -> None:
    """Give each draft of a sentence the places, days and weapons that hang on its words."""
    triggers = set(of_trigger)
    for place in setting.places.get(number, ()):
        for draft in _owners(place.token, triggers, of_trigger, drafts):
            draft.places.append(place)
    for day in setting.days.get(number, ()):
        for draft in _owners(day.token, triggers, of_trigger, drafts):
            if reaches(day.token, triggers) is not None:
                draft.days.append(day)
            elif day.range.start == day.range.end:
                draft.near_days.append(day)
    for weapon in setting.weapons.get(number, ()):
        for draft in _weapon_owners(weapon, triggers, of_trigger, drafts):
            draft.weapons.append(weapon)


def _owners(token: Token, triggers: set[int], of_trigger: dict[int, Draft], drafts: list[Draft]) -> list[Draft]:
    at = reaches(token, triggers)
    return [of_trigger[at]] if at is not None else drafts


def _weapon_owners(weapon: Span, triggers: set[int], of_trigger: dict[int, Draft], drafts: list[Draft]) -> list[Draft]:
    if is_spoil(weapon.root):
        return []
    at = reaches(weapon.root, triggers)
    armed = [draft for draft in drafts if draft.type == "ASSAULT" or draft.mode == "violence"]
    if at is None:
        below = [draft for draft in armed if weapon.root.is_ancestor(draft.mentions[0].trigger)]
        return below[:1] or (armed if len(armed) == 1 else [])
    return [of_trigger[at]] if of_trigger[at] in armed else []


def _partner(group: Draft, drafts: list[Draft], setting: Setting) -> Draft | None:
    """The earlier happening that a sentence's telling is of, or None where it is a new one."""
    if group.is_another:
        return None
    fitting = [draft for draft in drafts if _fits(draft, group, setting)]
    if not fitting:
        return None
    return max(fitting, key=lambda draft: (_likeness(draft, group, setting), draft.sentences[-1]))


def _is_another(group: Draft) -> bool:
    first = group.mentions[0].trigger
    if any(is_recalled(mention.trigger) for mention in group.mentions):
        return True
    near = [found for found in first.children if found.dep_ in {"det", "amod", "advmod"}]
    return any(found.lower_ in incident_words("another") for found in near) or _is_told_after(first, _SPELLS)


def _is_told_after(trigger: Token, spells: frozenset[str]) -> bool:
    """Whether the sentence opens by the time since what was told before: "Hours after the attack, a bomb went off"."""
    if lemmas(trigger)[0] in _DEATHS_LATER:
        return False
    opening = [found for found in children(trigger, "obl", "advmod") if found.i < trigger.i]
    since = [*opening, *(inner for found in opening for inner in children(found, "nmod", "obl"))]
    return any(
        case.lower_ in _AFTER and case.i > 0 and any_lemma_in(case.nbor(-1), spells)
        for found in since
        if takes_up(found)
        for case in children(found, "case")
    )


def _fits(draft: Draft, group: Draft, setting: Setting) -> bool:
    if draft.type != group.type or not _modes_agree(draft.mode, group.mode):
        return False
    if not _days_agree(draft, group) or not _places_agree(draft, group):
        return False
    if draft.type != "ASSAULT" or draft.mode == "abduct":
        return (
            _likeness(draft, group, setting) > 0 or group.mentions[0].trigger.lemma_ == draft.mentions[0].trigger.lemma_
        )
    if _is_other_fight(draft, group, setting):
        return False
    if not _victims_agree(draft, group, setting) or not _named_doers_agree(draft, group, setting):
        return False
    if not _countries_of_doers_agree(draft, group, setting):
        return False
    return takes_up(group.mentions[0].trigger) or _is_bare(group, setting) or _likeness(draft, group, setting) > 0


def _is_other_fight(draft: Draft, group: Draft, setting: Setting) -> bool:
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


def takes_up(trigger: Token) -> bool:
    """Whether a noun speaks of what was told before: "the attack"."""
    return trigger.pos_ == "NOUN" and any(found.lower_ in DEFINITE for found in trigger.children)


def _is_bare(group: Draft, setting: Setting) -> bool:
    """Whether nothing is said by which it could be another one."""
    return not group.days and not _spots(group) and not _named(group, setting)


def _named_doers_agree(draft: Draft, group: Draft, setting: Setting) -> bool:
    ours, theirs = _named_doers(draft.mentions, setting), _named_doers(group.mentions[:1], setting)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _countries_of_doers_agree(draft: Draft, group: Draft, setting: Setting) -> bool:
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


def _named(draft: Draft, setting: Setting) -> set[str]:
    found = (
        setting.entity_of(token)
        for mention in draft.mentions
        for token in (*mention.roles.doers, *mention.roles.undergoers)
    )
    return {entity.id for entity in found if entity is not None}


def _days_agree(draft: Draft, group: Draft) -> bool:
    if not draft.days or not group.days:
        return True
    return any(
        one.range.start <= other.range.end and other.range.start <= one.range.end
        for one in draft.days
        for other in group.days
    )


def can_be_one(draft: Draft, other: Draft) -> bool:
    """Whether nothing that two tellings say of means, day and place keeps them from being of one happening."""
    means_agree = draft.type == other.type and _modes_agree(draft.mode, other.mode)
    return means_agree and not other.is_another and _days_agree(draft, other) and _places_agree(draft, other)


def lie_apart(draft: Draft, group: Draft) -> bool:
    """Whether two tellings name different quarters of a town."""
    quarters, others = _quarters(draft), _quarters(group)
    return bool(quarters and others) and quarters.isdisjoint(others)


def _places_agree(draft: Draft, group: Draft) -> bool:
    if lie_apart(draft, group):
        return False
    ours, theirs = _spots(draft), _spots(group)
    return not ours or not theirs or any(_is_one_spot(one, other) for one in ours for other in theirs)


def _quarters(draft: Draft) -> set[str]:
    """The places that are called parts of a town: "the Midan quarter"."""
    ends = ((place, place.token.i + 1) for place in draft.places)
    return {place.entity.id for place, end in ends if end < len(place.token.doc) and _is_quarter(place.token.doc[end])}


def _is_quarter(after: Token) -> bool:
    return after.lower_ in place_nouns("quarter")


def _spots(draft: Draft) -> list[Entity]:
    return [
        place.entity for place in draft.places if place.entity.level in _SPOTS and place.entity.latitude is not None
    ]


def _is_one_spot(one: Entity, other: Entity) -> bool:
    if one.id == other.id or one.name == other.name:
        return True
    points = ((one.latitude, one.longitude), (other.latitude, other.longitude))
    if None in (*points[0], *points[1]):
        return True
    return kilometres(cast(Point, points[0]), cast(Point, points[1])) <= _ONE_SPOT_KM


def _victims_agree(draft: Draft, group: Draft, setting: Setting) -> bool:
    ours, theirs = _named_victims(draft, setting), _named_victims(group, setting)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _named_victims(draft: Draft, setting: Setting) -> set[str]:
    found = (setting.entity_of(token) for mention in draft.mentions for token in mention.roles.undergoers)
    return {entity.id for entity in found if entity is not None and entity.type == "person"}


def _likeness(draft: Draft, group: Draft, setting: Setting) -> int:
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
