"""Names that are spelled as no gazetteer has them: most find their town, hardly any a wrong one."""

from __future__ import annotations

import pytest

from benchmarks.gazetteer import LEAST_FOUND, MOST_FALSE, outcomes
from onrecord.reading.places.gazetteer import gazetteer
from onrecord.reading.places.resolution import located
from onrecord.reading.places.spellings import NamedPlace


def test_most_misspelled_towns_are_found_and_hardly_any_name_of_none() -> None:
    fared = outcomes()
    towns = fared["right"] + fared["wrong"] + fared["missed"]
    assert fared["right"] >= LEAST_FOUND * towns
    assert fared["wrong"] <= 1
    assert fared["false"] <= MOST_FALSE * (fared["false"] + fared["silent"])


@pytest.mark.parametrize(
    ("written", "with_", "country", "latitude"),
    [
        ("Gazientep", ["Turkey", "Syria"], "TR", 37.1),
        ("Tall Rifaat", ["Syria"], "SY", 36.5),
        ("Tell Rifaat", ["Syria"], "SY", 36.5),
        ("Tal Rif'at", ["Syria"], "SY", 36.5),
        ("Tel Rifaat", ["Syria"], "SY", 36.5),
        ("Deir ez-Zor", ["Syria"], "SY", 35.3),
        ("Deir Ezzor", ["Syria"], "SY", 35.3),
        ("Dayr az Zawr", ["Syria"], "SY", 35.3),
        ("Deir al-Zour", ["Syria"], "SY", 35.3),
        ("Deir-ez-Zor", ["Syria"], "SY", 35.3),
        ("Jalal Abad", ["Afghanistan"], "AF", 34.4),
        ("Tripoli", ["Lebanon", "Beirut"], "LB", 34.4),
        ("Tripoli", ["Libya", "Benghazi"], "LY", 32.9),
    ],
)
def test_a_name_means_the_town_of_the_war_however_it_is_spelled(
    written: str, with_: list[str], country: str, latitude: float
) -> None:
    place = located(gazetteer(), [NamedPlace(written), *map(NamedPlace, with_)], None, None)[0]
    assert place is not None
    assert (place.country, round(place.latitude, 1)) == (country, latitude)


@pytest.mark.parametrize("written", ["Qasr Nowhere", "Tal Zuruz", "Wadi al-Zilal", "Marwan Street Market"])
def test_an_unknown_name_is_no_town_far_away(written: str) -> None:
    assert located(gazetteer(), [NamedPlace("Syria"), NamedPlace("Aleppo"), NamedPlace(written)], None, None)[2] is None
