from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.ids import code
from onrecord.record.shapes import Named
from onrecord.views.exports.columns import names_of
from onrecord.views.exports.ucdp import number_of, priogrid_of, ucdp_row
from tests.views import invented
from tests.views.exports.making import incident, toll

KILLED = (toll(6, 9, 12),)
SYRIA = Named("Syria", "geonames:163843", 35.0, 38.0, "SY", "country")


def coded(given):
    row = ucdp_row(given)
    return None if row is None else dict(zip(names_of("ucdp"), row, strict=True))


def test_a_whole_row():
    row = coded(incident("firearms", by=("Islamic State",), to=("farmers",), tolls=KILLED))
    assert {name: value for name, value in row.items() if value not in (None, "", ())} == {
        "id": number_of("ia1"),
        "relid": "ia1",
        "year": 2016,
        "type_of_violence": 3,
        "dyad_name": "Islamic State - Civilians",
        "side_a": "Islamic State",
        "side_b": "Civilians",
        "number_of_sources": 1,
        "source_article": '"The Herald,2016-10-13,Air strikes hit a market in Aleppo"',
        "source_office": ("The Herald", "State News", "The Copyist"),
        "source_date": ("2016-10-13",),
        "source_headline": ("Air strikes hit a market in Aleppo",),
        "source_original": ("doctors",),
        "where_prec": 1,
        "where_coordinates": "Aleppo",
        "where_description": ("Aleppo",),
        "adm_1": "Aleppo",
        "latitude": 36.20124,
        "longitude": 37.16117,
        "geom_wkt": "POINT (37.16117 36.20124)",
        "priogrid_gid": 181875,
        "country": "Syria",
        "region": "Middle East",
        "date_prec": 1,
        "date_start": "2016-10-12 00:00:00.000",
        "date_end": "2016-10-12 00:00:00.000",
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": 0,
        "deaths_unknown": 9,
        "best": 9,
        "high": 12,
        "low": 6,
    }


@pytest.mark.parametrize(
    ("made", "sides"),
    [
        (incident(by=("Syrian Arab Army",), to=("Islamic State",)), (1, "Government of Syria", "Islamic State")),
        (incident(by=("Islamic State",), to=("Syrian soldiers",)), (1, "Government of Syria", "Islamic State")),
        (incident(by=("Islamic State", "Ahrar al-Sham")), (2, "Islamic State", "Ahrar al-Sham")),
        (incident(by=("Islamic State",), to=("farmers",)), (3, "Islamic State", "Civilians")),
        (incident("aerial", by=("Islamic State",), to=("farmers",)), (None, "Islamic State", "")),
        (incident(by=("gunmen",), to=("farmers",)), (None, "", "")),
        (incident(by=("gunmen",), to=("Syrian soldiers",)), (None, "Government of Syria", "")),
        (incident(), (None, "", "")),
    ],
)
def test_the_type_of_violence_is_coded_where_both_sides_are_known(made, sides):
    row = coded(replace(made, tolls=KILLED))
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == sides


@pytest.mark.parametrize(
    "made",
    [
        incident("visit", "CONSULT", tolls=KILLED),
        incident(status="denied", tolls=KILLED),
        incident(),
        incident(tolls=(toll(0, 0, 0),)),
        incident(tolls=KILLED, places=()),
        incident(tolls=KILLED, since=None, until=None),
        incident(tolls=KILLED, since="2014-01-01", until="2016-12-31"),
    ],
    ids=["talks", "denied", "no toll", "nobody killed", "no place", "undated", "three years"],
)
def test_what_ucdp_does_not_record_has_no_row(made):
    assert coded(made) is None


def test_a_country_is_place_enough():
    row = coded(incident(tolls=KILLED, places=(SYRIA,)))
    assert (row["where_prec"], row["where_coordinates"]) == (6, "Syria")


def test_palestine_is_counted_to_israel_as_ucdp_does():
    gaza = Named("Gaza", "geonames:281133", 31.5, 34.47, "PS", "settlement")
    assert coded(incident(tolls=KILLED, places=(gaza,)))["country"] == "Israel"


@given(*[st.integers(0, 500)] * 3, st.integers(0, 500))
def test_deaths_add_up_to_best_and_the_range_is_in_order(low, best, high, civilians):
    ends = sorted((low, best, high))
    tolls = (toll(*ends), toll(0, civilians, civilians, status="civilian"))
    row = coded(incident(tolls=tolls))
    if row is None:
        assert ends[2] == 0
        return
    assert row["best"] == sum(row[f"deaths_{who}"] for who in ("a", "b", "civilians", "unknown"))
    assert row["low"] <= row["best"] <= row["high"]
    assert row["deaths_civilians"] == min(civilians, row["best"])


@given(st.text(), st.text())
def test_no_two_ids_have_one_number(one, other):
    ids = "i" + code(one), "i" + code(other)
    assert (number_of(ids[0]) == number_of(ids[1])) == (ids[0] == ids[1])
    assert 0 <= number_of(ids[0]) < 2**53  # what a spreadsheet and JavaScript hold exactly


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90, -180, 1), (-90, 179.9, 720), (89.9, 179.9, 259_200), (90, 180, 259_200), (0.1, 0.1, 129_961)],
)
def test_the_cells_of_prio_grid(latitude, longitude, cell):
    assert priogrid_of(latitude, longitude) == cell


def test_a_source_is_outlet_day_and_title():
    row = coded(replace(invented.MARKET, type="ASSAULT"))
    assert row["number_of_sources"] == 3
    assert row["source_article"].split('";"')[1] == "State News,2016-10-13,Terrorists shell Aleppo"
