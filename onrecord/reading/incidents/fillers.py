"""How likely somebody or something had part in a happening: as who did it, whom or what it was done to, or its weapon.

A logistic model over where all phrases for the same stand in the document; its weights, trained by
`training/incidents.py`, stand in `data/incident-filler-weights.tsv`. The parse proposes most of them; the weights drop
what is seldom one and add what stands near enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Span, Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.people import are_people
from onrecord.reading.incidents.drafts import Draft
from onrecord.reading.incidents.phrases import Phrase, phrase_of
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.surroundings import Surroundings
from onrecord.reading.incidents.words import event_word, is_actor, is_means, is_part, lemmas, target_kind
from onrecord.reading.names.actors import is_agency, is_monitor
from onrecord.reading.syntax import ancestors

PERPETRATORS, TARGETS, WEAPON = ("individual", "organisation"), ("person", "thing"), "weapon"
WEIGHED = frozenset({"ASSAULT", "THREATEN", "COERCE"})
"""The types that the weights were learned from."""
SLOTS = (*PERPETRATORS, *TARGETS, WEAPON)
NEAR = 3  # sentences from one that tells the happening; of nouns without a name one less
_DOING, _SUFFERING = frozenset({"doer", "blamed"}), frozenset({"undergoer"})
_LONGEST_PATH = 4
_NOMINAL = frozenset({"NOUN", "PROPN"})
_MANY, _FAR, _TOKENS_A_STEP = 5, 6, 4
_SUREST = 50.0  # log odds
_WITHOUT_MEANS = frozenset({None, "targeted", "destroy", "firearms"})
"""Modes beside which a way of fighting says more of how it was done."""

Weights = Mapping[str, Mapping[str, float]]
Roles = Mapping[int, frozenset[tuple[str, int]]]
"""By token: what the parse makes of it ("doer", "undergoer", "blamed"), and in which draft."""


@dataclass(slots=True)
class Participant:
    """Somebody or something, with all phrases for it in the order of the text, and the slots that it may fill."""

    head: str
    slots: set[str] = field(default_factory=set)
    phrases: list[Phrase] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A participant that may fill a slot of a happening: by which phrase, what the parse makes of it, how likely."""

    slot: str
    phrase: Phrase
    head: str
    given: frozenset[str]
    features: frozenset[str]
    chance: float

    @property
    def is_given(self) -> bool:
        """Whether the parse puts it into the slot."""
        return not self.given.isdisjoint(_DOING if self.slot in PERPETRATORS else _SUFFERING)


@dataclass(frozen=True, slots=True)
class Arm:
    """A weapon of a document, and how likely a happening was done with it."""

    span: Span
    head: str
    given: bool
    features: frozenset[str]
    chance: float


