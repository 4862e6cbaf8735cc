"""The lexicons of happenings: which word tells which type of event, with what weapon, done to what kind of thing.

The facts stand in `data/event-words.tsv`, `weapons.tsv`, `target-nouns.tsv` and the other files named below; users add
files of the same form in `onrecord.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.schema import Blame, IncidentStatus, TargetKind
from onrecord.reading.syntax import OBLIQUES, child, conjuncts, is_passive, prepositions

# "Fighting" and the like are at times taken for pronouns.
_POS = {"VERB": "v", "NOUN": "n", "PROPN": "n", "PRON": "n", "ADJ": "a", "AUX": "v"}
_NO_HAPPENING = "-"
_NO_WEAPON = "-"
_LAND = frozenset({"place", "facility"})
# What inflection adds, and what stands without it: "countries", "killed", "bombing", "planned".
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
_SHORTEST_STEM = 3
_INNER = frozenset({"compound", "amod", "flat", "nmod", "nmod:poss"})


@dataclass(frozen=True, slots=True)
class Condition:
    """What must stand beside a word: `key` says where, `words` which (empty: any)."""

    key: str
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word that tells a happening, under its conditions; `roles` as in `event-words.tsv`."""

    word: str
    type: str
    mode: str | None
    roles: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class BlameWord:
    """A verb that makes somebody the doer; `doer` is subject, object or a preposition."""

    conditions: tuple[Condition, ...]
    doer: str
    blame: Blame


@dataclass(frozen=True, slots=True)
class Hedge:
    """How a word weakens what is told: whose blame and which status it leaves."""

    blame: Blame | None
    status: IncidentStatus | None


def event_word(token: Token) -> EventWord | None:
    """What the token tells in its place, or None; of several entries that hold, the one with most conditions."""
    pos = _POS.get(token.pos_)
    if pos is None:
        return None
    for entry in _entries(token.lemma_.lower(), token.lower_, pos):
        if all(holds(condition, token) for condition in entry.conditions):
            return entry if entry.type != _NO_HAPPENING else None
    return None


def blame_word(verb: Token) -> BlameWord | None:
    """How the verb makes somebody a doer, or None."""
    entries = (entry for lemma in lemmas(verb) for entry in _blame_words().get(lemma, ()))
    for entry in entries:
        if all(holds(condition, verb) for condition in entry.conditions):
            return entry
    return None


def light_role(verb: Token, noun: Token) -> str | None:
    """What the verb's subject is to the noun that it carries: "agent", "patient", or None where it carries none."""
    link = _link(noun)
    return next((role for lemma in lemmas(verb) if (role := _light_verbs().get((lemma, link)))), None)


def carries(verb: Token) -> bool:
    """Whether the verb is one by whose subject a noun is done: "carry out", "commit"."""
    return any(_light_verbs().get((lemma, "")) == "agent" for lemma in lemmas(verb))


def is_weapon(token: Token) -> bool:
    """Whether the word is a weapon by itself."""
    return any_lemma_in(token, weapons())


def hedge(word: str, pos: str) -> Hedge | None:
    """What the word does to what it stands with, as `pos` (mod, adv, cue, verb); None for nothing."""
    return _hedges().get((word.lower(), pos))


def weapon_mode(phrase: str) -> str | None:
    """The mode that a weapon tells, "" for a weapon that tells none, None for what is no weapon."""
    return weapons().get(phrase)


@cache
def weapons() -> Mapping[str, str]:
    """The mode of each weapon's name in lemmas."""
    return {row["weapon"]: row["mode"] for row in rows("weapons") if row["mode"] != _NO_WEAPON}


@cache
def no_weapons() -> frozenset[str]:
    """Phrases, in lemmas, that only hold a word for a weapon: "storage tank"."""
    return frozenset(row["weapon"] for row in rows("weapons") if row["mode"] == _NO_WEAPON)


