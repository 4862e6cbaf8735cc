"""Who is meant by an office alone, by the day."""

from __future__ import annotations

from itertools import pairwise

import pytest

import onrecord
from onrecord.lexicon import rows
from onrecord.reading.names.actors import actor_named
from onrecord.reading.names.offices import holder_of, is_office


@pytest.mark.parametrize(
    ("phrase", "on", "holder"),
    [
        ("the Syrian president", "2016-10-14", "Bashar al-Assad"),
        ("the Syrian president", "2025-06-01", "Abu Mohammed al-Golani"),
        ("Syria's president", "2016-10-14", "Bashar al-Assad"),
        ("the president of Syria", "2016-10-14", "Bashar al-Assad"),
        ("the U.S. president", "2016-10-14", "Barack Obama"),
        ("the American president", "2018-10-14", "Donald Trump"),
        ("Russia’s foreign minister", "2016-10-14", "Sergei Lavrov"),
        ("the Russian Foreign Minister", "2016-10-14", "Sergei Lavrov"),
        ("the US Secretary of State", "2016-10-14", "John Kerry"),
        ("the U.S. defense secretary", "2016-10-14", "Ash Carter"),
        ("the U.N. secretary-general", "2016-10-14", "Ban Ki-moon"),
        ("the secretary-general of the United Nations", "2017-10-14", "Antonio Guterres"),
        ("the Israeli prime minister", "2022-01-01", "Naftali Bennett"),
        ("the US vice president", "2022-01-01", "Kamala Harris"),
        ("the Syrian president", None, None),
        ("the Syrian president", "1955-01-01", None),
        ("the president", "2016-10-14", None),
        ("the former Syrian president", "2016-10-14", None),
        ("a Syrian minister", "2016-10-14", None),
        ("the president of the council", "2016-10-14", None),
    ],
)
def test_an_office_means_who_held_it_on_the_day(phrase: str, on: str | None, holder: str | None) -> None:
    found = holder_of(phrase, on)
    assert (found.name if found else None) == holder


def test_holders_are_actors_and_no_office_has_two_at_once() -> None:
    terms = rows("offices")
    assert [row["holder"] for row in terms if actor_named(row["holder"]) is None] == []
    for one, other in pairwise(terms):
        if (one["office"], one["of"]) == (other["office"], other["of"]):
            assert one["until"] and one["until"] <= other["since"], (one, other)


def test_an_office_is_one_of_a_country() -> None:
    assert is_office("the president of Syria")
    assert not is_office("the president of the council")


def test_one_who_speaks_by_office_is_the_one_who_is_named_elsewhere() -> None:
    text = (
        "Bashar al-Assad met Vladimir Putin in Moscow. The two talked for three hours.\n\n"
        '"The war will soon be over," the Syrian president said.'
    )
    reading = onrecord.read(text, published="2017-11-21")
    names = {entity.id: entity.name for entity in reading.entities}
    assert [names.get(each.speaker or "") for each in reading.attributions if each.quote == "direct"] == [
        "Bashar al-Assad"
    ]
