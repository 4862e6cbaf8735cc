"""Which tolls of an article are told of one happening, and which of another: the attack of the week before, the raid
elsewhere on the same day.

News tells its own happening first and turns to others by another day, another place or a phrase ("elsewhere", "last
month"); without such a cue a toll belongs to what was told right before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.merging import repeated_in
from onrecord.reading.casualties.period import period_of
from onrecord.reading.casualties.tolls import Toll
from onrecord.reading.date_ranges import day_range
from onrecord.reading.document import article_of
from onrecord.reading.places.distance import kilometres
from onrecord.reading.places.gazetteer import gazetteer
from onrecord.reading.schema import Entity, Mention, Time
from onrecord.reading.syntax import ancestors, prepositions

_WIDE = frozenset({"country", "region", "sea"})
_APART = 30.0  # kilometres; farther apart two local places are not one scene
_NEWS = timedelta(days=7)  # an undated happening of the news lies within these days before its publication
_STILL_SPOKEN_OF = 3  # sentences in which a toll without a cue belongs to the happening just told
_SPEECH = frozenset({"say", "tell", "report", "announce", "add", "state", "confirm"})
_COUNTS_FROM = frozenset({"since", "until"})
_SPEAKER_REACH = 12
_LONGEST_PHRASE = 5
_OPENING = 5  # "After the raid, 12 people were killed": an opening clause leads to the toll
_AFTER = frozenset({"after", "following"})
_ANSWERS = frozenset({"response", "retaliation", "revenge", "reprisal", "reaction"})


@dataclass(frozen=True, slots=True)
class _Cues:
    """What a toll's sentence says of day and place; `turn` is how it leaves the happening before ("": it does not)."""

    days: tuple[str, str] | None
    places: tuple[Entity, ...]
    turn: str


@dataclass(slots=True)
class _Happening:
    """One happening as far as it is known: between which days (`dated`: by the text itself), and where."""

    days: tuple[str, str] | None = None
    dated: bool = False
    places: list[Entity] = field(default_factory=list)

    def takes_in(self, cues: _Cues) -> None:
        if cues.days is not None and not self.dated:
            self.days, self.dated = cues.days, True
        self.places.extend(cues.places)


def happenings_of(tolls: Sequence[Toll]) -> list[int | None]:
    """For each toll the number of its happening, 0 for the one that the article is on; None for one of a period."""
    if not tolls:
        return []
    return _Telling(tolls).numbers()


class _Telling:
    """The article's tolls as they are told one after the other."""

    def __init__(self, tolls: Sequence[Toll]) -> None:
        self.tolls = tolls
        self.first_of = repeated_in(tolls)
        self.index_of = {toll.victims.start: at for at, toll in enumerate(tolls)}
        self.happenings = [_Happening(_days_of_news(tolls[0].victims.doc))]
        self.found: dict[int, int | None] = {}
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
            cues = _cues(toll, self.tolls)
            number = self._number(held_by) if held_by is not None else self._best(at, cues)
            self.found[at] = number
            if number is not None:
                self.happenings[number].takes_in(cues)
                self.last = at
        return self.found[at]

    def _held_by(self, at: int) -> int | None:
        """The toll that this one repeats or is a part of."""
        if at in self.first_of:
            return self.first_of[at]
        whole = self.tolls[at].whole
        return self.index_of.get(whole.start) if whole is not None else None

    def _best(self, at: int, cues: _Cues) -> int:
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


def _days_of_news(doc: Doc) -> tuple[str, str] | None:
    """The days in which what an article tells as news can have happened."""
    published = article_of(doc).published
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return (day - _NEWS).isoformat(), day.isoformat()


def _fits(happening: _Happening, cues: _Cues) -> bool:
    return not (_other_days(happening.days, cues.days) or _other_places(happening.places, cues.places))


def _speaks_for(happening: _Happening, cues: _Cues) -> bool:
    """Whether a local place says that it is this happening."""
    return bool({place.id for place in _local(happening.places)} & {place.id for place in cues.places})


def _leaves(happening: _Happening, cues: _Cues) -> bool:
    """Whether all local places of the cues are new: "meanwhile in Homs"."""
    return bool(_local(cues.places)) and not _speaks_for(happening, cues)


def _local(places: Sequence[Entity]) -> list[Entity]:
    return [place for place in places if place.level not in _WIDE]


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
    if _WIDE & {one.level, other.level}:
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


