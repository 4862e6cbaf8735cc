"""Which tolls of an article are told of one happening, and which of another: the attack of the week before, the raid
elsewhere on the same day.

News tells its own happening first and turns to others by another day, another place or a phrase ("elsewhere", "last
month"); without such a cue a toll belongs to what was told right before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import asin, cos, radians, sin, sqrt

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import rows
from onrecord.reading.date_ranges import day_range
from onrecord.reading.document import article_of
from onrecord.reading.schema import Entity, Mention, Time
from onrecord.reading.toll_merging import repeated_in
from onrecord.reading.toll_period import period_of
from onrecord.reading.tolls import Toll

_LOCAL = frozenset({"settlement", "facility", "adm2"})
_APART = 30.0  # kilometres; farther apart two local places are not one scene
_MEAN_RADIUS = 6371.0088
_STILL_SPOKEN_OF = 3  # sentences in which a toll without a cue belongs to the happening just told
_SPEECH = frozenset({"say", "tell", "report", "announce", "add", "state", "confirm", "publish", "claim", "declare"})
_AFTER = frozenset({"after", "following"})
_ANSWERS = frozenset({"response", "retaliation", "revenge", "reprisal", "reaction"})


@dataclass(frozen=True, slots=True)
class _Cues:
    """What a toll's sentence says of day and place; `turn` is how it leaves the happening before ("" where it does not)."""

    days: tuple[str, str] | None
    places: tuple[Entity, ...]
    turn: str


@dataclass(slots=True)
class _Happening:
    days: tuple[str, str] | None = None
    places: list[Entity] = field(default_factory=list)

    def takes_in(self, cues: _Cues) -> None:
        self.days = self.days or cues.days
        self.places.extend(cues.places)


def happenings_of(tolls: Sequence[Toll]) -> list[int | None]:
    """For each toll the number of its happening, 0 for the one told first; None for the toll of a period."""
    first_of, index_of = repeated_in(tolls), {toll.victims: at for at, toll in enumerate(tolls)}
    happenings: list[_Happening] = []
    found: list[int | None] = []
    current, last = 0, 0
    for at, toll in enumerate(tolls):
        known = _known(at, toll, first_of, index_of, found)
        if period_of(toll, tolls) is not None:
            found.append(None)
            continue
        if known is None:
            cues = _cues(toll, tolls)
            near = _sentences_between(tolls[last], toll) <= _STILL_SPOKEN_OF
            known = _best(happenings, cues, current if near else 0)
            if known == len(happenings):
                happenings.append(_Happening())
            happenings[known].takes_in(cues)
        found.append(known)
        current, last = known, at
    return found


def _known(
    at: int, toll: Toll, first_of: Mapping[int, int], index_of: Mapping[object, int], found: Sequence[int | None]
) -> int | None:
    """The happening of the toll that this one repeats or is a part of."""
    earlier = first_of.get(at)
    if earlier is None and toll.whole is not None:
        earlier = index_of.get(toll.whole)
    return found[earlier] if earlier is not None and earlier < len(found) else None


def _best(happenings: Sequence[_Happening], cues: _Cues, current: int) -> int:
    """The happening that fits the cues, the current one first; a new number where none does."""
    if not happenings:
        return 0
    order = list(dict.fromkeys((current, 0, *range(len(happenings)))))
    if cues.turn == "away" or (cues.turn and not _speaks_for(happenings[current], cues)):
        order = [at for at in order if at != 0 and _speaks_for(happenings[at], cues)]
    fitting = (at for at in order if _fits(happenings[at], cues))
    return next(fitting, len(happenings))


def _fits(happening: _Happening, cues: _Cues) -> bool:
    return not (_other_days(happening.days, cues.days) or _other_places(happening.places, cues.places))


def _speaks_for(happening: _Happening, cues: _Cues) -> bool:
    """Whether a local place or a day says that it is this happening."""
    local = {place.id for place in happening.places if place.level in _LOCAL or place.level is None}
    return any(place.id in local for place in cues.places)


