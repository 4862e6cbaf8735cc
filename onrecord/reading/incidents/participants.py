"""An incident's perpetrators, targets and weapons, as phrases of the text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.articles.article import TextSpan
from onrecord.reading.casualties.people import are_people, known_people
from onrecord.reading.document import text_span
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.drafts import LEAD, Draft
from onrecord.reading.incidents.fillers import PERPETRATORS, SLOTS, TARGETS, WEAPON, Arm, Candidate, Roles
from onrecord.reading.incidents.mentions import EventMention
from onrecord.reading.incidents.merging import takes_up
from onrecord.reading.incidents.phrases import Phrase, phrase_of
from onrecord.reading.incidents.recipients import recipients_of
from onrecord.reading.incidents.reference import is_own_account, referent, speaking_owner
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import (
    any_lemma_in,
    event_word,
    hedge,
    is_actor,
    lemmas,
    target_kind,
    weapon_mode,
)
from onrecord.reading.names.actors import is_agency, is_monitor
from onrecord.reading.schema import Blame, Entity, Perpetrator, Target, TargetKind
from onrecord.reading.syntax import obliques

# From these likelihoods on somebody is taken to have had part, by slot: set where the score on held-back training
# articles is best.
_ENOUGH = {"individual": 0.2, "organisation": 0.21, "person": 0.23, "thing": 0.19, "weapon": 0.21}
_CARRIERS = frozenset({"aerial", "drone"})
_OWNERS = frozenset({"nationality", "organisation", "person", "place"})
_BEFORE = frozenset({"amod", "compound", "nmod:poss"})


@dataclass(frozen=True, slots=True)
class Least:
    """From which likelihood on somebody or something is taken to have had part, by slot."""

    given: Mapping[str, float]
    added: Mapping[str, float]

    def allows(self, slot: str, given: bool, chance: float) -> bool:
        """Whether that likelihood is enough for what the parse gives, or does not give."""
        return chance >= (self.given if given else self.added)[slot]


def least_of(sureness: float) -> Least:
    """Of a happening that is itself doubtful (`sureness` below 1) only those who are the surer."""
    enough = {slot: least / sureness for slot, least in _ENOUGH.items()}
    return Least(enough, enough)


LEAST_ELSEWHERE = Least(dict.fromkeys(SLOTS, 0.0), dict.fromkeys(SLOTS, math.inf))
"""For conflicts that the weights do not know: all that the parse gives, and nothing else."""


@dataclass(frozen=True, slots=True)
class Given:
    """Who the parse says did it, with the blame, and whom or what it was done to."""

    doing: dict[Phrase, Blame]
    undergoing: list[Phrase]


def given_by_parse(draft: Draft, setting: Setting) -> Given:
    """What the parse makes of the phrases by the words that tell a happening."""
    return Given(_doing_by_parse(draft, setting), _undergoing_by_parse(draft, setting))


def roles_of_tokens(given: Sequence[Given], drafts: Sequence[Draft]) -> Roles:
    """What the parse makes of the heads of phrases, in which draft."""
    found: dict[int, set[tuple[str, int]]] = {}
    for number, (draft, each) in enumerate(zip(drafts, given, strict=True)):
        blamed = {token.i for token, _ in draft.blamed}
        for phrase in each.doing:
            found.setdefault(phrase.head.i, set()).add(("blamed" if phrase.head.i in blamed else "doer", number))
        for phrase in each.undergoing:
            found.setdefault(phrase.head.i, set()).add(("undergoer", number))
    return {at: frozenset(roles) for at, roles in found.items()}


def perpetrators_of(
    given: Given, candidates: Sequence[Candidate], least: Least, setting: Setting
) -> tuple[Perpetrator, ...]:
    """All who are named as having done it, each once, the group and the organisation that it is of apart."""
    blames = {phrase.key: blame for phrase, blame in given.doing.items()}
    phrases = _likely(list(given.doing), candidates, PERPETRATORS, least)
    return tuple(_perpetrator(phrase, blames.get(phrase.key, "stated"), setting) for phrase in _each_once(phrases))


def targets_of(given: Given, candidates: Sequence[Candidate], least: Least, type_: str) -> tuple[Target, ...]:
    """All whom or what it was done to, each once."""
    phrases = _each_once(_likely(given.undergoing, candidates, TARGETS, least))
    return tuple(_target(phrase, kind) for phrase in phrases if (kind := _kind(phrase, type_)) is not None)


def weapons_of(arms: Sequence[Arm], least: Least) -> tuple[TextSpan, ...]:
    """What it was done with; where no weapon is told, the word for the way of fighting ("clashes"), if there is one."""
    return tuple(text_span(arm.span) for arm in arms if least.allows(WEAPON, arm.given, arm.chance))


def parsed_weapons(draft: Draft) -> tuple[TextSpan, ...]:
    """The weapons that hang on the words that tell a happening, each once."""
    found = {lemmas(weapon.root)[0]: text_span(weapon) for weapon in reversed(draft.weapons)}
    return tuple(sorted(found.values(), key=lambda span: span.start))


def _likely(given: list[Phrase], candidates: Sequence[Candidate], slots: Sequence[str], least: Least) -> list[Phrase]:
    """What the parse gives without what is seldom one, and what else stands near enough."""
    weighed = {candidate.phrase.key for candidate in candidates if candidate.slot in slots and not _fights(candidate)}
    found = [phrase for phrase in given if phrase.key not in weighed]
    for candidate in candidates:
        if candidate.slot in slots and least.allows(candidate.slot, candidate.is_given, candidate.chance):
            found.append(candidate.phrase)
    return sorted({phrase.key: phrase for phrase in found}.values(), key=lambda phrase: phrase.head.i)


def _fights(candidate: Candidate) -> bool:
    """Whether it is a noun for fighters, to whom the parse says it was done: the weights are learned from a key that
    leaves out what fighters suffer.
    """
    kind = known_people(candidate.phrase.head) if candidate.phrase.entity is None else None
    return "undergoer" in candidate.given and kind is not None and kind.status == "combatant"


def _doing_by_parse(draft: Draft, setting: Setting) -> dict[Phrase, Blame]:
    harmed = _harmed(draft, setting)
    leading = _doing(_leading(draft), setting, harmed)
    doing = leading or next(filter(None, (_doing([each], setting, harmed) for each in draft.mentions)), {})
    told = {token.i for mention in draft.mentions for token in mention.roles.doers}
    for token, blame in draft.blamed:
        phrases = _acting(token, draft.type, setting, harmed)
        doing |= {phrase: blame for phrase in phrases if phrase not in doing or token.i in told}
    return doing


def _undergoing_by_parse(draft: Draft, setting: Setting) -> list[Phrase]:
    doers = {token.i for mention in draft.mentions for token in mention.roles.doers}
    heads = [token for mention in draft.mentions for token in _undergoers(mention, setting) if token.i not in doers]
    heads = [each for head in heads for each in _by_name(head, setting)]
    found = [head for head in dict.fromkeys(_referents(heads, setting)) if head.i not in doers]
    phrases = [phrase_of(head, setting) for head in found]
    return [phrase for phrase in phrases if _kind(phrase, draft.type) is not None]


def _undergoers(mention: EventMention, setting: Setting) -> Sequence[Token]:
    return mention.roles.undergoers if mention.type == "ASSAULT" else recipients_of(mention, setting)


def _leading(draft: Draft) -> list[EventMention]:
    """The tellings that are surely of it: the first ones, and those that take it up ("the attack")."""
    near = draft.mentions[0].sentence + LEAD
    return [mention for mention in draft.mentions if mention.sentence <= near or takes_up(mention.trigger)]


def _doing(mentions: Iterable[EventMention], setting: Setting, harmed: set[str]) -> dict[Phrase, Blame]:
    found: dict[Phrase, Blame] = {}
    for mention in mentions:
        sources = _sources_of(mention, setting) if mention.type == "ASSAULT" else set()
        for token in mention.roles.doers:
            if token.i in sources and token.i > mention.trigger.i:
                continue  # "wounding two, the mayor said", misread
            blame = "claimed" if mention.blame == "stated" and _is_claimed(token, mention, setting) else mention.blame
            for phrase in _acting(token, mention.type, setting, harmed):
                if mention.type != "ASSAULT" or blame == "claimed" or not _is_scene(phrase, setting):
                    found.setdefault(phrase, blame)
    return found


def _is_scene(phrase: Phrase, setting: Setting) -> bool:
    """Whether it is a place smaller than a country: "the attack on Homs that killed nine", misread."""
    entity = setting.entities.get(phrase.entity or "")
    is_place = phrase.mention is not None and phrase.mention.type in {"place", "facility"}
    return is_place and entity is not None and entity.level != "country"


def _sources_of(mention: EventMention, setting: Setting) -> set[int]:
    """The tokens for whose word it is; who tells a deed is none of its doers, but where he says so of himself."""
    trigger = text_span(mention.trigger)
    statement = setting.attribution_over(trigger.start, trigger.end)
    spans = statement.source if statement is not None else ()
    return {token.i for span in spans for token in setting.tokens_at(span.start, span.end)}


def _is_claimed(token: Token, mention: EventMention, setting: Setting) -> bool:
    return mention.type == "ASSAULT" and is_own_account(token, setting)


def _acting(token: Token, type_: str, setting: Setting, harmed: set[str]) -> Iterator[Phrase]:
    """Who acts by a token of a clause: the phrase that it stands for, and the organisation of it."""
    for head in _referents([token], setting):
        owner = speaking_owner(head)
        for each in _with_organisation(head, setting) if owner is None else [owner]:
            phrase = phrase_of(each, setting)
            if phrase.entity not in harmed and _can_act(phrase, type_, setting.entities.get(phrase.entity or "")):
                yield phrase


def _harmed(draft: Draft, setting: Setting) -> set[str]:
    """The organisations whose people it was done to: no doers of it, even where they fight."""
    near = draft.mentions[0].sentence + LEAD
    heads = (token for each in draft.mentions if each.sentence <= near for token in each.roles.undergoers)
    named = (setting.mention_of(each) for head in heads for each in _with_organisation(head, setting))
    return {mention.entity for mention in named if mention is not None and mention.type == "organisation"}


def _referents(tokens: Iterable[Token], setting: Setting) -> list[Token]:
    aside = setting.time_tokens | setting.dateline_tokens
    found = (referent(token, setting) for token in tokens if token.i not in aside)
    return [token for token in found if token is not None]


def _by_name(head: Token, setting: Setting) -> list[Token]:
    """Those whom a noun is of, where they are named after it: "the priests John Smith, Juan Perez and Jose Gomez"."""
    named = [found for found in head.subtree if found.i > head.i and found.dep_ in {"appos", "conj", "flat"}]
    persons = [found for found in named if found.dep_ != "flat" and setting.type_at(found) == "person"]
    return persons if persons and any(found.dep_ == "appos" for found in persons) else [head]


def _each_once(phrases: list[Phrase]) -> list[Phrase]:
    """Each of them by its first phrase; what only takes up another one is left out."""
    named = any(phrase.entity for phrase in phrases)
    found: dict[str, Phrase] = {}
    for phrase in phrases:
        if phrase.is_anaphoric and len(phrases) > 1 and (named or _is_taken_up(phrase, phrases)):
            continue
        found.setdefault(phrase.key, phrase)
    return list(found.values())


def _is_taken_up(phrase: Phrase, phrases: list[Phrase]) -> bool:
    return any(other.head.i != phrase.head.i and not other.is_anaphoric for other in phrases)


def _with_organisation(head: Token, setting: Setting) -> list[Token]:
    """The phrase's head, and the organisation that it is a part of: "members", "FMLN" of "members of the FMLN"."""
    own = setting.mention_of(head)
    if own is not None and own.type in {"organisation", "person"}:
        return [head]
    inner = [found for found in head.children if found.dep_ in {"compound", "amod", "nmod:poss", "appos", "nmod"}]
    inner = [found for found in inner if not obliques(head) or found not in obliques(head)] + obliques(
        head, "of", "from"
    )
    named = [found for found in inner if setting.type_at(found) == "organisation" and not is_actor(found)]
    return [head, *named]


