"""A renamed window is the same one with other names: as many words, the same layers, one new name for each old one."""

from __future__ import annotations

import random

from training.corpora import Window
from training.renaming import pools_of, renamed

PERSON, PLACE = ("B-person",), ("B-place",)
NEWS = Window(
    words=["Sabry", "left", "Ostara", "as", "Sabry", "said", "in", "the", "Bay", "of", "Ostara"],
    breaks=[True] + [False] * 10,
    names=[PERSON, ("O",), PLACE, ("O",), PERSON, ("O",), ("O",), ("O",), PLACE, ("I-place",), ("I-place",)],
)
POOLS = {("person", 1): [("Haddad",), ("Malki",)], ("place", 1): [("Tarsal",), ("Marea",)]}


def renamings() -> list[Window]:
    chance = random.Random(1)
    return [renamed(NEWS, POOLS, {}, chance) for _ in range(60)]


def test_a_name_becomes_the_same_other_name_throughout() -> None:
    assert {(window.words[0], window.words[4]) for window in renamings()} == {
        ("Sabry", "Sabry"),
        ("Haddad", "Haddad"),
        ("Malki", "Malki"),
    }


def test_everything_but_the_words_stays() -> None:
    for window in renamings():
        assert (window.breaks, window.names, len(window.words)) == (NEWS.breaks, NEWS.names, len(NEWS.words))


def test_a_name_with_little_words_in_it_stays() -> None:
    """Between "the" and "of" another name would not fit the tree."""
    assert {tuple(window.words[7:]) for window in renamings()} == {("the", "Bay", "of", "Ostara")}


def test_names_of_lists_are_drawn_as_well() -> None:
    chance = random.Random(1)
    words = {renamed(NEWS, POOLS, {("place", 1): [("Azaz",)]}, chance).words[2] for _ in range(60)}
    assert words == {"Ostara", "Tarsal", "Marea", "Azaz"}


def test_the_text_of_an_attribution_is_left_as_it_is() -> None:
    window = Window(["Sabry", "said"], [True, False], names=[PERSON, ("O",)], attribution=["B-source", "B-cue"])
    assert all(renamed(window, POOLS, {}, random.Random(seed)) is window for seed in range(20))


def test_the_corpora_give_the_names_they_are_sure_of() -> None:
    unsure = Window(["Azaz"], [True], names=[("O", "B-place")])
    assert pools_of([NEWS, unsure]) == {("person", 1): [("Sabry",)], ("place", 1): [("Ostara",)]}
