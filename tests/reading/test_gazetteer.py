"""The gazetteer: what it holds, how names are spelled in it, how fast it answers."""

from __future__ import annotations

import time
import tomllib
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import DataError
from onrecord.lexicon import DATA, rows
from onrecord.reading.places.distance import kilometres
from onrecord.reading.places.gazetteer import Gazetteer, gazetteer
from onrecord.reading.places.gazetteer_file import add_to
from onrecord.reading.places.geonames_dump import entries_of
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
    with pytest.raises(DataError, match="onrecord gazetteer import"):
        Gazetteer(tmp_path / "none.sqlite")


def dumped(identity: int, name: str, feature: str, others: str = "", people: int = 0) -> str:
    """A line as GeoNames' dumps have them."""
    feature_class, code = feature.split(".")
    fields = [str(identity), name, name, others, "36.51234", "37.06", feature_class, code, "SY", "", "09", "", "", ""]
    return "\t".join([*fields, str(people), "", "440", "Asia/Damascus", "2020-01-01"]) + "\n"


DUMP = (
    dumped(9_000_001, "Kafr Nowhere", "P.PPL", "Kafr Nuwhir,كفر", 120)
    + dumped(9_000_002, "Wadi Nowhere", "H.WAD")
    + dumped(9_000_003, "Nowhere Camp", "L.CMPRF")
)


def test_the_villages_and_camps_of_a_country_can_be_imported(tmp_path: Path) -> None:
    dump, own = tmp_path / "SY.txt", tmp_path / "own.sqlite"
    dump.write_text(DUMP, encoding="utf-8")
    assert add_to(own, entries_of(dump)) == 2
    both = Gazetteer(DATA / "gazetteer.sqlite", own)
    assert [place.key for place in both.named("Kafr Nuwhir")] == ["geonames:9000001"]
    assert [place.level for place in both.named("Nowhere Camp")] == ["facility"]
    assert both.named("Wadi Nowhere") == ()
    assert both.named("Aleppo") == gazetteer().named("Aleppo")


def test_importing_again_changes_nothing_and_another_dump_adds(tmp_path: Path) -> None:
    own, dump, zipped = tmp_path / "own.sqlite", tmp_path / "SY.txt", tmp_path / "IQ.zip"
    dump.write_text(DUMP, encoding="utf-8")
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("IQ.txt", dumped(9_000_004, "Tell Nowhere", "P.PPLX"))
    for path in (dump, dump, zipped):
        add_to(own, entries_of(path))
    places = Gazetteer(own)
    assert [len(places.named(name)) for name in ("Kafr Nowhere", "Tell Nowhere", "Nowhere Camp")] == [1, 1, 1]


@pytest.mark.parametrize("line", ["no dump\n", dumped(1, "X", "P.PPL").replace("36.51234", "north"), "\udcff"])
def test_a_file_that_is_no_dump_is_named_and_leaves_what_was_there(tmp_path: Path, line: str) -> None:
    dump, own = tmp_path / "SY.txt", tmp_path / "own.sqlite"
    dump.write_text(DUMP, encoding="utf-8")
    add_to(own, entries_of(dump))
    before = own.read_bytes()
    dump.write_text(DUMP + line, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(DataError, match=r"SY\.txt"):
        add_to(own, entries_of(dump))
    assert own.read_bytes() == before
    assert list(tmp_path.glob("*.part")) == []
