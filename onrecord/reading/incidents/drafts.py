"""Incidents in the making: what one sentence tells of one happening ("an attack by rebels killed two")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.manner import MEANS, is_spoil, is_support, narrowest_mode
from onrecord.reading.incidents.mentions import EventMention
from onrecord.reading.incidents.setting import Day, PlaceMention, Setting, reaches
from onrecord.reading.incidents.words import any_lemma_in, is_actor, light_role
from onrecord.reading.schema import Blame
from onrecord.reading.syntax import ancestors, children, is_passive, prepositions

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
"""Means that one happening may be told with."""
LEAD = 2  # sentences that are nearer to what happened than what is added later
_NEAR_IN_CLAUSE = frozenset({"conj", "xcomp", "obj", "obl", "nmod", "nsubj", "nsubj:pass"})
_CLAUSE_BREAKS = frozenset({"ccomp", "parataxis"})
_ACTING_NAMES = frozenset({"organisation", "person", "place", "nationality"})


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


def drafts_by_sentence(mentions: Iterable[EventMention], setting: Setting) -> list[Draft]:
    """What each sentence tells, in order: tellings that hang together are of one happening."""
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
    if is_followed(token):
        return None
    for above in ancestors(token):
        if token.dep_ in _CLAUSE_BREAKS or (token.dep_ == "conj" and children(token, "nsubj", "nsubj:pass")):
            return None
        if above.i in of_trigger:
            return of_trigger[above.i]
        token = above
    return None


def is_followed(trigger: Token) -> bool:
    """Whether another deed is said to follow on this one: "the raids came after twelve soldiers were killed"."""
    for token in (trigger, *ancestors(trigger)):
        if token.dep_ == "nmod" and any_lemma_in(token.head, incident_words("answering")):
            return True
        if any(found.lower_ == "after" for found in children(token, "mark", "case")):
            if token.dep_ == "acl" and is_spell(token.head) and children(token, "nsubj", "nsubj:pass"):
                return not any_lemma_in(token.head.head, incident_words("dying-later"))
            return any_lemma_in(token.head, incident_words("following")) or _has_own_doers(token)
        if _is_beside_news(token):
            return True
        if token.dep_ not in _NEAR_IN_CLAUSE:
            return False
    return False


def _has_own_doers(clause: Token) -> bool:
    """Whether a clause on what came before tells another deed: "the army shelled the town after rebels attacked it".

    Of "five were killed after a bomb exploded" both tell one.
    """
    above = clause.head
    if not children(clause, "nsubj", "nsubj:pass") or any_lemma_in(above, incident_words("dying-later")):
        return False
    if any(is_spell(found) for found in children(clause, "advmod", "obl", "obl:npmod", "obl:unmarked")):
        return True  # "hours after a sniper shot a man"
    return not is_passive(above) and any(_acts(found) for found in children(above, "nsubj"))


def _acts(noun: Token) -> bool:
    return is_actor(noun) or noun.pos_ == "PRON" or noun.ent_type_ in _ACTING_NAMES


def _is_beside_news(clause: Token) -> bool:
    """Whether it tells what happened at an earlier time: "the deadliest attack since May, when nine died in a raid"."""
    if not any(found.lower_ == "when" for found in children(clause, "advmod")):
        return False
    return any(found.i < clause.i and "since" in prepositions(found) for found in clause.head.children)


def _one_kind(one: EventMention, other: EventMention) -> bool:
    if one.type != other.type:
        return False
    return modes_agree(one.mode, other.mode)


def modes_agree(one: str | None, other: str | None) -> bool:
    """Whether one happening may be told by both modes."""
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


def is_spell(token: Token) -> bool:
    """Whether it is a spell of time: "hours after"."""
    return any_lemma_in(token, incident_words("spell"))
