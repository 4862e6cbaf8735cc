"""Institutions that each country has, named without theirs."""

from __future__ import annotations

import pytest

import onrecord


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "MOSCOW - Russia struck targets in Syria. The Defence Ministry said on Monday 20 fighters were killed.",
            ["Russian Ministry of Defence"],
        ),
        (
            "The Russian Defence Ministry said jets flew 20 sorties. The Defense Ministry denied that anyone was hurt.",
            ["Russian Ministry of Defence"],
        ),
        (
            "BAGHDAD - A bomb killed five. The Ministry of Defence said the army had responded. The Health Ministry "
            "gave no toll.",
            ["Iraqi Ministry of Defence", "Iraqi Health Ministry"],
        ),
        ("LONDON - The Ministry of Defence said RAF jets had hit Raqqa.", ["UK Ministry of Defence"]),
    ],
)
def test_a_ministry_is_that_of_the_country_that_is_spoken_of(text: str, names: list[str]) -> None:
    reading = onrecord.read(text, published="2016-10-14")
    assert [entity.name for entity in reading.entities if "Ministry" in entity.name] == names
