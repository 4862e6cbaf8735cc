"""The lexicons of happenings."""

from __future__ import annotations

import pytest

from onrecord.lexicon import rows
from onrecord.reading.incidents.words import target_nouns, weapon_mode

TYPES = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
KEYS = {"obj", "subj", "mod", "prt", "xcomp", "subj-of", "ccomp", "of", "passive", "intransitive", "obj-land"}
ROLES = {"", "sides", "undergone", "weapon", "suffered", "harm", "about", "doer"}


def test_all_sixteen_types_have_words() -> None:
    assert {row["type"] for row in rows("event-words")} - {"-"} == TYPES


@pytest.mark.parametrize("name", ["event-words", "blame-words"])
def test_conditions_name_known_classes(name: str) -> None:
    classes = {row["class"] for row in rows("event-word-classes")}
    named = [word for row in rows(name) for part in row["when"].split() for word in part.partition(":")[2].split("|")]
    assert {word[1:] for word in named if word.startswith("@")} <= classes


def test_conditions_without_words_are_of_a_known_kind() -> None:
    bare = {part for row in rows("event-words") for part in row["when"].split() if ":" not in part}
    assert bare <= KEYS


def test_roles_are_known() -> None:
    assert {row["roles"] for row in rows("event-words")} <= ROLES


@pytest.mark.parametrize(
    "name", ["event-words", "event-word-classes", "weapons", "target-nouns", "actor-nouns", "hedges"]
)
def test_no_entry_stands_twice(name: str) -> None:
    entries = [tuple(row.values()) for row in rows(name)]
    assert len(entries) == len(set(entries))


def test_a_weapon_tells_its_mode() -> None:
    assert (weapon_mode("car bomb"), weapon_mode("mortar"), weapon_mode("spoon")) == (
        "explosives",
        "heavy-weapons",
        None,
    )


def test_a_house_is_a_facility() -> None:
    assert target_nouns()["house"] == "facility"