def _other_days(one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool:
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def _other_places(one: Sequence[Entity], other: Sequence[Entity]) -> bool:
    """Whether every place of the one lies apart from every place of the other."""
    if not one or not other or {place.id for place in one} & {place.id for place in other}:
        return False
    return all(_lie_apart(a, b) for a in one for b in other)


def _lie_apart(one: Entity, other: Entity) -> bool:
    if "country" in (one.level, other.level) and one.country == other.country:
        return False
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return False
    return _kilometres(one, other) > (_APART if {one.level, other.level} <= _LOCAL else 3 * _APART)


def _kilometres(one: Entity, other: Entity) -> float:
    """Great-circle distance (haversine, mean radius 6,371.0088 km)."""
    latitudes = radians(one.latitude or 0.0), radians(other.latitude or 0.0)
    half_latitude = (latitudes[1] - latitudes[0]) / 2
    half_longitude = radians((other.longitude or 0.0) - (one.longitude or 0.0)) / 2
    chord = sin(half_latitude) ** 2 + cos(latitudes[0]) * cos(latitudes[1]) * sin(half_longitude) ** 2
    return 2 * _MEAN_RADIUS * asin(sqrt(min(1.0, chord)))


def _cues(toll: Toll, tolls: Sequence[Toll]) -> _Cues:
    clause = _stretch(toll, tolls)
    places = tuple(entity for mention, _ in _mentions(clause) if (entity := _place(clause.doc, mention)) is not None)
    return _Cues(_days_in(clause), places, _turn(toll, clause))


def _stretch(toll: Toll, tolls: Sequence[Toll]) -> Span:
    """The toll's part of its sentence: up to the toll before it and the toll after it that have words of their own."""
    sentence = toll.victims.head.sent
    own = {toll.harm.word.i, *(word.i for word in toll.harm.word.conjuncts)}
    edges = [other.victims.start for other in tolls if other.sentence == toll.sentence and other.harm.word.i not in own]
    start = max((edge for edge in edges if edge < toll.victims.start), default=None)
    end = min((edge for edge in edges if edge > toll.victims.start), default=sentence.end)
    return toll.victims.doc[sentence.start if start is None else toll.victims.start : end]


def _days_in(clause: Span) -> tuple[str, str] | None:
    """The days of the clause's first time that dates the harm and not its report or the page."""
    published = (article_of(clause.doc).published or "")[:10]
    for time, token in _times(clause):
        days = day_range(time.value)
        dateline = time.value[:10] == published and any(character.isdigit() for character in time.text)
        if days is not None and not dateline and not _dates_a_report(token):
            return days
    return None


def _dates_a_report(token: Token) -> bool:
    """ "said on Friday", "since Monday": the day on which somebody spoke, or from which a count runs."""
    before = token.doc[max(token.i - 3, token.sent.start) : token.i]
    return any(word.lemma_.lower() in _SPEECH or word.lower_ in ("since", "until", "said", "told") for word in before)


def _turn(toll: Toll, clause: Span) -> str:
    words = [token.lower_ for token in clause]
    for length in range(4, 0, -1):
        for at in range(len(words) - length + 1):
            turn = _phrases().get(tuple(words[at : at + length]))
            if turn is not None:
                return turn
    return "away" if _comes_before(toll.harm.word) else ""


def _comes_before(word: Token) -> bool:
    """ "after rebels killed a pilot", "in retaliation for the killing of a pilot": what led to the happening told."""
    for child in word.children:
        if child.lower_ in _AFTER and child.dep_ in ("mark", "case"):
            return True
    return word.dep_ == "nmod" and word.head.lemma_.lower() in _ANSWERS


def _place(doc: Doc, mention: Mention) -> Entity | None:
    return next((entity for entity in doc._.entities if entity.id == mention.entity), None)


def _mentions(clause: Span) -> Iterator[tuple[Mention, Token]]:
    for mention in clause.doc._.mentions:
        if mention.type in ("place", "facility") and clause.start_char <= mention.start and mention.end <= clause.end_char:
            span = clause.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None and not _describes_a_name(span):
                yield mention, span.root


def _describes_a_name(span: Span) -> bool:
    """ "the London-based monitor", "Syria's army": a place that says only whose or what kind."""
    following = span.doc[span.end : span.end + 2]
    return len(following) == 2 and following[0].text == "-" and following[1].lower_ == "based"


def _times(clause: Span) -> Iterator[tuple[Time, Token]]:
    for time in clause.doc._.times:
        if clause.start_char <= time.start and time.end <= clause.end_char:
            span = clause.doc.char_span(time.start, time.end, alignment_mode="expand")
            if span is not None:
                yield time, span[0]


def _sentences_between(one: Toll, other: Toll) -> int:
    doc = other.victims.doc
    return sum(1 for _ in doc[one.victims.start : other.victims.start + 1].sents) - 1


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    return {tuple(row["phrase"].split()): row["turn"] for row in rows("other-happening-phrases")}