@cache
def means() -> frozenset[tuple[str, str]]:
    """Ways of fighting or killing, as (lemma, v or n)."""
    return frozenset((row["word"], row["pos"]) for row in rows("means"))


def target_kind(token: Token) -> TargetKind | None:
    """The kind of target that a common noun is, None for what is none."""
    known = target_nouns()
    return next((known[lemma] for lemma in lemmas(token) if lemma in known), None)


def is_part(token: Token) -> bool:
    """Whether the noun is a part of a building or vehicle that is named after it: "the roof of the bus"."""
    return any_lemma_in(token, incident_words("thing-part")) and any(
        "of" in prepositions(found) for found in token.children
    )


def is_actor(token: Token) -> bool:
    """Whether a common noun is one for people, groups or powers."""
    return any_lemma_in(token, actor_nouns())


def is_means(token: Token) -> bool:
    """Whether a word names a way of fighting or killing."""
    pos = "n" if token.pos_ in {"NOUN", "PROPN"} else "v"
    return any((lemma, pos) in means() for lemma in lemmas(token))


@cache
def target_nouns() -> Mapping[str, TargetKind]:
    """The kind of target that a common noun is."""
    return {row["noun"]: cast(TargetKind, row["kind"]) for row in rows("target-nouns")}


@cache
def actor_nouns() -> frozenset[str]:
    """Common nouns for people, groups and powers."""
    return frozenset(row["noun"] for row in rows("actor-nouns"))


def holds(condition: Condition, token: Token) -> bool:
    """Whether the condition holds of the token."""
    key = condition.key
    if key in _CHECKS:
        return _CHECKS[key](token, condition.words)
    wanted = set(key.split("|"))
    return any(
        not wanted.isdisjoint(prepositions(found)) and _matches(found, condition.words)
        for found in token.children
        if found.dep_ in OBLIQUES or found.dep_ in {"obj", "xcomp", "advmod"}
    )


def lemmas(token: Token) -> tuple[str, ...]:
    """The dictionary forms that a token may have, the tagger's first, lower case: its tag can be wrong."""
    return _lemmas(token.lemma_.lower(), token.lower_)


def any_lemma_in(token: Token, words: Container[str]) -> bool:
    """Whether one of the token's dictionary forms is among the words."""
    return any(lemma in words for lemma in lemmas(token))


@lru_cache(maxsize=50_000)
def _lemmas(lemma: str, form: str) -> tuple[str, ...]:
    found = [lemma, form]
    for ending, instead in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST_STEM:
            found.append(form[: -len(ending)] + instead)
    return tuple(dict.fromkeys(found))


def _matches(found: Token, words: frozenset[str]) -> bool:
    if not words or any_lemma_in(found, words):
        return True
    return any(
        any_lemma_in(inner, words) or any(inner.lower_.startswith(word + "-") for word in words)
        for inner in found.children
        if inner.dep_ in _INNER
    )


def _object(token: Token, words: frozenset[str]) -> bool:
    relation = "nsubj:pass" if is_passive(token) else "obj"
    found = child(token, relation)
    if found is None and token.dep_ in {"acl", "acl:relcl"} and is_passive(token):
        found = token.head
    return found is not None and any(_matches(each, words) for each in conjuncts(found))


def _land_as_object(token: Token, _: frozenset[str]) -> bool:
    found = child(token, "nsubj:pass" if is_passive(token) else "obj")
    return found is not None and any(each.ent_type_ in _LAND for each in conjuncts(found))


def _subject(token: Token, words: frozenset[str]) -> bool:
    found = child(token, "obl:agent") if is_passive(token) else child(token, "nsubj")
    if found is None and token.dep_ in {"conj", "xcomp"}:
        found = child(token.head, "nsubj")
    return found is not None and any(_matches(each, words) for each in conjuncts(found))


def _modifier(token: Token, words: frozenset[str]) -> bool:
    near = [found for found in token.children if found.dep_ in _INNER and not prepositions(found)]
    return any(
        any_lemma_in(each, words) or not words.isdisjoint(each.lower_.split("-"))
        for found in near
        for each in (found, *found.children)
    )


