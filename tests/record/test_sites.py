"""Which words of what was struck name a site, and which only a town or any building."""

from __future__ import annotations

import pytest

from onrecord.reading.schema import Entity, Incident, Mention, Reading, Target
from onrecord.record.sites import sites_of, struck_of, words_in

ENTITIES = (
    Entity("e1", "place", "Idrin", level="settlement"),
    Entity("e2", "place", "Karrum", level="facility"),
    Entity("e3", "organisation", "River Brigades"),
    Entity("e4", "place", "Old Mill", level=None),
)
MENTIONS = (Mention(0, 6, "Idreen", "m1", "place", "e1"),)
SITES = {
    "crowded market": {"crowded", "market", "(market)"},
    "the market in Idrin": {"market", "(market)"},
    "police station of the town": {"police", "station", "town"},
    "field hospital": {"field", "hospital", "(health)"},
    "clinic": {"clinic", "(health)"},
    "town of Idrin": set(),
    "rebel-held town": set(),
    "Syrian town of Idreen": set(),
    "River Brigades-held districts": set(),
    "residential neighborhoods": set(),
    "River Brigades positions": set(),
    "al-Karrum neighborhood": {"karrum"},
    "Old Mill area": {"old", "mill"},
    "other targets": set(),
    "": set(),
}


def reading_of(*targets: Target) -> tuple[Reading, Incident]:
    incident = Incident("i1", "ASSAULT", "aerial", targets=targets)
    return Reading("r", "", mentions=MENTIONS, entities=ENTITIES, incidents=(incident,)), incident


@pytest.mark.parametrize(("text", "words"), SITES.items(), ids=SITES.keys())
def test_a_site_is_what_tells_one_target_in_a_town_from_another(text: str, words: set[str]) -> None:
    assert set(sites_of(*reading_of(Target(0, len(text), text, kind="facility")))) == words


def test_the_class_of_a_site_is_not_read_out() -> None:
    assert words_in(sites_of(*reading_of(Target(0, 6, "clinic", kind="facility")))) == "clinic"


def test_people_are_no_sites() -> None:
    assert sites_of(*reading_of(Target(0, 6, "bakers", kind="person"))) == ()


def test_what_was_struck_is_told_by_rare_words_and_by_the_keys_of_who_is_known() -> None:
    known = Entity("e5", "organisation", "Northern Front", "actor:northern-front")
    reading, incident = reading_of(Target(0, 6, "bakers"), Target(0, 6, "people"), Target(0, 5, "Front", "e5"))
    assert struck_of(Reading("r", "", entities=(*ENTITIES, known)), incident) == ("actor:northern-front", "bakers")
    assert "bakers" in struck_of(reading, incident)
