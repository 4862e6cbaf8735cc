"""Which tellings within an article are of one happening.

First what one sentence tells of one happening ("an attack by rebels killed two"), then across sentences: tellings join
unless they disagree in type, means, day, place or victims, or the text says that it is another one.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.reading.casualties.cues import is_recalled
from onrecord.reading.incidents.agreement import (
    countries_of_doers_agree,
    days_agree,
    is_done_to_its_doers,
    is_other_fight,
    likeness,
    named_doers_agree,
    named_in,
    places_agree,
    spots_of,
    victims_agree,
)
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.drafts import (
    Draft,
    drafts_by_sentence,
    is_followed,
    modes_agree,
)
from onrecord.reading.incidents.mentions import EventMention
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import any_lemma_in, lemmas
from onrecord.reading.syntax import children

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_AFTER = frozenset({"after", "before"})


def drafts_of(mentions: Iterable[EventMention], setting: Setting) -> list[Draft]:
    """The article's happenings, each with all its tellings, in order of their first one."""
    drafts: list[Draft] = []
    for group in drafts_by_sentence(mentions, setting):
        group.is_another = _is_another(group)
        if _is_told_after(group.mentions[0].trigger, incident_words("within-day")):
            group.near_days += next((draft.days for draft in drafts if draft.days and draft.type == group.type), [])
        partner = _partner(group, drafts, setting)
        if partner is not None:
            partner.absorb(group)
        elif not all(mention.generic for mention in group.mentions):
            drafts.append(group)
    return drafts


def _partner(group: Draft, drafts: list[Draft], setting: Setting) -> Draft | None:
    """The earlier happening that a sentence's telling is of, or None where it is a new one."""
    if group.is_another:
        return None
    fitting = [draft for draft in drafts if _fits(draft, group, setting)]
    if not fitting:
        return None
    if _is_bare(group, setting) and not takes_up(group.mentions[0].trigger):
        return max(fitting, key=lambda draft: (draft.sentences[-1], likeness(draft, group, setting)))
    return max(fitting, key=lambda draft: (likeness(draft, group, setting), draft.sentences[-1]))


def _is_another(group: Draft) -> bool:
    first = group.mentions[0].trigger
    if any(is_recalled(mention.trigger) or is_followed(mention.trigger) for mention in group.mentions):
        return True
    near = [found for found in first.children if found.dep_ in {"det", "amod", "advmod"}]
    is_other = any(found.lower_ in incident_words("another") for found in near)
    return is_other or _is_told_after(first, incident_words("spell"))


def _is_told_after(trigger: Token, spells: frozenset[str]) -> bool:
    """Whether the sentence opens by the time since what was told before: "Hours after the attack, a bomb went off"."""
    if lemmas(trigger)[0] in incident_words("dying-later"):
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
    if draft.type != group.type or not modes_agree(draft.mode, group.mode):
        return False
    if not days_agree(draft, group) or not places_agree(draft, group):
        return False
    if draft.type != "ASSAULT" or draft.mode == "abduct":
        return (
            likeness(draft, group, setting) > 0 or group.mentions[0].trigger.lemma_ == draft.mentions[0].trigger.lemma_
        )
    if is_other_fight(draft, group, setting):
        return False
    if is_done_to_its_doers(draft, group):
        return False
    if not victims_agree(draft, group, setting) or not named_doers_agree(draft, group, setting):
        return False
    if not countries_of_doers_agree(draft, group, setting):
        return False
    return takes_up(group.mentions[0].trigger) or _is_bare(group, setting) or likeness(draft, group, setting) > 0


def takes_up(trigger: Token) -> bool:
    """Whether a noun speaks of what was told before: "the attack"."""
    return trigger.pos_ == "NOUN" and any(found.lower_ in DEFINITE for found in trigger.children)


def _is_bare(group: Draft, setting: Setting) -> bool:
    """Whether nothing is said by which it could be another one."""
    return not group.days and not spots_of(group) and not named_in(group, setting)
