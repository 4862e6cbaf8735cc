"""Which of its namesakes a place name means."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.reading.places.gazetteer import Place, gazetteer
from onrecord.reading.places.outlet_home import home_names, home_of
from onrecord.reading.places.resolution import located
from onrecord.reading.places.spellings import NamedPlace


def places(*names: str | NamedPlace, outlet: str | None = None, url: str | None = None) -> list[Place | None]:
    return located(
        gazetteer(), [name if isinstance(name, NamedPlace) else NamedPlace(name) for name in names], outlet, url
    )


def place(*names: str | NamedPlace, outlet: str | None = None) -> Place:
    found = places(*names, outlet=outlet)[0]
    assert found is not None
    return found


def test_a_name_alone_means_the_place_of_most_people() -> None:
    assert place("Paris").country == "FR"


def test_a_state_after_a_town_holds_it() -> None:
    assert place(NamedPlace("Paris", within="Tex.")).region == "TX"


def test_places_named_together_lie_together() -> None:
    assert place("Tripoli", "Beirut", "Sidon", "Baalbek").country == "LB"
    assert place("Tripoli", "Misrata", "Benghazi").country == "LY"
    assert place("Georgia", "Tbilisi", "Gori").level == "country"
    assert place("Georgia", "Atlanta", "Alabama").region == "GA"


def test_a_name_does_not_speak_for_itself() -> None:
    assert place("London", "Laurel County", "Kentucky").region == "KY"


def test_a_paper_is_at_home_in_the_town_of_its_name() -> None:
    assert place("Gainesville", "Cooke County", "Texas", outlet="gainesvilleregister.com").region == "TX"


def test_washington_is_the_capital_and_not_the_state() -> None:
    assert place("Washington").region == "DC"


@pytest.mark.parametrize("name", ["northern Aleppo", "Aleppo province", "the city of Aleppo", "downtown Aleppo"])
def test_a_part_of_a_place_is_found_by_the_place(name: str) -> None:
    assert place(name).country == "SY"


def test_a_name_that_no_gazetteer_has_stays_without_a_place() -> None:
    assert places("Elmquist Crossing Annex") == [None]


def test_a_name_means_one_place_throughout_an_article() -> None:
    first, _, second = places(NamedPlace("Paris", within="Texas"), "Texas", "Paris")
    assert first == second


def test_outlets_are_at_home_where_their_address_says() -> None:
    assert home_names("oxfordpress.com", None) == ["oxfordpress", "oxford"]
    home = home_of(gazetteer(), None, "https://www.example-herald.co.uk/news/1")
    assert home is not None and home.country == "GB"
    assert home_of(gazetteer(), "Some Paper", None) is None


def test_a_user_corrects_where_a_name_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "name\tlevel\tcountry\tregion\tgeonames\tlatitude\tlongitude\taliases\n"
    (tmp_path / "mine.tsv").write_text(header + "Elmquist Crossing\tsettlement\tSY\t09\t\t36.5\t37.5\tParis\n")
    (tmp_path / "onrecord.toml").write_text('[lexicons]\nplaces = ["mine.tsv"]\n')
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "onrecord.toml"))
    assert place("Elmquist Crossing").point == (36.5, 37.5)
    assert place("Paris", "London", "Berlin").country == "SY"
    monkeypatch.delenv("ONRECORD_CONFIG")
    assert place("Paris").country == "FR"
