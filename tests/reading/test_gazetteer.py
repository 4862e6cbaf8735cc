"""The gazetteer: what it holds, how names are spelled in it, how fast it answers."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from onrecord.errors import DataError
from onrecord.lexicon import DATA, rows
from onrecord.reading.places.distance import kilometres
from onrecord.reading.places.gazetteer import Gazetteer, gazetteer
from onrecord.reading.places.spellings import readings_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "gazetteer.toml").read_text(encoding="utf-8"))["place"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_place_is_found_by_any_spelling(case: dict[str, object]) -> None:
    found = readings_of(gazetteer(), str(case["name"]))
    near = [
        place
        for place in found
        if (place.country, place.level) == (case["country"], case["level"])
        and kilometres(place.point, (case["latitude"], case["longitude"])) <= case["km"]  # type: ignore[operator, arg-type]
    ]
    assert near, found


def test_the_most_populous_namesake_comes_first() -> None:
    assert [place.country for place in gazetteer().named("Paris")][:1] == ["FR"]


def test_a_province_yields_its_name_to_its_town() -> None:
    levels = [place.level for place in gazetteer().named("Homs")]
    assert levels[0] == "settlement"
    assert "adm1" in levels


def test_an_unknown_name_is_not_bent_to_a_far_away_town() -> None:
    assert readings_of(gazetteer(), "Qwxzvoria") == ()
    assert readings_of(gazetteer(), "Zelensky Corridor Office") == ()


def test_all_countries_have_geonames_own_id_and_a_capital_that_is_found() -> None:
    for row in rows("places-countries"):
        country = next(place for place in gazetteer().named(row["name"]) if place.level == "country")
        assert country.key == f"geonames:{row['geonames']}"


def test_every_place_lies_on_the_globe() -> None:
    for table in ("places-countries", "places-regions", "places-states", "places-counties", "places-known"):
        for row in rows(table):
            assert -90 <= float(row["latitude"]) <= 90, row
            assert -180 <= float(row["longitude"]) <= 180, row


def test_it_opens_and_answers_in_milliseconds() -> None:
    assert min(_seconds_to_open_and_ask() for _ in range(3)) < 0.05


def _seconds_to_open_and_ask() -> float:
    started = time.process_time()
    assert Gazetteer(DATA / "gazetteer.sqlite").named("Damascus")
    return time.process_time() - started


def test_a_missing_gazetteer_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no gazetteer"):
        Gazetteer(tmp_path / "none.sqlite")
