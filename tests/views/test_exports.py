import csv
import io
import json
from dataclasses import replace

import pytest

from onrecord.views.exports import COLUMNS, csv_of, geojson_of
from tests.views import invented

INCIDENTS = (invented.MARKET, invented.BOMB, invented.UNPLACED)


@pytest.fixture
def rows():
    return list(csv.DictReader(io.StringIO("".join(csv_of(INCIDENTS)), newline="")))


def test_there_is_a_row_for_each_incident_and_account(rows):
    assert [(row["incident"], row["outlet"]) for row in rows[:3]] == [
        ("ia1", "The Herald"),
        ("ia1", "State News"),
        ("ia1", "The Copyist"),
    ]
    assert len(rows) == sum(len(incident.accounts) for incident in INCIDENTS)
    assert set(rows[0]) == set(COLUMNS)


def test_each_account_has_its_own_figures_beside_the_range(rows):
    assert [(row["account_killed_low"], row["account_killed_open"]) for row in rows[:3]] == [
        ("15", "yes"),
        ("8", "no"),
        ("15", "yes"),
    ]
    assert {(row["incident_killed_low"], row["incident_killed_high"]) for row in rows[:3]} == {("8", "15")}


def test_what_nobody_says_stays_empty(rows):
    assert rows[0]["account_wounded_low"] == rows[0]["incident_wounded_best"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"])
def test_no_field_is_a_formula(start):
    armed = replace(invented.BOMB, accounts=(replace(invented.BOMB.accounts[0], weapons=(f"{start}HYPERLINK(1)",)),))
    (row,) = csv.DictReader(io.StringIO("".join(csv_of([armed])), newline=""))
    assert row["weapons"] == f"'{start}HYPERLINK(1)"


def test_a_negative_longitude_stays_a_number():
    west = replace(invented.ALEPPO, longitude=-63.5)
    moved = replace(invented.BOMB, accounts=(replace(invented.BOMB.accounts[0], places=(west,)),))
    (row,) = csv.DictReader(io.StringIO("".join(csv_of([moved])), newline=""))
    assert row["longitude"] == "-63.5"


def test_geojson_is_as_the_standard_has_it():
    collection = json.loads("".join(geojson_of(INCIDENTS)))
    assert collection["type"] == "FeatureCollection"
    market, _, unplaced = collection["features"]
    assert market["type"] == "Feature"
    assert market["geometry"] == {"type": "Point", "coordinates": [37.16117, 36.20124]}  # longitude first
    assert unplaced["geometry"] is None
    assert market["properties"]["tolls"][0] == {
        "effect": "killed", "status": None, "group": None, "low": 8, "best": 15, "high": 15, "open": True, "origins": 2,
    }  # fmt: skip


def test_an_empty_record_is_an_empty_collection():
    assert json.loads("".join(geojson_of([]))) == {"type": "FeatureCollection", "features": []}
    assert "".join(csv_of([])).strip() == ",".join(COLUMNS)