def _companion(token: Token, words: frozenset[str]) -> bool:
    if any(found.lower_ in words for found in token.children):
        return True
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in words


def _complement(token: Token, words: frozenset[str]) -> bool:
    return any(found.dep_ in {"xcomp", "ccomp"} and any_lemma_in(found, words) for found in token.children)


def _of(token: Token, _: frozenset[str]) -> bool:
    return any(found.dep_ == "nmod:poss" or "of" in prepositions(found) for found in token.children)


def _destroys(token: Token, words: frozenset[str]) -> bool:
    return token.dep_ in {"nsubj", "obl:agent", "obl"} and any_lemma_in(token.head, words)


_CHECKS: Mapping[str, Callable[[Token, frozenset[str]], bool]] = {
    "obj": _object,
    "obj-land": _land_as_object,
    "subj": _subject,
    "mod": _modifier,
    "prt": _companion,
    "xcomp": _complement,
    "of": _of,
    "subj-of": _destroys,
    "passive": lambda token, _: is_passive(token),
    "intransitive": lambda token, _: child(token, "obj", "obl:agent", "nsubj:pass") is None,
    "ccomp": lambda token, _: child(token, "ccomp") is not None,
}


def _link(noun: Token) -> str:
    if noun.dep_ in {"obl", "obl:agent", "nmod"}:
        return next(iter(prepositions(noun)), "")
    return ""


@lru_cache(maxsize=50_000)
def _entries(lemma: str, form: str, pos: str) -> tuple[EventWord, ...]:
    """What a word with these forms may tell; the tagger's lemma goes first."""
    known = _event_words()
    return tuple(entry for each in _lemmas(lemma, form) for entry in known.get((each, pos), ()))


@cache
def _event_words() -> Mapping[tuple[str, str], tuple[EventWord, ...]]:
    found: dict[tuple[str, str], list[EventWord]] = {}
    for row in rows("event-words"):
        entry = EventWord(row["word"], row["type"], row["mode"] or None, row["roles"], _conditions(row["when"]))
        found.setdefault((row["word"], row["pos"]), []).append(entry)
    return {key: tuple(sorted(entries, key=_looseness)) for key, entries in found.items()}


def _looseness(entry: EventWord) -> tuple[int, int]:
    named = sum(1 for condition in entry.conditions if condition.words)
    return -len(entry.conditions), -named


@cache
def _blame_words() -> Mapping[str, tuple[BlameWord, ...]]:
    found: dict[str, list[BlameWord]] = {}
    for row in rows("blame-words"):
        found.setdefault(row["verb"], []).append(
            BlameWord(_conditions(row["when"]), row["doer"], cast(Blame, row["blame"]))
        )
    return {verb: tuple(sorted(entries, key=lambda entry: -len(entry.conditions))) for verb, entries in found.items()}


@cache
def _light_verbs() -> Mapping[tuple[str, str], str]:
    return {
        (row["verb"], preposition): row["subject"]
        for row in rows("light-verbs")
        for preposition in row["prepositions"].split("|")
    }


@cache
def _hedges() -> Mapping[tuple[str, str], Hedge]:
    return {
        (row["word"], row["pos"]): Hedge(
            cast(Blame, row["blame"]) if row["blame"] else None,
            cast(IncidentStatus, row["status"]) if row["status"] else None,
        )
        for row in rows("hedges")
    }


def _conditions(text: str) -> tuple[Condition, ...]:
    parts = []
    for part in text.split():
        key, _, words = part.partition(":")
        parts.append(Condition(key, frozenset(_expanded(words))))
    return tuple(parts)


def _expanded(words: str) -> set[str]:
    found: set[str] = set()
    for word in filter(None, words.split("|")):
        found |= _classes()[word[1:]] if word.startswith("@") else {word.replace("_", " ")}
    return found


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("event-word-classes"):
        found.setdefault(row["class"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}
