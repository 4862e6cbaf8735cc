"""What is withheld appears in nothing that is given out: names are blackened in texts, incidents left out.

Blackening keeps the length of the text, so that offsets stay as they are. Of a withheld person every name is taken by
which the article calls them, and each part of a name of several words; rather too much than too little. Of a withheld
incident the accounts go with their tolls, the sentences that tell of it are blackened, and what is said in them goes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, or_, select

from onrecord.articles.article import TextSpan
from onrecord.reading.schema import Casualty, Entity, Incident, Label, Reading, Truce
from onrecord.record import tables
from onrecord.record.accounts import ROLE_ACTOR, folded
from onrecord.record.decision_tables import anchors, decisions, withheld_in
from onrecord.record.decisions.anchors import SECTIONS
from onrecord.record.decisions.applying import without
from onrecord.record.groups import portions
from onrecord.record.ids import account_id
from onrecord.record.listing_tables import facets
from onrecord.record.stale import ARTICLE

PERSON = "person:"
"""What the subject of a decision on a person begins with."""
HELD = "held"
WITHHELD = "[withheld]"
BLACK = "█"
_SHORTEST = 3
"""Letters of a part of a name that is blackened by itself."""
_DECISIONS = decisions.c


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of an article is withheld: people by name or key, incidents by their id in the reading."""

    people: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()


