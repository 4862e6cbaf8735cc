"""The actor base: states, their forces, armed groups, organisations, agencies and persons that news on wars names.

The facts stand in `data/actors.tsv` (one actor a line: names, role, side) and `data/actor-names.tsv` (names that were
borne for a time). Users add files of the same form (`[lexicons] actors = [...]` in onrecord.toml).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from onrecord.errors import DataError
from onrecord.lexicon import Row, rows_by_weight
from onrecord.reading.own_files import own_files
from onrecord.reading.schema import Entity, MentionType
from onrecord.reading.spelling import folded

AGENCY_ROLES = frozenset({"agency", "broadcaster", "newspaper"})


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of the base.

    `role` is what it is (state, government, force, armed-group, coalition, party, agency, broadcaster, newspaper,
    monitor, international, aid, leader, official, spokesman, civic); `side` is whom it stands with
    (`syria-government`, `syria-opposition`, `islamic-state`, `russia`, `us-coalition` ...), None for neither.
    """

    name: str
    type: MentionType
    role: str
    side: str | None = None
    country: str | None = None
    key: str | None = None
    """`wikidata:<Q-id>`, or `actor:<name>` where that is not known."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spell:
    """A name that an actor bore from one day to another (ISO 8601; "" is open)."""

    actor: str
    name: str
    since: str
    until: str

    def is_name(self, written: str) -> bool:
        """Whether the name is written as it must be: acronyms in capitals."""
        return not _is_acronym(self.name) or written == self.name.replace(".", "")

    def holds_on(self, day: str) -> bool:
        return self.since <= day and (not self.until or day <= self.until)


def actor_named(name: str, on: str | None = None) -> Actor | None:
    """The actor of that name or alias, in any spelling of case, diacritics and leading "the".

    `on` (ISO 8601) chooses among the bearers of a name that passed from one to another. Acronyms must be written as
    such: "IS" names the Islamic State, "is" nobody.
    """
    return actor_base().named(name, on)


def actor_of(entity: Entity | None) -> Actor | None:
    """The actor that an entity of a reading stands for."""
    return None if entity is None else actor_named(entity.name)


def side_of(who: Entity | str | None) -> str | None:
    """Whom an entity, or somebody named by the text's words, stands with; None where it is unknown or nobody."""
    actor = actor_named(who) if isinstance(who, str) else actor_of(who)
    return actor.side if actor is not None else None


def is_agency(entity: Entity | None) -> bool:
    """Whether the entity is a news agency, broadcaster or newspaper."""
    actor = actor_of(entity)
    return actor is not None and actor.role in AGENCY_ROLES


def is_monitor(entity: Entity | None) -> bool:
    """Whether the entity counts and documents harm without being a party: a monitor or rights organisation."""
    actor = actor_of(entity)
    return actor is not None and actor.role == "monitor"


def actors() -> tuple[Actor, ...]:
    """All actors of the base, the project's and the user's."""
    return tuple(actor_base().by_name.values())


@dataclass(frozen=True, slots=True)
class ActorBase:
    """The actors by name, and by each of their names: folded, acronyms as they are written, names borne for a time."""

    by_name: dict[str, Actor]
    names: dict[str, Actor]
    acronyms: dict[str, Actor]
    spells: dict[str, tuple[_Spell, ...]]
    first_words: frozenset[str]
    """The first words of all names, folded: where none of them stands, no actor does."""
    plain_aliases: frozenset[str]
    """Aliases that begin with a small letter though they are names: "international coalition"."""

    def named(self, name: str, on: str | None = None) -> Actor | None:
        """See `actor_named`."""
        acronym = name.replace(".", "").strip().removeprefix("the ").removeprefix("The ")
        key = folded(name)
        for spell in self.spells.get(key, ()) if on is not None else ():
            if spell.is_name(acronym) and spell.holds_on(on or ""):
                return self.by_name[spell.actor]
        return self.acronyms.get(acronym) or self.names.get(key)


def actor_base() -> ActorBase:
    """The actor base in force; ask for it once where many names are looked up."""
    return _base_of(own_files("actors"), own_files("actor-names"))


@lru_cache(maxsize=8)
def _base_of(_actors: tuple[Path, ...], _names: tuple[Path, ...]) -> ActorBase:
    """The base by every name; what the user's files say of a name goes before what the packaged ones say."""
    by_name: dict[str, Actor] = {}
    for row in rows_by_weight("actors"):
        by_name.setdefault(row["name"], _actor(row))
    borne = [row for row in rows_by_weight("actor-names") if row["actor"] in by_name]
    called = [(name, actor) for actor in by_name.values() for name in (actor.name, *actor.aliases)]
    names: dict[str, Actor] = {}
    acronyms: dict[str, Actor] = {}
    for name, actor in (*called, *((row["name"], by_name[row["actor"]]) for row in borne)):
        if _is_acronym(name):
            acronyms.setdefault(name.replace(".", ""), actor)
        else:
            names.setdefault(folded(name), actor)
    return ActorBase(
        by_name,
        names,
        acronyms,
        spells=_spells(borne),
        first_words=_first_words({name for name, _ in called} | {row["name"] for row in borne}),
        plain_aliases=frozenset(name for name, _ in called if name[:1].islower()),
    )


def _spells(borne: Iterable[Row]) -> dict[str, tuple[_Spell, ...]]:
    """The names that are borne for a time, folded, each with its bearers."""
    spells: defaultdict[str, list[_Spell]] = defaultdict(list)
    for row in borne:
        spells[folded(row["name"])].append(_Spell(row["actor"], row["name"], row["since"], row["until"]))
    return {key: tuple(found) for key, found in spells.items()}


def _first_words(names: Iterable[str]) -> frozenset[str]:
    """What a name may begin with: its first word, or the first part of a compound."""
    return frozenset(word for name in names for word in (first_word(name), folded(name.partition("-")[0])) if word)


def first_word(name: str) -> str:
    """The first word of a name, folded."""
    return folded(name).partition(" ")[0]


def _actor(row: Row) -> Actor:
    if row["type"] not in get_args(MentionType) or not row["role"]:
        raise DataError(
            f"has the actor {row['name']!r} with type {row['type']!r} and role {row['role']!r}",
            where="[lexicons] actors",
            advice="give a type (person, organisation or place) and a role; see docs/own-files.md",
        )
    return Actor(
        name=row["name"],
        type=cast(MentionType, row["type"]),
        role=row["role"],
        side=row["side"] or None,
        country=row["country"] or None,
        key=f"wikidata:{row['wikidata']}" if row["wikidata"] else "actor:" + folded(row["name"]).replace(" ", "-"),
        aliases=tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip()),
    )


def _is_acronym(alias: str) -> bool:
    letters = alias.replace(".", "").replace("-", "")
    return letters.isupper() and len(letters) <= 6 and " " not in letters