def span_of_doer(phrase: Phrase, setting: Setting) -> TextSpan:
    """The phrase without the organisation before its head, which is named apart."""
    if phrase.entity is not None:
        return phrase.span
    named = [
        found for found in phrase.head.children if found.i < phrase.head.i and setting.type_at(found) == "organisation"
    ]
    if not named or is_actor(named[-1]):
        return phrase.span
    end = setting.mention_at[named[-1].i].end
    words = setting.tokens_at(phrase.span.start, phrase.span.end)
    start = next((word.idx for word in words if word.idx >= end and not _is_mark(word)), phrase.head.idx)
    return TextSpan(start, phrase.span.end, setting.text[start : phrase.span.end])


def _is_mark(word: Token) -> bool:
    """Whether it only joins a name with what follows: "'s", a hyphen, a quotation mark."""
    return word.is_punct or word.dep_ in {"case", "punct"}


def _perpetrator(phrase: Phrase, blame: Blame, setting: Setting) -> Perpetrator:
    for modifier in phrase.head.children:
        weakened = hedge(modifier.lower_, "mod") if modifier.dep_ == "amod" else None
        if weakened is not None and weakened.blame is not None:
            blame = weakened.blame
    span = span_of_doer(phrase, setting)
    return Perpetrator(span.start, span.end, span.text, phrase.entity, blame)


