"""How likely each telling is of one happening, and each participant to have had part in it, against all others.

The weights of words (`evidence`, `fillers`) look at one at a time; boosted trees then see how each stands among the
others of its article: whether another fits better, and whether it fits another happening better.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.reading.incidents.evidence import NARROW, Told, age_of, article_chance, features_of, is_exact, likelihood
from onrecord.reading.incidents.fillers import SLOTS, WEAPON, WEIGHED, Arm, Candidate
from onrecord.reading.incidents.manner import MEANS
from onrecord.reading.incidents.setting import Setting, level_order
from onrecord.reading.incidents.trees import trees_of

FILLERS, HAPPENINGS = "fillers", "happenings"
_NONE = -1.0
_MODES = (None, *MEANS, "abduct", "targeted", "destroy", "restrict", "seize", "violence")
_TYPES = ("ASSAULT", "THREATEN", "COERCE")
_NAMES = ("person", "organisation", "facility", "platform", "place", "weapon", "misc")
_AGES = ("ahead", "days", "weeks", "months", "old", "vague", "uncertain", "unknown")
_SUREST = 1e-5

Row = list[float]
Place = tuple[str, int]
"""A slot, and the number of one of its participants."""


@dataclass(frozen=True, slots=True)
class Read:
    """What an article may tell, how likely each is by its words alone, and how likely by all its words that any is."""

    told: list[Told]
    chances: list[float]
    article: float
    setting: Setting


def read(told: list[Told], setting: Setting) -> Read:
    """The article's tellings with the likelihoods that words give."""
    article = article_chance(setting)
    return Read(told, [likelihood(features_of(each, setting, article)) for each in told], article, setting)


def weighed(told: list[Told], setting: Setting) -> list[Told]:
    """The tellings with the likelihoods of each and of all in it."""
    by_words = read(told, setting)
    with_people = with_chances(by_words, trees_of(FILLERS).chances(rows_of_fillers(by_words)))
    chances = trees_of(HAPPENINGS).chances(rows_of_happenings(with_people))
    return with_likelihoods(with_people, chances)


def elements(told: Told) -> Iterator[tuple[str, Candidate | Arm]]:
    """All that may fill a slot of the happening, with the slot, in a fixed order."""
    if told.draft.type in WEIGHED:
        yield from ((candidate.slot, candidate) for candidate in told.candidates)
        yield from ((WEAPON, arm) for arm in told.arms)


def with_chances(by_words: Read, chances: Sequence[float]) -> Read:
    """The same with these likelihoods of all elements, in the order of `rows_of_fillers`."""
    left = iter(chances)
    return replace(by_words, told=[_with_chances(each, left) for each in by_words.told])


def _with_chances(told: Told, left: Iterator[float]) -> Told:
    if told.draft.type not in WEIGHED:
        return told
    candidates = tuple(replace(each, chance=next(left)) for each in told.candidates)
    return replace(told, candidates=candidates, arms=tuple(replace(each, chance=next(left)) for each in told.arms))


def with_likelihoods(people: Read, chances: Sequence[float]) -> list[Told]:
    """The tellings with these likelihoods, in the order of `rows_of_happenings`."""
    left = iter(chances)
    return [replace(each, chance=next(left)) if each.draft.type in WEIGHED else each for each in people.told]


def rows_of_fillers(by_words: Read) -> list[Row]:
    """A row of numbers for each element of each telling."""
    table = _Table(by_words)
    return [table.row(number, slot, each) for number, told in enumerate(by_words.told) for slot, each in elements(told)]


