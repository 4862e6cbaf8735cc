"""What those who act and those who are hit are, as far as the names and nouns for them tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from onrecord.lexicon import any_of, rows
from onrecord.reading.names.actors import Actor, actor_named
from onrecord.record.shapes import IncidentOnRecord, Party, Struck

Sort = Literal["state", "external", "group", "armed", "protesters", "rioters", "civilians", "unknown"]
"""`external`: coalitions and international forces; `group`: armed, outside the state; `armed`: whose is not told."""

ARMED: frozenset[Sort] = frozenset({"state", "external", "group", "armed"})
_OF_ROLES: dict[str, Sort] = {
    "state": "state",
    "government": "state",
    "force": "state",
    "armed-group": "group",
    "coalition": "external",
    "international": "external",
    "aid": "civilians",
    "agency": "civilians",
    "broadcaster": "civilians",
    "civic": "civilians",
    "monitor": "civilians",
    "newspaper": "civilians",
}
_FORCES_OF: tuple[Sort, Sort] = ("armed", "state")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Side:
    """One who acts or is hit: by the record's name, what sort it is, and of which country (ISO 3166-1 alpha-2)."""

    name: str
    sort: Sort
    country: str | None = None
    named: bool = True
    """False where only a common noun is told: "gunmen"."""


def doers_of(incident: IncidentOnRecord) -> tuple[Side, ...]:
    """Who did it as any account says, the most often named first; those who are only said not to have are left out."""
    parties = (party for account in incident.accounts for party in account.perpetrators if party.blame != "denied")
    sides = _sides(parties)
    return tuple(_armed(side) for side in sides) if incident.type == "ASSAULT" else tuple(sides)


def hit_of(incident: IncidentOnRecord) -> tuple[Side, ...]:
    """The people and organisations that it was done to, the most often named first."""
    struck = (struck for account in incident.accounts for struck in account.targets)
    return tuple(_sides(each for each in struck if each.kind in {"person", "organisation"}))


def side_of(name: str, words: str) -> Side:
    """What one is whom the record names so, by the text's own words: an actor of the base, else by its noun."""
    actor = actor_named(name) or actor_named(words)
    if actor is not None and actor.role in _OF_ROLES:
        return Side(name, _OF_ROLES[actor.role], actor.country)
    head = [word.lower() for word in _WORD.findall(_after_head().split(words)[0])]
    noun = next((noun for noun in _nouns(head) if noun in _sorts()), "")
    country = _country(words)
    sort = _FORCES_OF[country is not None] if _sorts().get(noun) == "forces" else _sorts().get(noun, "unknown")
    owner = _owner(words) if sort in ARMED else None
    if owner is not None and _OF_ROLES.get(owner.role) in ARMED:
        return Side(name, _OF_ROLES[owner.role], owner.country)
    return Side(name, cast(Sort, sort), country, named=_has_name(name) if noun else name != name.lower())


def _armed(side: Side) -> Side:
    """Whoever attacks is armed: "unknown men" who abduct somebody are no civilians."""
    return replace(side, sort="armed") if side.sort == "civilians" and not side.named else side


def _sides(parties: Iterable[Party | Struck]) -> Iterator[Side]:
    given = list(parties)
    words = {party.name: party.words for party in reversed(given)}
    for name, _ in Counter(party.name for party in given).most_common():
        yield side_of(name, words[name])


def _nouns(head: list[str]) -> Iterator[str]:
    """The nouns that a phrase may end in, the longer first: "security force", "force"."""
    if not head:
        return
    for last in _singulars(head[-1]):
        if len(head) > 1:
            yield f"{head[-2]} {last}"
        yield last


def _singulars(word: str) -> Iterator[str]:
    """The forms that a noun may have in a dictionary: "gunmen" → "gunman"; "bodies" → "body"; "troops" → "troop"."""
    yield word
    if word.endswith("men"):
        yield word[:-3] + "man"
    if word.endswith("children"):
        yield word.removesuffix("ren")
    if word == "people" or not word.endswith("s"):
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
    yield word[:-1]


@cache
def _sorts() -> dict[str, str]:
    """The sorts of those who are called by a noun; "forces" are told apart by whether their country is told."""
    people = {"civilian": "civilians", "combatant": "armed", "unknown": "civilians"}
    known = {row["noun"]: people[row["status"]] for row in rows("people") if row["status"] in people}
    return known | {row["noun"]: row["side"] for row in rows("export-sides")}


def _has_name(name: str) -> bool:
    """Whether more is capital than the first of the words, or that one is no common word: "Zabar fighters"."""
    first, *others = name.split() or [""]
    if any(word[:1].isupper() and word not in _demonyms() for word in others):
        return True
    return first[:1].isupper() and first not in _demonyms() and first.lower() not in _common_words()


@cache
def _owner(words: str) -> Actor | None:
    """The actor whose people a phrase is about: "Islamic State fighters"."""
    parts = words.removeprefix("the ").split()
    stretches = (" ".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
    return next((actor for stretch in stretches if (actor := actor_named(stretch)) is not None), None)


def _country(words: str) -> str | None:
    return next((code for word in words.split() if (code := _demonyms().get(word))), None)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("word-documents"))


@cache
def _demonyms() -> dict[str, str]:
    return {row["word"]: row["country"] for row in rows("demonyms") if row["country"]}


@cache
def _after_head() -> re.Pattern[str]:
    return re.compile(rf",| {any_of('export-words', 'after-head')} ")