class Cast:
    """All in a document who may have had part in one of its happenings; made once for its drafts.

    Where nothing is to be weighed, only those whom the parse gives, without features.
    """

    def __init__(
        self, setting: Setting, drafts: Sequence[Draft], roles: Roles, weights: Weights | None, *, is_weighing: bool
    ) -> None:
        self.setting = setting
        self.drafts = drafts
        self.roles = roles
        self.is_weighing = is_weighing
        self._weights = weights if weights is not None else filler_weights()
        self._surroundings = Surroundings(setting)
        self._modes = [draft.mode for draft in drafts]
        told = {number for draft in drafts if draft.type in WEIGHED for number in draft.sentences}
        near = {near for number in told for near in range(number - NEAR, number + NEAR + 1)}
        self.participants = self._participants(sorted(near))
        self.weapons = _weapons_by_name(setting)

    def candidates(self, number: int) -> list[Candidate]:
        """Those for the slots of a draft, by its number."""
        draft = self.drafts[number]
        found: list[Candidate] = []
        for participant in self.participants.values():
            given = frozenset(role for each in participant.phrases for role in self._roles_in(each.head, number))
            if not given and not self.is_weighing:
                continue
            distance = min(_distance(self.setting.numbers[each.head.i], draft) for each in participant.phrases)
            if given or distance < NEAR or (distance == NEAR and participant.phrases[0].entity is not None):
                found += self._of_participant(participant, given, number)
        return found

    def arms(self, number: int) -> list[Arm]:
        """The weapons for a draft, by its number; where it has none, the word for a way of fighting ("clashes")."""
        draft = self.drafts[number]
        found = [self._arm(head, spans, number) for head, spans in self.weapons.items()]
        for mention in draft.mentions:
            if is_means(mention.trigger) and all(mention.trigger.text != arm.span.text for arm in found):
                span = draft_span(mention.trigger)
                mode = self._modes[number]
                given = not draft.weapons and mode in _WITHOUT_MEANS
                features = self._features_of_means(mention.trigger, mode, given)
                found.append(Arm(span, lemmas(mention.trigger)[0], given, features, self._chance(WEAPON, features)))
        return found

    def _features_of_means(self, trigger: Token, mode: str | None, given: bool) -> frozenset[str]:
        if not self.is_weighing:
            return frozenset()
        head = lemmas(trigger)[0]
        return frozenset({"bias", "means", f"head={head}", *_of_mode(mode, "means"), f"given={given}"})

    def _participants(self, sentences: Iterable[int]) -> dict[str, Participant]:
        found: dict[str, Participant] = {}
        for number in sentences:
            if 0 <= number < len(self.setting.sentences):
                for token in self.setting.sentences[number]:
                    self._add(token, found)
        return found

    def _add(self, token: Token, found: dict[str, Participant]) -> None:
        slots = self._slots(token)
        if slots:
            phrase = phrase_of(token, self.setting)
            name = phrase.mention.type if phrase.entity is not None and phrase.mention is not None else None
            participant = found.setdefault(phrase.key, Participant(name or lemmas(token)[0]))
            participant.slots |= slots
            participant.phrases.append(phrase)

    def _slots(self, token: Token) -> set[str]:
        setting = self.setting
        if token.pos_ not in _NOMINAL or token.dep_ in {"flat", "goeswith"}:
            return set()
        if token.i in setting.time_tokens or token.i in setting.dateline_tokens:
            return set()
        own = setting.mention_at.get(token.i)
        if own is not None and (own.type == "nationality" or _is_inner(token, setting)):
            return set()
        if own is None and token.dep_ == "compound":
            return set()
        mention = setting.mention_of(token)
        if mention is None or mention.type == "nationality":
            return _slots_of_noun(token)
        entity = setting.entities.get(mention.entity)
        if mention.type == "organisation" and are_people(token):
            return {"organisation", "person"}
        if mention.type == "organisation":
            return {"thing"} if is_agency(entity) or is_monitor(entity) else {"organisation", "thing"}
        return {"person": {"individual", "person"}, "facility": {"thing"}, "platform": {"thing"}}.get(
            mention.type, set()
        )

    def _roles_in(self, token: Token, number: int) -> Iterator[str]:
        return (role for role, of in self.roles.get(token.i, ()) if of == number)

    def _of_participant(self, participant: Participant, given: frozenset[str], number: int) -> Iterator[Candidate]:
        best = self._best(participant, number)
        features = frozenset(self._features(participant, best, given, number)) if self.is_weighing else frozenset()
        for slot in sorted(participant.slots):
            yield Candidate(slot, best, participant.head, given, features, self._chance(slot, features))

    def _best(self, participant: Participant, number: int) -> Phrase:
        """The phrase that stands for it: one that the parse gives, in a sentence that tells the happening, early."""
        draft = self.drafts[number]

        def rank(phrase: Phrase) -> tuple[bool, bool, int]:
            away = self.setting.numbers[phrase.head.i] not in draft.sentences
            return away, not any(self._roles_in(phrase.head, number)), phrase.head.i

        return min(participant.phrases, key=rank)

    def _features(self, participant: Participant, best: Phrase, given: frozenset[str], number: int) -> Iterator[str]:
        draft, numbers = self.drafts[number], self.setting.numbers
        triggers = {mention.trigger.i for mention in draft.mentions}
        inside = 0
        yield "bias"
        for phrase in participant.phrases:
            yield from self._surroundings.of(phrase.head)
            for role, other in self.roles.get(phrase.head.i, ()):
                if other != number:
                    yield f"other:{role}:{self.drafts[other].type}"
            if numbers[phrase.head.i] in draft.sentences:
                inside += 1
                yield from self._surroundings.within(phrase.head)
                yield from _of_path(phrase.head, triggers)
        yield from self._surroundings.around(best.head)
        distance = _steps(_distance(numbers[best.head.i], draft))
        side = _side(numbers[best.head.i], draft)
        yield f"distance={distance}{side}"
        yield f"distance={distance} head={participant.head}"
        yield f"phrases={min(len(participant.phrases), _MANY)}"
        yield f"inside={min(inside, _MANY)}"
        yield f"first={min(numbers[participant.phrases[0].head.i], _MANY)}"
        yield f"order={min(number, _MANY)}"
        yield f"happenings={min(len(self.drafts), _FAR)}"
        yield from _of_mode(self._modes[number], participant.head)
        yield from (f"given={role}" for role in given or ("no",))
        for role in given:
            yield f"given={role} {participant.head}"
            yield f"given={role} {draft.type}-{self._modes[number]}"

    def _arm(self, head: str, spans: Sequence[Span], number: int) -> Arm:
        draft, numbers = self.drafts[number], self.setting.numbers
        triggers = {mention.trigger.i for mention in draft.mentions}
        given = any(own.start == span.start for own in draft.weapons for span in spans)
        nearest = min(spans, key=lambda span: _distance(numbers[span.start], draft))
        if not self.is_weighing:
            return Arm(nearest, head, given, frozenset(), 0.0)
        features = {"bias", f"given={given}", f"given={given} {head}", *_of_mode(self._modes[number], head)}
        features |= {f"weapons={min(len(self.weapons), _MANY)}", f"own={min(len(draft.weapons), NEAR)}"}
        at = numbers[nearest.start]
        features.add(f"distance={min(_distance(at, draft), NEAR + 1)}{_side(at, draft)}")
        features |= self._surroundings.around(nearest.root)
        for span in spans:
            features |= self._surroundings.of(span.root)
            if numbers[span.start] in draft.sentences:
                features |= self._surroundings.within(span.root)
                features.update(_of_path(span.root, triggers))
        return Arm(nearest, head, given, frozenset(features), self._chance(WEAPON, features))

    def _chance(self, slot: str, features: Set[str]) -> float:
        known = self._weights.get(slot) if self.is_weighing else None
        return chance_of(known, features) if known is not None else 0.0