def _cues(toll: Toll, tolls: Sequence[Toll]) -> _Cues:
    doc, sentence = toll.victims.doc, toll.victims.head.sent
    own = {toll.harm.word.i, *(word.i for word in toll.harm.word.conjuncts)}
    others = [other.victims for other in tolls if other.sentence == toll.sentence and other.harm.word.i not in own]
    before = max((other.end for other in others if other.start < toll.victims.start), default=None)
    end = min((other.start for other in others if other.start > toll.victims.start), default=sentence.end)
    stretch = doc[sentence.start if before is None else toll.victims.start : end]
    places = tuple(entity for mention in _mentions(stretch) if (entity := _place(doc, mention)) is not None)
    lead = doc[before if before is not None else sentence.start : max(toll.victims.end, toll.harm.word.i)]
    turn = "away" if _is_in_a_clause_of_before(lead, toll) else _turn(lead)
    return _Cues(_days_in(stretch), places, turn)


def _days_in(clause: Span) -> tuple[str, str] | None:
    """The days of the clause's first time that dates the harm and not its report or the page."""
    published = (article_of(clause.doc).published or "")[:10]
    for time, token in _times(clause):
        days = day_range(time.value)
        dateline = time.value[:10] == published and any(character.isdigit() for character in time.text)
        if days is not None and not dateline and not _dates_a_report(token, days):
            return days
    return None


def _dates_a_report(token: Token, days: tuple[str, str]) -> bool:
    """ "said on Friday", "since Monday", "on Monday the agency said": when somebody spoke, or since when it counts."""
    before = token.doc[max(token.i - 3, token.sent.start) : token.i]
    if any(word.lower_ in _COUNTS_FROM or _is_speech(word) for word in before):
        return True
    after = token.doc[token.i + 1 : min(token.i + _SPEAKER_REACH, token.sent.end)]
    verb = next((word for word in after if word.pos_ == "VERB"), None)
    return days[0] == days[1] and token.i <= token.sent.start + 1 and verb is not None and _is_speech(verb)


def _is_speech(word: Token) -> bool:
    return word.lemma_.lower() in _SPEECH or word.lower_ in ("said", "told", "says", "reported")


def _turn(lead: Span) -> str:
    """How the words that lead to the toll leave the happening before."""
    words = [token.lower_ for token in lead]
    for length in range(_LONGEST_PHRASE, 0, -1):
        for at in range(len(words) - length + 1):
            turn = _phrases().get(tuple(words[at : at + length]))
            if turn is not None:
                return turn
    return ""


def _is_in_a_clause_of_before(lead: Span, toll: Toll) -> bool:
    """ "12 were killed a day after rebels killed a pilot", "in retaliation for the killing of a pilot"."""
    after = next((token for token in reversed(list(lead)) if token.lower_ in _AFTER), None)
    if after is None or after.i <= after.sent.start + _OPENING:
        return _comes_before(toll.harm.word)  # "After the raid, 12 were killed" leads to the toll
    between = toll.victims.doc[after.i + 1 : toll.victims.start]
    return len(between) == 0 or any(token.pos_ == "VERB" for token in between) or _comes_before(toll.harm.word)


def _comes_before(word: Token) -> bool:
    """Whether the harm itself stands after "after" or answers for what was done in return."""
    for token in (word, *ancestors(word)):
        if any(child.lower_ in _AFTER and child.dep_ in ("mark", "case") for child in token.children):
            return True
        if token.dep_ == "nmod" and token.head.lemma_.lower() in _ANSWERS:
            return True
        of_that = token.dep_ == "nmod" and "of" in prepositions(
            token
        )  # "after the bombing of the bank, in which 12 died"
        if not of_that and token.dep_ not in ("conj", "xcomp", "aux:pass", "acl:relcl"):
            return False
    return False


def _place(doc: Doc, mention: Mention) -> Entity | None:
    return next((entity for entity in doc._.entities if entity.id == mention.entity), None)


def _mentions(clause: Span) -> Iterator[Mention]:
    for mention in clause.doc._.mentions:
        if (
            mention.type in ("place", "facility")
            and clause.start_char <= mention.start
            and mention.end <= clause.end_char
        ):
            span = clause.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None and not _describes_a_name(span):
                yield mention


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
    between = doc[one.victims.start : other.victims.start + 1]
    return len(list(between.sents)) - 1  # type: ignore[attr-defined]  # missing in its stubs


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    return {tuple(row["phrase"].split()): row["turn"] for row in rows("other-happening-phrases")}
