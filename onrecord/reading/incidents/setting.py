"""What stands around a happening in its text: names, places, days, weapons, and on whose word it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from typing import TypeVar

from spacy.tokens import Doc, Span, Token

from onrecord.articles.article import TextSpan
from onrecord.reading.casualties.people import known_people
from onrecord.reading.casualties.section import TollSite, toll_sites
from onrecord.reading.date_ranges import day_range
from onrecord.reading.datelines import dateline_of, told_mentions
from onrecord.reading.document import article_of, text_of
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.manner import mode_of_weapon
from onrecord.reading.incidents.words import no_weapons, target_kind, weapons
from onrecord.reading.schema import Attribution, Casualty, DateRange, Entity, Mention, Time, WhereRelation
from onrecord.reading.syntax import ancestors, prepositions

_LEVELS = ("facility", "settlement", "adm2", "adm1", "region", "country", "sea")
_LONGEST_WEAPON = 4
_THERE = 60  # tokens
_HEAD = 60  # tokens; headline, dateline and first sentence
_NAMED = frozenset({"NOUN", "PROPN", "ADJ", "X"})


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named where something happens; `relation` as in the contract."""

    token: Token
    entity: Entity
    relation: WhereRelation


@dataclass(frozen=True, slots=True)
class Day:
    """A time expression with the days it stands for."""

    token: Token
    time: Time
    range: DateRange

    @property
    def is_since(self) -> bool:
        """Whether it only says when something longer began: "since 2011"."""
        return not {"since", "from", "until"}.isdisjoint(prepositions(self.token))


_Placed = TypeVar("_Placed", PlaceMention, Day)


class Setting:
    """An index of what the earlier sections found, by token and by sentence; made once for a document."""

    def __init__(self, doc: Doc, numbers: list[int]) -> None:
        self.doc = doc
        self.numbers = numbers
        self.text = text_of(doc)
        self.sentences = tuple(doc.sents)
        self._tokens = list(doc)
        self.entities: dict[str, Entity] = {entity.id: entity for entity in doc._.entities}
        self._starts = {token.idx: token.i for token in doc}
        self.mention_at = self._mentions_by_token(told_mentions(doc))
        self.time_tokens = {
            token.i for time in doc._.times for token in self.tokens_at(time.start, time.end) if time.type != "DURATION"
        }
        start, end = dateline_of(doc) or (0, 0)
        self.dateline_tokens = {token.i for token in doc if start <= token.idx < end}
        self.places = self._by_sentence(self._places())
        self.days = self._by_sentence(self._days(doc._.times))
        self.weapons = self._by_sentence_of_span(_weapon_spans(doc))
        self.modes = {span.start: mode_of_weapon(span) for spans in self.weapons.values() for span in spans}
        self._contents = _contents(doc._.attributions)

    @cached_property
    def casualties(self) -> dict[str, Casualty]:
        """The casualties by their ids."""
        return {casualty.id: casualty for casualty in self.doc._.casualties}

    @cached_property
    def tolls(self) -> tuple[TollSite, ...]:
        """Where the casualties stand."""
        return toll_sites(self.doc)

    @cached_property
    def countries(self) -> Counter[str]:
        """How often the document names each country, or a place in it."""
        named = (self.entities.get(mention.entity) for mention in self.doc._.mentions)
        return Counter(entity.country for entity in named if entity is not None and entity.country is not None)

    def tokens_at(self, start: int, end: int) -> list[Token]:
        """The tokens of a stretch of text."""
        first = self._starts.get(start)
        if first is None:
            span = self.doc.char_span(start, end, alignment_mode="expand")
            return list(span) if span is not None else []
        return list(takewhile(lambda token: token.idx < end, islice(self._tokens, first, None)))

    def first_token(self, span: TextSpan) -> int:
        """The number of the token that a stretch of text begins with."""
        return next((token.i for token in self.tokens_at(span.start, span.end)), 0)

    def mention_of(self, head: Token) -> Mention | None:
        """The name that a phrase's head stands in, or that follows it as its name: "Assad" of "President Assad"."""
        own = self.mention_at.get(head.i)
        if own is not None and own.type != "nationality":
            return own
        for found in head.children:
            named = self.mention_at.get(found.i)
            if named is not None and (found.dep_ == "flat" or (found.dep_ == "appos" and named.type == "person")):
                return named
        return self._titled(head) or own

    def _titled(self, title: Token) -> Mention | None:
        """The person whose name follows a title: "Assad" of "President Assad", whatever the parse makes of it."""
        named = self.mention_at.get(title.i + 1)
        if named is None or named.type != "person" or title.pos_ not in {"NOUN", "PROPN"}:
            return None
        name = self.doc[title.i + 1]
        return named if title.i in {name.head.i, name.head.head.i} or name.i == title.head.i else None

    def type_at(self, token: Token) -> str | None:
        """The type of the name that a token stands in."""
        mention = self.mention_at.get(token.i)
        return mention.type if mention is not None else None

    def entity_of(self, head: Token) -> Entity | None:
        """The entity of a phrase's head."""
        mention = self.mention_of(head)
        return self.entities.get(mention.entity) if mention is not None else None

    def attribution_over(self, start: int, end: int) -> Attribution | None:
        """The innermost attribution whose content covers a stretch of text."""
        covering = [(size, found) for first, last, size, found in self._contents if first <= start and end <= last]
        return min(covering, key=lambda each: each[0])[1] if covering else None

    def _mentions_by_token(self, mentions: Iterable[Mention]) -> dict[int, Mention]:
        found: dict[int, Mention] = {}
        for mention in mentions:
            for token in self.tokens_at(mention.start, mention.end):
                found.setdefault(token.i, mention)
        return found

    def _places(self) -> list[PlaceMention]:
        found = []
        for mention in told_mentions(self.doc):
            entity = self.entities.get(mention.entity)
            if entity is None or mention.type != "place":
                continue
            tokens = self.tokens_at(mention.start, mention.end)
            if tokens:
                head = next(
                    (token for token in tokens if token.head.i < tokens[0].i or token.head.i > tokens[-1].i), tokens[-1]
                )
                relation = where_relation(head)
                if relation is not None:
                    found.append(PlaceMention(head, entity, relation))
        return [*found, *self._taken_up()]

    def _taken_up(self) -> Iterator[PlaceMention]:
        """The places that "there" takes up: the settlement named last, in its sentence or shortly before."""
        for token in self.doc:
            if token.lower_ != "there" or token.dep_ == "expl" or token.pos_ != "ADV":
                continue
            before = [self.mention_at[at] for at in range(max(token.i - _THERE, 0), token.i) if at in self.mention_at]
            named = [self.entities[mention.entity] for mention in before if mention.type == "place"]
            last = next((entity for entity in reversed(named) if entity.level == "settlement"), None)
            if last is not None:
                yield PlaceMention(token, last, "in")

    def _days(self, times: Sequence[Time]) -> list[Day]:
        found: list[Day] = []

        for time in times:
            if time.type not in {"DATE", "TIME"}:
                continue
            days = day_range(time.value)
            tokens = self.tokens_at(time.start, time.end)
            if days is not None and tokens and not self._is_dateline(time, tokens[0]):
                head = next(
                    (token for token in tokens if token.head.i < tokens[0].i or token.head.i > tokens[-1].i), tokens[0]
                )
                found.append(Day(head, time, DateRange(*days)))
        return found

    def _is_dateline(self, time: Time, first: Token) -> bool:
        """Whether it is the day of publication, written out above or before the report: no day of what happened."""
        published = article_of(self.doc).published
        written_out = any(token.like_num for token in self.tokens_at(time.start, time.end))
        return first.i < _HEAD and written_out and (published is None or time.value[:10] == published[:10])

    def _by_sentence(self, items: Iterable[_Placed]) -> dict[int, list[_Placed]]:
        found: dict[int, list[_Placed]] = {}
        for item in items:
            found.setdefault(self.numbers[item.token.i], []).append(item)
        return found

    def _by_sentence_of_span(self, spans: Iterable[Span]) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = {}
        for span in spans:
            found.setdefault(self.numbers[span.start], []).append(span)
        return found