def chance_of(weights: Mapping[str, float], features: Set[str]) -> float:
    """The logistic model's probability; the same however the features are ordered."""
    score = math.fsum(weights[feature] for feature in weights.keys() & features)
    return 1 / (1 + math.exp(-max(-_SUREST, min(_SUREST, score))))


def draft_span(token: Token) -> Span:
    """The token as a span."""
    return token.doc[token.i : token.i + 1]


def _slots_of_noun(token: Token) -> set[str]:
    if event_word(token) is not None or is_part(token):
        return set()
    kind = target_kind(token)
    found = set()
    if kind == "person" or is_actor(token):
        found.add("organisation" if kind == "organisation" else "individual")
    if kind is not None:
        found.add("person" if kind == "person" else "thing")
    return found


def _is_inner(token: Token, setting: Setting) -> bool:
    """Whether a part of a name hangs on another part of it."""
    above = setting.mention_at.get(token.head.i)
    return token.dep_ == "compound" and above is not None and above is setting.mention_at.get(token.i)


def _distance(sentence: int, draft: Draft) -> int:
    return min(abs(sentence - told) for told in draft.sentences)


def _side(sentence: int, draft: Draft) -> str:
    """Whether a sentence stands before the nearest one that tells the happening, after it, or is one of them."""
    apart = min((sentence - told for told in draft.sentences), key=abs)
    return "in" if apart == 0 else "after" if apart > 0 else "before"


def _steps(distance: int) -> str:
    return str(distance) if distance < NEAR else "far" if distance >= _FAR else "off"


def _of_mode(mode: str | None, head: str) -> tuple[str, str]:
    return f"mode={mode}", f"mode={mode} head={head}"


def _of_path(token: Token, triggers: set[int]) -> Iterator[str]:
    """How it hangs on the nearest word that tells the happening."""
    path = [token.dep_]
    for above in ancestors(token):
        if above.i in triggers:
            way = "<".join(path[:_LONGEST_PATH])
            yield f"path={way}"
            yield f"path={way} word={lemmas(above)[0]}"
            yield f"word={lemmas(above)[0]}:{path[-1]}"
            yield f"steps={min(len(path), _MANY)}"
            return
        path.append(above.dep_)
    yield "path=none"
    nearest = min(triggers, key=lambda at: abs(at - token.i))
    yield f"near={min(abs(nearest - token.i) // _TOKENS_A_STEP, _FAR)}{'after' if nearest < token.i else 'before'}"


def _weapons_by_name(setting: Setting) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for spans in setting.weapons.values():
        for span in spans:
            found.setdefault(lemmas(span.root)[0], []).append(span)
    return found


@cache
def filler_weights() -> Weights:
    """By slot, the weight of each feature."""
    found: dict[str, dict[str, float]] = {}
    for row in rows("incident-filler-weights"):
        found.setdefault(row["slot"], {})[row["feature"]] = float(row["weight"])
    return found