class _Table:
    """How the elements of an article stand to each other."""

    def __init__(self, by_words: Read) -> None:
        self.read = by_words
        self.setting = by_words.setting
        self.own = [self._by_slot(told) for told in by_words.told]
        self.elsewhere = self._elsewhere()
        self.mentions: dict[str, int] = {}
        for mention in self.setting.doc._.mentions:
            self.mentions[mention.entity] = self.mentions.get(mention.entity, 0) + 1
        self._common = [self._of_happening(number) for number in range(len(by_words.told))]

    def row(self, number: int, slot: str, each: Candidate | Arm) -> Row:
        """The numbers of an element of a telling."""
        return [*self._of_rank(number, slot, each), *self._of_place(number, each), *self._common[number]]

    @staticmethod
    def _by_slot(told: Told) -> dict[str, list[float]]:
        found: dict[str, list[float]] = {slot: [] for slot in SLOTS}
        for slot, each in elements(told):
            found[slot].append(each.chance)
        return found

    def _elsewhere(self) -> dict[tuple[str, str], list[tuple[int, float]]]:
        found: dict[tuple[str, str], list[tuple[int, float]]] = {}
        for number, told in enumerate(self.read.told):
            for slot, each in elements(told):
                found.setdefault((slot, _key(each)), []).append((number, each.chance))
        return found

    def _of_rank(self, number: int, slot: str, each: Candidate | Arm) -> Iterator[float]:
        """How likely it is by its words, against the others and against its other places."""
        own, chance, key = self.own[number][slot], each.chance, _key(each)
        others = [(at, other) for at, other in self.elsewhere[slot, key] if at != number]
        yield SLOTS.index(slot)
        yield log_odds(chance)
        yield sum(other > chance for other in own)
        yield len(own)
        yield log_odds(max(own)) - log_odds(chance)
        yield sum(own) - chance
        yield max((self._in_slot(number, other, key) for other in SLOTS if other != slot), default=_NONE)
        yield max((other for _, other in others), default=_NONE)
        yield max((self.read.chances[at] for at, _ in others), default=_NONE)
        yield sum(other > chance for _, other in others)

    def _in_slot(self, number: int, slot: str, key: str) -> float:
        return next((chance for at, chance in self.elsewhere.get((slot, key), ()) if at == number), _NONE)

    def _of_place(self, number: int, each: Candidate | Arm) -> Iterator[float]:
        """Where it stands, and what it is."""
        draft, numbers = self.read.told[number].draft, self.setting.numbers
        head = each.phrase.head if isinstance(each, Candidate) else each.span.root
        for apart in (
            min((numbers[head.i] - told for told in draft.sentences), key=abs),
            min((head.i - mention.trigger.i for mention in draft.mentions), key=abs),
        ):
            yield abs(apart)
            yield (apart > 0) - (apart < 0)
        yield numbers[head.i]
        yield head.tag_ in {"NNS", "NNPS"}
        if isinstance(each, Candidate):
            yield from (each.is_given, "blamed" in each.given, len(each.phrase.span.text.split()))
            yield from self._of_name(each.phrase.entity)
        else:
            yield from (each.given, 0, len(each.span), _NONE, 0)

    def _of_name(self, entity: str | None) -> tuple[float, float]:
        known = self.setting.entities.get(entity) if entity is not None else None
        if known is None or entity is None:
            return _NONE, 0
        return _at(_NAMES, known.type), self.mentions.get(entity, 0)

    def _of_happening(self, number: int) -> Row:
        """What is the same for all elements of a telling."""
        told, chances = self.read.told[number], self.read.chances
        others = [chance for at, chance in enumerate(chances) if at != number]
        return [
            chances[number],
            max(others, default=_NONE),
            len(chances),
            number,
            len(told.draft.mentions),
            len(told.draft.sentences),
            len(self.setting.sentences),
            self.read.article,
            _at(_MODES, told.draft.mode),
            _at(_TYPES, told.draft.type),
            *(max(self.own[number][slot], default=_NONE) for slot in SLOTS),
        ]


def rows_of_happenings(people: Read) -> list[Row]:
    """A row of numbers for each telling of the types that the weights were learned from."""
    chances = [chance for told, chance in zip(people.told, people.chances, strict=True) if told.draft.type in WEIGHED]
    return [
        [*_of_chance(number, people, chances), *_of_wording(told), *_of_setting(told, people.setting), *_of_slots(told)]
        for number, told in enumerate(people.told)
        if told.draft.type in WEIGHED
    ]


def _of_chance(number: int, people: Read, chances: Sequence[float]) -> Iterator[float]:
    own = people.chances[number]
    yield log_odds(own)
    yield people.article
    yield sum(chance > own for chance in chances)
    yield len(chances)
    yield sum(chances) - own
    yield max((chance for at, chance in enumerate(people.chances) if at != number), default=_NONE)
    yield number


def _of_wording(told: Told) -> Iterator[float]:
    draft = told.draft
    yield draft.sentences[0]
    yield len(draft.sentences)
    yield len(draft.mentions)
    yield sum(mention.generic for mention in draft.mentions) / len(draft.mentions)
    yield draft.mentions[0].depth
    yield _at(_MODES, draft.mode)
    yield _at(_TYPES, draft.type)
    yield told.incident.status == "reported"
    yield told.is_news


def _of_setting(told: Told, setting: Setting) -> Iterator[float]:
    incident = told.incident
    places = [setting.entities[place] for place in incident.where if place in setting.entities]
    harmed = [casualty for casualty in setting.doc._.casualties if casualty.id in incident.casualties]
    yield len(setting.sentences)
    yield _at(_AGES, age_of(incident, setting))
    yield len(places)
    yield any(level_order(place) <= NARROW for place in places)
    yield len(harmed)
    yield any(is_exact(casualty) for casualty in harmed)
    yield len(told.given.doing)
    yield len(told.given.undergoing)


def _of_slots(told: Told) -> Iterator[float]:
    found: dict[str, list[float]] = {slot: [] for slot in SLOTS}
    for slot, each in elements(told):
        found[slot].append(each.chance)
    for chances in found.values():
        yield max(chances, default=_NONE)
        yield sum(chances)
    yield sum(max(chances) for chances in found.values() if chances)


def _key(each: Candidate | Arm) -> str:
    return each.phrase.key if isinstance(each, Candidate) else each.head


def _at(known: Sequence[str | None], value: str | None) -> float:
    return known.index(value) if value in known else _NONE


def log_odds(chance: float) -> float:
    """The logarithm of the odds, kept within bounds."""
    within = min(max(chance, _SUREST), 1 - _SUREST)
    return math.log(within / (1 - within))