def where_relation(place: Token) -> WhereRelation | None:
    """How a place stands to what happens there; None where its phrase is no place of it ("Syria's president")."""
    token = place
    for _ in range(4):
        before = set(prepositions(token))
        if token.head.dep_ == "amod" and token.head.pos_ == "VERB":
            return None  # "US-backed forces"
        if "from" in before and token.dep_ == "nmod" and known_people(token.head) is not None:
            return None  # "peacekeepers from Chad"
        if before & incident_words("near-place"):
            return "near"
        if "between" in before:
            return "between"
        if before & incident_words("at-place"):
            return "in"
        if token.dep_ in {"appos", "conj", "compound", "flat", "nmod:poss", "nmod", "amod"}:
            token = token.head
            continue
        return "in" if token.dep_ in {"obj", "nsubj:pass", "root", "ROOT", "obl"} else None
    return None


def level_order(entity: Entity) -> int:
    """Smaller for narrower places; unknown levels stand among settlements."""
    return _LEVELS.index(entity.level) if entity.level in _LEVELS else 1


def reaches(token: Token, triggers: set[int]) -> int | None:
    """The first of the triggers on the way from a token up to its sentence's root."""
    if token.i in triggers:
        return token.i
    return next((above.i for above in ancestors(token) if above.i in triggers), None)


def _contents(attributions: Iterable[Attribution]) -> list[tuple[int, int, int, Attribution]]:
    return [
        (part.start, part.end, sum(each.end - each.start for each in attribution.content), attribution)
        for attribution in attributions
        for part in attribution.content
    ]


def _weapon_spans(doc: Doc) -> list[Span]:
    """Weapons by their names in the lexicon, longest first, with the words that say of which kind before them."""
    known = weapons().keys() | no_weapons()
    lemmas = [token.lemma_.lower() for token in doc]
    found, at = [], 0
    while at < len(lemmas):
        size = _weapon_size(doc, lemmas, at, known)
        last = doc[at + size - 1]
        if (
            size
            and " ".join(lemmas[at : at + size]) not in no_weapons()
            and not _says_who(last)
            and not _says_what_for(last)
        ):
            found.append(doc[at : at + size])
        at += size or 1
    return found


def _says_who(noun: Token) -> bool:
    """Whether it only says what people work with or suffered from: "mine workers", "bomb victims"."""
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if following is None or noun.tag_ != "NN" or following.tag_ not in {"NN", "NNS"}:
        return False
    return known_people(following) is not None


def _says_what_for(noun: Token) -> bool:
    """Whether it only says what a place is for: "a drone and missile site"."""
    noun = noun.head if noun.dep_ == "conj" else noun
    return noun.dep_ == "compound" and target_kind(noun.head) == "facility"


def _weapon_size(doc: Doc, lemmas: list[str], at: int, known: Container[str]) -> int:
    if doc[at].pos_ not in _NAMED:
        return 0
    for size in range(min(_LONGEST_WEAPON, len(lemmas) - at), 0, -1):
        if " ".join(lemmas[at : at + size]) in known:
            return size
    return 0
