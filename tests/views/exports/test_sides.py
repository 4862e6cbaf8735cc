from dataclasses import replace

import pytest

from onrecord.views.exports.sides import doers_of, hit_of, side_of
from tests.views.exports.making import incident, party


@pytest.mark.parametrize(
    ("words", "sort", "named"),
    [
        ("Islamic State", "group", True),
        ("Islamic State fighters", "group", True),
        ("Syrian Arab Army", "state", True),
        ("NATO", "external", True),
        ("soldiers", "state", False),
        ("Syrian soldiers", "state", False),
        ("Russian warplanes", "state", False),
        ("warplanes", "armed", False),
        ("gunmen", "armed", False),
        ("Unknown gunmen", "armed", False),
        ("terrorists", "group", False),
        ("rebel groups", "group", False),
        ("civilians", "civilians", False),
        ("two children", "civilians", False),
        ("women of the village", "civilians", False),
        ("protesters", "protesters", False),
        ("a mob", "rioters", False),
        ("Zabar fighters", "armed", True),
    ],
)
def test_what_one_is_by_name_or_noun(words, sort, named):
    side = side_of(words, words)
    assert (side.sort, side.named) == (sort, named)


def test_the_country_of_forces_is_told_by_their_adjective():
    assert side_of("Syrian soldiers", "Syrian soldiers").country == "SY"
    assert side_of("soldiers", "soldiers").country is None


def test_who_is_only_denied_to_have_done_it_is_no_doer():
    parties = (party("rebels", blame="denied"), party("soldiers"))
    blamed = incident(accounts=(replace(incident().accounts[0], perpetrators=parties),))
    assert [side.name for side in doers_of(blamed)] == ["soldiers"]


def test_unknown_men_who_attack_are_armed():
    assert [side.sort for side in doers_of(incident(mode="abduct", by=("men",)))] == ["armed"]


def test_buildings_are_no_side():
    assert [side.name for side in hit_of(incident(to=("farmers",), things=("a market",)))] == ["farmers"]