class Withholding:
    """What is withheld on a record; good for as long as one connection's view of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def people(self) -> dict[str, str]:
        """The withheld names and keys, by decision."""
        wanted = select(_DECISIONS.id, _DECISIONS.subject).where(*_in_force(), _DECISIONS.subject.startswith(PERSON))
        return {row.id: row.subject.removeprefix(PERSON) for row in self._connection.execute(wanted)}

    @cached_property
    def groups(self) -> frozenset[str]:
        """The incidents that are withheld: those that any of the accounts is of that were when it was decided."""
        known, nodes = anchors.c, tables.nodes.c
        wanted = (
            select(known.holder, known.local)
            .join(decisions, _DECISIONS.id == known.decision)
            .where(*_in_force(), known.role == HELD, known.holder.is_not(None))
        )
        accounts = [account_id(row.holder, row.local) for row in self._connection.execute(wanted)]
        found: set[str] = set()
        for some in portions(accounts):
            theirs = select(nodes.group).where(nodes.kind == "incident", nodes.id.in_(some))
            found |= set(self._connection.scalars(theirs))
        return frozenset(found)

    @cached_property
    def _accounts(self) -> dict[str, list[str]]:
        """The accounts of withheld incidents, by article."""
        nodes = tables.nodes.c
        found: dict[str, list[str]] = defaultdict(list)
        for some in portions(sorted(self.groups)):
            wanted = select(nodes.article, nodes.local).where(nodes.kind == "incident", nodes.group.in_(some))
            for row in self._connection.execute(wanted):
                found[row.article].append(row.local)
        return found

    def of(self, articles: Sequence[str]) -> dict[str, Hidden]:
        """What is withheld of these articles; those of which nothing is are not among them."""
        people: dict[str, list[str]] = defaultdict(list)
        if self.people:
            for some in portions(articles):
                for row in self._connection.execute(select(withheld_in).where(withheld_in.c.article.in_(some))):
                    if row.decision in self.people:
                        people[row.article].append(self.people[row.decision])
        touched = [article for article in articles if article in people or article in self._accounts]
        return {
            article: Hidden(tuple(sorted(people[article])), tuple(self._accounts.get(article, ())))
            for article in touched
        }

    def names(self, words: str) -> bool:
        """Whether words that somebody looks for name a person who is withheld."""
        return any(_is_part(person, words) for person in self.people.values())


def articles_naming(connection: Connection, person: str) -> list[str]:
    """The articles that name a person, by a name or key that the reading gives, or in their text."""
    known, articles = facets.c, tables.articles.c
    actor = (known.kind == ARTICLE, known.facet == ROLE_ACTOR, known.value == folded(person))
    named = select(known.id).where(*actor)
    written = or_(
        articles.text.icontains(person, autoescape=True),
        articles.title.icontains(person, autoescape=True),
        articles.byline.icontains(person, autoescape=True),
    )
    return sorted({*connection.scalars(named), *connection.scalars(select(articles.id).where(written))})


def note_newcomer(connection: Connection, article: str, reading: Reading | None) -> None:
    """Note whether an article that came, or was read anew (or is gone: `None`), names a person who is withheld."""
    connection.execute(withheld_in.delete().where(withheld_in.c.article == article))
    if reading is None:
        return
    # Those too whose withholding was undone: the undoing may be undone.
    wanted = select(_DECISIONS.id, _DECISIONS.subject).where(
        _DECISIONS.act == "withhold", _DECISIONS.subject.startswith(PERSON)
    )
    for row in connection.execute(wanted).all():
        if _names(reading, row.subject.removeprefix(PERSON)):
            connection.execute(withheld_in.insert().values(decision=row.id, article=article))


def masked(reading: Reading, hidden: Hidden) -> Reading:
    """The reading without what is withheld."""
    told = [
        sentence for incident in reading.incidents if incident.id in hidden.incidents for sentence in incident.evidence
    ]
    main = any(incident.main for incident in reading.incidents if incident.id in hidden.incidents)
    reading = without(reading, set(hidden.incidents) | _said_in(reading, told))
    people = [entity for person in hidden.people for entity in _entities(reading, person)]
    pattern = _pattern(name for person in hidden.people for name in _names_of(reading, person, people))
    text = _blackened(reading.text, told, pattern)
    shown = _Masks(pattern, text)
    reading = replace(
        reading,
        text=text,
        title=WITHHELD if main and reading.title else shown.words(reading.title),
        byline=shown.words(reading.byline),
        url=shown.address(reading.url),
        entities=tuple(_nameless(entity) if entity in people else entity for entity in reading.entities),
    )
    return replace(
        reading,
        **{
            name: shown.all(getattr(reading, name))
            for name in ("mentions", "times", "credits", "boilerplate", *SECTIONS)
        },
    )


class _Masks:
    """Blackens what a reading holds besides its text."""

    def __init__(self, pattern: re.Pattern[str] | None, text: str) -> None:
        self._pattern, self._text = pattern, text

    def words(self, words: str | None) -> str | None:
        """Words without withheld names."""
        return words if words is None or self._pattern is None else self._pattern.sub(_black, words)

    def address(self, url: str | None) -> str | None:
        """An address, where it spells no withheld name; else `None`."""
        spelt = re.sub(r"[\W_]+", " ", url or "")
        return None if self._pattern is not None and self._pattern.search(spelt) else url

    def all(self, value: Any) -> Any:
        """Facts with the words that the text now has for them; words that are not of the text by `words`."""
        if isinstance(value, tuple):
            return tuple(self.all(each) for each in value)
        if isinstance(value, str):
            return self.words(value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {
            field.name: self.all(getattr(value, field.name)) for field in fields(value) if field.name not in _IDS
        }
        if isinstance(value, TextSpan):
            changed["text"] = self._text[value.start : value.end]
        return replace(value, **changed)


_IDS = frozenset({"id", "entity", "type", "kind", "incident", "attribution"})


def _in_force() -> tuple[Any, ...]:
    return _DECISIONS.act == "withhold", _DECISIONS.undone_by.is_(None)


def _names(reading: Reading, person: str) -> bool:
    folded = person.casefold()
    written = (reading.text, reading.title or "", reading.byline or "")
    return bool(_entities(reading, person)) or any(folded in words.casefold() for words in written)


def _entities(reading: Reading, person: str) -> list[Entity]:
    """The entities that are a person, by key, name or what they are called."""
    folded = person.casefold()
    called = {mention.entity for mention in reading.mentions if mention.text.casefold() == folded}
    return [
        entity
        for entity in reading.entities
        if entity.key == person or entity.name.casefold() == folded or entity.id in called
    ]


def _names_of(reading: Reading, person: str, people: Sequence[Entity]) -> Iterator[str]:
    theirs = [entity for entity in people if entity in _entities(reading, person)]
    ids = {entity.id for entity in theirs}
    whole = [person, *(entity.name for entity in theirs)]
    whole += [mention.text for mention in reading.mentions if mention.entity in ids]
    for name in whole:
        yield name
        yield from (part for part in name.split() if len(part) >= _SHORTEST and part[0].isupper())


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    known = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
    if not known:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in known)})(?!\w)", re.IGNORECASE)


def _black(match: re.Match[str]) -> str:
    return BLACK * len(match.group())


def _blackened(text: str, told: Sequence[TextSpan], pattern: re.Pattern[str] | None) -> str:
    for sentence in told:
        blank = "".join(each if each.isspace() else BLACK for each in text[sentence.start : sentence.end])
        text = text[: sentence.start] + blank + text[sentence.end :]
    return text if pattern is None else pattern.sub(_black, text)


def _said_in(reading: Reading, told: Sequence[TextSpan]) -> set[str]:
    """The facts that stand in sentences which are blackened."""
    gone: set[str] = set()
    words: tuple[Casualty | Label, ...] = (*reading.casualties, *reading.labels)
    for fact in words:
        if any(sentence.start <= fact.start < sentence.end for sentence in told):
            gone.add(fact.id)
    happenings: tuple[Incident | Truce, ...] = (*reading.incidents, *reading.truces)
    for happening in happenings:
        inside = [any(_overlap(own, sentence) for sentence in told) for own in happening.evidence]
        if inside and all(inside):
            gone.add(happening.id)
    return gone


def _overlap(a: TextSpan, b: TextSpan) -> bool:
    return a.start < b.end and b.start < a.end


def _nameless(entity: Entity) -> Entity:
    return replace(entity, name=WITHHELD, key=None)


def _is_part(person: str, words: str) -> bool:
    asked = set(re.findall(r"\w+", words.casefold()))
    name = re.findall(r"\w+", person.casefold())
    return bool(name) and (set(name) <= asked or person.casefold() == words.casefold().strip())
