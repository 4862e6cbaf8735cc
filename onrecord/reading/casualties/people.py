"""Words for people: which nouns and names stand for people, for how many groups, and whether these fight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.names.actors import actor_named
from onrecord.reading.schema import CasualtyStatus

_PREDICATE = 4
_COMBATANT_ROLES = frozenset({"force", "armed-group"})


@dataclass(frozen=True, slots=True)
class Kind:
    """Who the people are: their narrower group, and whether they fight."""

    group: str | None = None
    status: CasualtyStatus = "unknown"


def is_people(noun: Token) -> bool:
    """Whether the noun stands for people: a word of the lexicon, a name of people or of a side."""
    return known_people(noun) is not None or noun.ent_type_ in ("person", "nationality")


def are_people(name: Token) -> bool:
    """Whether a name in the plural is one for people, whatever the model calls it: "Jesuits"."""
    return name.tag_ in {"NNS", "NNPS"} and known_people(name) is not None


def kind_of_noun(noun: Token) -> Kind:
    """Who those are that the noun itself, with the word right before it, stands for."""
    return known_people(noun) or Kind()


def known_people(noun: Token) -> Kind | None:
    """The noun's entry in the lexicon of people, whichever of its forms the lemmatiser gave; None where it has none."""
    people = _people()
    forms = dict.fromkeys((noun.lemma_.lower(), noun.lower_, *singulars(noun.lower_)))
    before = noun.doc[noun.i - 1].lower_ if noun.i else ""
    for form in (*(f"{before} {form}" for form in forms), *forms):
        if form in people:
            return people[form]
    compound = next((form for form in forms if form.endswith(("man", "woman")) and len(form) > len("woman")), None)
    return people["woman" if compound.endswith("woman") else "person"] if compound else None


def singulars(word: str) -> Iterator[str]:
    """What a plural may be the plural of: "child" of "children"."""
    for plural, one in (("children", "child"), ("ies", "y"), ("men", "man"), ("es", ""), ("s", "")):
        if word.endswith(plural):
            yield word.removesuffix(plural) + one


def is_one_of_two_groups(noun: Token, kind: Kind) -> bool:
    """ "12 women and children" are neither the one nor the other."""
    after = noun.doc[noun.i + 1 : noun.i + 3]
    return (
        len(after) == 2
        and after[0].lower_ in ("and", "or", "&")
        and kind_of_noun(after[1]).group not in (None, kind.group)
    )


def kind_after_be(be: Token) -> Kind:
    """Who people are said to be: the predicate of "were (mostly young) women"."""
    for token in be.doc[be.i + 1 : be.i + 2 + _PREDICATE]:
        if token.pos_ in ("NOUN", "PROPN") and is_people(token):
            kind = kind_of_noun(token)
            return Kind(None, kind.status) if is_one_of_two_groups(token, kind) else kind
        if token.pos_ not in ("ADV", "DET", "ADJ", "NOUN", "PROPN"):
            break
    return Kind()


def is_combatant_name(token: Token) -> bool:
    """Whether the token stands for people who fight: "of the rebels", "Nusra Front members"."""
    known = known_people(token)
    if known is not None and known.status == "combatant":
        return True
    if token.ent_iob_ != "B":
        return False
    name = next(ent for ent in token.doc.ents if ent.start == token.i)
    actor = actor_named(name.text)
    if actor is not None:
        return actor.role in _COMBATANT_ROLES
    return any(word.lower_ in _armed_name_words() for word in name)


@cache
def partitives() -> frozenset[str]:
    """Words for people already counted: "10 of them", "12 of the dead"."""
    return frozenset(row["word"] for row in rows("partitives"))


@cache
def collectives() -> frozenset[str]:
    """Nouns for people together: "a family of six"."""
    return frozenset(row["noun"] for row in rows("collectives"))


@cache
def _people() -> Mapping[str, Kind]:
    return {row["noun"]: Kind(row["group"] or None, row["status"]) for row in rows("people")}  # type: ignore[arg-type]


@cache
def _armed_name_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("armed-name-words"))
