"""The parties that a text names beside a designation: by mention, possessive, phrase, agent or subject."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.reading.datelines import told_mentions
from onrecord.reading.names.actors import actor_named, actor_of, actors, is_agency
from onrecord.reading.places.countries import capitals
from onrecord.reading.schema import Entity, Mention, MentionType
from onrecord.reading.spans import meet, tokens_of
from onrecord.reading.syntax import IN_PHRASE, sentence_start

PHRASE_TOKENS = 7
"""As far from a designation may a name of the same noun phrase stand."""
PARTIES: frozenset[MentionType] = frozenset({"organisation", "person"})
ANYBODY: frozenset[MentionType] = frozenset({"organisation", "person", "place", "nationality"})
_MARKS = frozenset("\"'“”‘’()-–‑`")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DAYS = frozenset(calendar.day_name)  # whose own look-up words the days anew each time
_RULING_ROLES = frozenset({"government"})


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its tokens."""

    span: Span
    mention: Mention


class Parties:
    """The named parties of one document, by token."""

    def __init__(self, doc: Doc, designated: Iterable[Span] = ()) -> None:
        """`designated` are phrases that run into names and are none of them: "Syrian opposition", "Front Militants"."""
        self.doc = doc
        self.entities: dict[str, Entity] = {entity.id: entity for entity in doc._.entities}
        self._at: dict[int, Named] = {}
        phrases = tuple(designated)
        for mention in told_mentions(doc):
            if mention.text.rstrip("s") in _DAYS:  # a lost apostrophe makes "Tuesdays" look like a name
                continue
            span = _without(tokens_of(doc, mention), phrases)
            if span is not None:
                self._at.update((token.i, Named(span, mention)) for token in span)

    def at(self, token: Token, types: frozenset[MentionType] = ANYBODY) -> Named | None:
        """The mention that covers the token, unless it is the first half of a compound ("al-Qaeda-linked")."""
        named = self._at.get(token.i)
        if (
            named is not None
            and named.mention.type == "organisation"
            and all(word.pos_ == "ADJ" for word in named.span)
        ):
            return None  # "Sunni" names no party
        if named is None or named.mention.type not in types or self._in_compound(named):
            return None
        return named

    def of_word(self, token: Token) -> str | None:
        """The entity of a token that a lost apostrophe hides: "Russias" in "Russias crimes"."""
        named = self.at(token)
        if named is not None:
            return named.mention.entity
        if token.text[:1].isupper() and token.text.endswith("s"):
            return self._by_text().get(token.text[:-1])
        return None

    def before(self, start: int, types: frozenset[MentionType], *, possessive: bool = False) -> Named | None:
        """The nearest name to the left of `start` within the same noun phrase; through a possessive where told."""
        for at in range(start - 1, max(start - 1 - PHRASE_TOKENS, -1), -1):
            token = self.doc[at]
            if sentence_start(token) != sentence_start(self.doc[start]):
                return None
            named = self.at(token, types)
            if named is not None:
                return named
            through = possessive and token.text in _POSSESSIVE
            if token.pos_ not in IN_PHRASE and token.text not in _MARKS and not through:
                return None
            if token.text in _POSSESSIVE and not through and token.pos_ == "PART":
                return None
        return None

    def is_country(self, named: Named) -> bool:
        entity = self.entities.get(named.mention.entity)
        return entity is not None and entity.level == "country"

    def entities_in(self, named: Named) -> list[str]:
        """The entity of a name; of two names that a lost comma or a hyphen runs together ("U.S.-Russian"), both."""
        parts = re.split(r"[\s-]+", named.mention.text)
        entities = [self._state(part) for part in parts]
        if len(parts) < 2 or not all(entities):
            return [named.mention.entity]
        return [entity for entity in entities if entity is not None]

    def states_unmarked(self, tokens: Iterable[Token]) -> Iterator[str]:
        """The states among the tokens that no mention covers."""
        for token in tokens:
            if token.i not in self._at and token.pos_ == "PROPN" and actor_named(token.text) is not None:
                state = self._state(token.text)
                if state is not None:
                    yield state

    def _state(self, name: str) -> str | None:
        """The entity of a state or nation by one of its names, its name where it has none; None for another name."""
        actor = actor_named(name)
        if actor is not None and actor.role in {"state", "government"}:
            return self._entity_named(name) or name
        entity = self.entities.get(self._by_text().get(name, ""))
        return entity.id if entity is not None and entity.type == "nationality" else None

    def _entity_named(self, name: str) -> str | None:
        actor = actor_named(name)
        return next((id_ for id_, entity in self.entities.items() if actor_named(entity.name) == actor), None)

    def can_act(self, entity: str) -> bool:
        """Whether an entity can do a deed: no thing, and of places only countries."""
        known = self.entities.get(entity)
        if known is None or known.type not in ANYBODY:
            return False
        return known.type != "place" or known.level in {None, "country"}

    def is_capital(self, entity: str) -> bool:
        """Whether an entity is a country's capital, which stands for its government: "Washington calls it"."""
        known = self.entities.get(entity)
        return known is not None and known.name in capitals().get(known.country or "", ())

    def has_forces(self, entity: str) -> bool:
        """Whether an entity can have done a deed of war: a body, a people, a country, or who rules one."""
        known = self.entities.get(entity)
        return known is not None and self.can_act(entity) and (known.type != "person" or self.rules(entity))

    def rules(self, entity: str) -> bool:
        """Whether an entity is a person who leads a state."""
        actor = actor_of(self.entities.get(entity))
        return actor is not None and actor.role == "leader" and actor.side in _government_sides()

    def is_news(self, entity: str) -> bool:
        return is_agency(self.entities.get(entity))

    def stands_for_government(self, named: Named) -> bool:
        """Whether a name before "regime" says whose it is: a ruler, a people, a country, its capital with "the"."""
        entity = self.entities.get(named.mention.entity)
        if entity is None or self.is_news(entity.id):
            return False
        if entity.type == "organisation":
            actor = actor_of(entity)
            return actor is not None and actor.role in {"government", "party"}
        if entity.type == "place" and entity.level not in {None, "country"}:
            return named.span.start > 0 and self.doc[named.span.start - 1].lower_ == "the"
        return True

    def government_of(self, entity: str) -> str:
        """The government that the document names for a ruler, people, country or its capital; else that entity.

        Of a capital it is the state, by its name where the document has none: "the Kyiv regime".
        """
        country = self._country(entity)
        if country is None:
            return entity
        known = self.entities.get(entity)
        if known is not None and known.level == "settlement":
            entity = self._state_of(country) or entity
        governments = (
            id_
            for id_, known in self.entities.items()
            if (actor := actor_of(known)) is not None and actor.role in _RULING_ROLES and actor.country == country
        )
        return next(governments, entity)

    def _state_of(self, country: str) -> str | None:
        """The entity of the state with that code; its name where the document has none."""
        known = next(
            (id_ for id_, one in self.entities.items() if one.level == "country" and one.country == country), None
        )
        return known or next((one.name for one in actors() if one.role == "state" and one.country == country), None)

    def taken_up(self, pronoun: Token) -> str | None:
        """The organisation named last before "it" or "they", in its sentence or the one before."""
        before = list(self.all_in(self.doc[max(pronoun.sent.start - 1, 0) : pronoun.i], frozenset({"organisation"})))
        return before[-1].mention.entity if before else None

    def _country(self, entity: str) -> str | None:
        known = self.entities.get(entity)
        actor = actor_of(known)
        return actor.country if actor is not None else known.country if known is not None else None

    def after(self, end: int, types: frozenset[MentionType]) -> Named | None:
        """The first name to the right of `end` within the same noun phrase: "the rebel group Jaish al-Islam"."""
        for token in self.doc[end : end + PHRASE_TOKENS]:
            named = self.at(token, types)
            if named is not None:
                return named
            compounded = token.pos_ == "VERB" and self.doc[token.i - 1].text == "-"  # "UK-based"
            if token.pos_ not in IN_PHRASE and token.text not in _MARKS and not compounded:
                return None
        return None

    def in_subtree(self, head: Token, types: frozenset[MentionType] = ANYBODY) -> str | None:
        """The entity that a phrase with that head names: the head itself, else its own modifiers."""
        own = self.of_word(head)
        if own is not None and self._type(own) in types:
            return own
        modifiers = sorted(self._modifiers(head), key=lambda token: abs(token.i - head.i))
        found = (self.of_word(token) for token in modifiers)
        return next((entity for entity in found if entity is not None and self._type(entity) in types), None)

    def all_in(self, tokens: Iterable[Token], types: frozenset[MentionType] = PARTIES) -> Iterator[Named]:
        """The names among the tokens, each once."""
        seen: set[str] = set()
        for token in tokens:
            named = self.at(token, types)
            if named is not None and named.mention.id not in seen:
                seen.add(named.mention.id)
                yield named

    def is_state(self, entity: str) -> bool:
        actor = actor_of(self.entities.get(entity))
        return actor is not None and actor.role in {"state", "international"}

    def is_armed_group(self, entity: str) -> bool:
        actor = actor_of(self.entities.get(entity))
        return actor is not None and actor.role == "armed-group"

    def government(self) -> str | None:
        """The entity for the government that the document is most about: a government, else a ruler, else a country."""
        counts: Counter[str] = Counter(mention.entity for mention in self.doc._.mentions)
        for test in (self._is_government, self._is_ruler, self._is_country):
            fitting = [entity for entity in counts if entity in self.entities and test(self.entities[entity])]
            if fitting:
                return max(fitting, key=counts.__getitem__)
        return None

    def _is_government(self, entity: Entity) -> bool:
        actor = actor_of(entity)
        return actor is not None and actor.role in _RULING_ROLES and self._is_home(actor.country)

    def _is_ruler(self, entity: Entity) -> bool:
        actor = actor_of(entity)
        if actor is None or actor.role != "leader" or entity.type != "person" or not self._is_home(actor.country):
            return False
        return actor.side in _government_sides()

    def _is_country(self, entity: Entity) -> bool:
        return entity.level == "country" and self._is_home(entity.country)

    def _is_home(self, country: str | None) -> bool:
        """Whether most of the places that the document names lie in the country."""
        places = [self.entities[mention.entity] for mention in self.doc._.mentions if mention.entity in self.entities]
        counts = Counter(place.country for place in places if place.country is not None and place.type == "place")
        return not counts or country == counts.most_common(1)[0][0]

    def _modifiers(self, head: Token) -> Iterator[Token]:
        for child in head.children:
            if child.dep_ in {"amod", "compound", "flat", "nmod:poss", "appos", "nmod"}:
                yield child
                yield from self._modifiers(child)

    def _type(self, entity: str) -> MentionType | None:
        known = self.entities.get(entity)
        return known.type if known is not None else None

    def _in_compound(self, named: Named) -> bool:
        end = named.span.end
        if named.span.text.endswith(("-backed", "-led", "-linked", "-held", "-affiliated")):
            return True
        if end + 1 >= len(self.doc) or self.doc[end].text not in {"-", "–"}:
            return False
        if self.doc[end - 1].whitespace_ or self.doc[end].whitespace_:
            return False
        return end + 1 not in self._at  # "US-Russian" names two

    def _by_text(self) -> dict[str, str]:
        return {mention.text: mention.entity for mention in self.doc._.mentions}


def _without(name: Span | None, designated: tuple[Span, ...]) -> Span | None:
    """The name without the designation that runs into it; None where what is left names nobody but a state."""
    if name is None:
        return None
    for phrase in designated:
        if meet(name, phrase):
            rest = name.doc[name.start : phrase.start] if name.start < phrase.start else None
            actor = actor_named(rest.text) if rest is not None else None
            return rest if actor is not None and actor.role not in {"state", "government"} else None
    return name


@cache
def _government_sides() -> frozenset[str]:
    """The sides that a state or its government stands with, from the actor base."""
    return frozenset(
        actor.side for actor in actors() if actor.role in {"state", "government"} and actor.side is not None
    )
