"""Which tolls of an article are told of one happening, and which of another: by rules on days, places and phrases.

News tells its own happening first and turns to others by another day, another place or a phrase ("elsewhere", "last
month"); without such a cue a toll belongs to what was told right before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.reading.casualties.cues import Cues, cues_of, days_of_news
from onrecord.reading.casualties.merging import repeated_in
from onrecord.reading.casualties.period import period_of
from onrecord.reading.casualties.tolls import Toll
from onrecord.reading.places.distance import kilometres
from onrecord.reading.places.gazetteer import gazetteer
from onrecord.reading.schema import WIDE_LEVELS, Entity

_APART = 30.0  # kilometres; farther apart two local places are not one scene
_STILL_SPOKEN_OF = 3  # sentences in which a toll without a cue belongs to the happening just told


@dataclass(slots=True)
class _Happening:
    """One happening as far as it is known: between which days (`dated`: by the text itself), and where."""

    days: tuple[str, str] | None = None
    dated: bool = False
    places: list[Entity] = field(default_factory=list)

    def takes_in(self, cues: Cues) -> None:
        if cues.days is not None and not self.dated:
            self.days, self.dated = cues.days, True
        self.places.extend(cues.places)


class Rules:
    """The article's tolls as they are told one after the other."""

    def __init__(self, tolls: Sequence[Toll]) -> None:
        self.tolls = tolls
        self.first_of = repeated_in(tolls)
        self.index_of = {toll.victims.start: at for at, toll in enumerate(tolls)}
        self.happenings = [_Happening(days_of_news(tolls[0].victims.doc))]
        self.found: dict[int, int | None] = {}
        self.cues: dict[int, Cues] = {}
        self.last = 0

    def numbers(self) -> list[int | None]:
        for at in range(len(self.tolls)):
            self._number(at)
        return [self.found[at] for at in range(len(self.tolls))]

    def _number(self, at: int) -> int | None:
        if at in self.found:
            return self.found[at]
        toll = self.tolls[at]
        self.found[at] = None
        if period_of(toll, self.tolls) is None:
            held_by = self._held_by(at)
            cues = self.cues[at] = cues_of(toll, self.tolls)
            number = self._number(held_by) if held_by is not None else self._best(at, cues)
            self.found[at] = number
            if number is not None:
                self.happenings[number].takes_in(cues)
                self.last = at
        return self.found[at]

    def root_of(self, at: int) -> int:
        """The toll that this one is a part of or repeats, over all steps; itself where it is neither."""
        held_by = self._held_by(at)
        return at if held_by is None or held_by == at else self.root_of(held_by)

    def _held_by(self, at: int) -> int | None:
        """The toll that this one repeats, is a part of or is another figure for."""
        if at in self.first_of:
            return self.first_of[at]
        whole = self.tolls[at].whole or self.tolls[at].told
        return self.index_of.get(whole.start) if whole is not None else None

    def _best(self, at: int, cues: Cues) -> int:
        """The happening that fits the cues, the one just told first; a new one where none does."""
        before = self.found.get(self.last)
        near = _sentences_between(self.tolls[self.last], self.tolls[at]) <= _STILL_SPOKEN_OF
        current = before if near and before is not None else 0
        if not self.last and not any(number is not None for number in self.found.values()) and cues.turn != "away":
            return 0  # what is told first is the news, whatever other days and places stand around it
        order = list(dict.fromkeys((current, 0, *range(len(self.happenings)))))
        if cues.turn == "away" or (cues.turn and _leaves(self.happenings[current], cues)):
            order = [at for at in order if at != 0 and _speaks_for(self.happenings[at], cues)]
        fitting = (number for number in order if _fits(self.happenings[number], cues))
        number = next(fitting, len(self.happenings))
        if number == len(self.happenings):
            self.happenings.append(_Happening())
        return number


def _fits(happening: _Happening, cues: Cues) -> bool:
    return not (_other_days(happening.days, cues.days) or _other_places(happening.places, cues.places))


def _speaks_for(happening: _Happening, cues: Cues) -> bool:
    """Whether a local place says that it is this happening."""
    return bool({place.id for place in _local(happening.places)} & {place.id for place in cues.places})


def _leaves(happening: _Happening, cues: Cues) -> bool:
    """Whether all local places of the cues are new: "meanwhile in Homs"."""
    return bool(_local(cues.places)) and not _speaks_for(happening, cues)


def _local(places: Sequence[Entity]) -> list[Entity]:
    return [place for place in places if place.level not in WIDE_LEVELS]


def _other_days(one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool:
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def _other_places(one: Sequence[Entity], other: Sequence[Entity]) -> bool:
    """Whether all places of the one lie apart from all of the other; countries count where nothing else is told."""
    if {place.id for place in one} & {place.id for place in _local(other)}:
        return False
    narrow, narrow_other = _local(one) or one, _local(other) or other
    pairs = [_lie_apart(a, b) for a in narrow for b in narrow_other]
    return bool(pairs) and all(pairs)


def _lie_apart(one: Entity, other: Entity) -> bool:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    if WIDE_LEVELS & {one.level, other.level}:
        return None not in (one.country, other.country) and one.country != other.country
    if "adm1" in (one.level, other.level):
        return _region(one) != _region(other)
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude)) > _APART


def _region(place: Entity) -> tuple[str, str] | None:
    """The country and first-level region of the place, as the gazetteer codes them."""
    for found in gazetteer().named(place.name):
        if (found.latitude, found.longitude) == (place.latitude, place.longitude):
            return found.country, found.region
    return None


def _sentences_between(one: Toll, other: Toll) -> int:
    doc = other.victims.doc
    between = doc[one.victims.start : other.victims.start + 1]
    return len(list(between.sents)) - 1  # type: ignore[attr-defined]  # missing in its stubs