def _can_act(phrase: Phrase, type_: str, entity: Entity | None) -> bool:
    head = phrase.head
    if head.pos_ in {"PRON", "DET", "NUM"} or _is_deed(phrase):
        return False
    mode = next((mode for lemma in lemmas(head) if (mode := weapon_mode(lemma)) is not None), None)
    if mode == "drone" and not _is_owned(head):
        return False
    is_platform = phrase.mention is not None and phrase.mention.type == "platform"
    if is_platform and any_lemma_in(head, incident_words("goes-off")):
        return False
    if phrase.mention is not None:
        return phrase.mention.type != "weapon" and not (is_agency(entity) or is_monitor(entity))
    if mode is not None and mode not in _CARRIERS and known_people(head) is None:
        return False
    if any_lemma_in(head, incident_words("anybody")) and type_ != "PROTEST":  # "people were killed" is easily misread
        return any(found.dep_ == "amod" for found in head.children) or head.dep_ == "obl:agent"
    if type_ != "ASSAULT" and head.pos_ == "NOUN":
        return is_actor(head) or target_kind(head) in {"person", "organisation"} or known_people(head) is not None
    return is_actor(head) or (head.pos_ == "PROPN" and head.tag_ != "NN" and head.is_title)


def _is_owned(thing: Token) -> bool:
    """Whether it is told whose it is: "Israeli drone", "army drones"."""
    return any(found.ent_type_ in _OWNERS or (found.dep_ in _BEFORE and is_actor(found)) for found in thing.children)


def _is_deed(phrase: Phrase) -> bool:
    """Whether it is what was done rather than who did it: "Airstrike" of "Airstrike on school kills 33"."""
    is_named = phrase.mention is not None and phrase.mention.type in {"organisation", "person", "place"}
    word = event_word(phrase.head) if phrase.head.pos_ in {"NOUN", "PROPN"} and not is_named else None
    return word is not None and word.roles != "doer" and not is_actor(phrase.head)


def _target(phrase: Phrase, kind: TargetKind) -> Target:
    span = phrase.span
    return Target(span.start, span.end, span.text, phrase.entity, kind)


def _kind(phrase: Phrase, type_: str) -> TargetKind | None:
    head = phrase.head
    if head.pos_ in {"PRON", "DET", "NUM"}:
        return None
    if phrase.mention is not None:
        named: dict[str, TargetKind] = {
            "person": "person",
            "nationality": "person",
            "organisation": "organisation",
            "facility": "facility",
            "platform": "vehicle",
        }
        found = "person" if are_people(head) else named.get(phrase.mention.type)
    else:
        found = None if event_word(head) is not None and head.pos_ == "NOUN" else target_kind(head)
    return found or (None if type_ == "ASSAULT" else "organisation")
