import csv
import io
from dataclasses import replace

import pytest

from onrecord.views.exports import COLUMNS, csv_of
from onrecord.views.exports.report_level import report_table
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


def test_every_row_fills_every_column():
    table = report_table(INCIDENTS)
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_each_account_has_its_own_figures_beside_the_range(rows):
    assert [(row["account_killed_low"], row["account_killed_open"]) for row in rows[:3]] == [
        ("15", "yes"),
        ("8", "no"),
        ("15", "yes"),
    ]
    assert {(row["incident_killed_low"], row["incident_killed_high"]) for row in rows[:3]} == {("8", "15")}


def test_each_row_says_whose_word_it_is(rows):
    assert [(row["voice"], row["voice_kind"], row["copy_of"]) for row in rows[:3]] == [
        ("doctors", "unnamed", ""),
        ("a military source", "unnamed", ""),
        ("doctors", "unnamed", "a1"),
    ]
    assert rows[1]["sentence"] == invented.TEXTS["a2"][3]


def test_what_nobody_says_stays_empty(rows):
    assert rows[0]["account_wounded_low"] == rows[0]["incident_wounded_best"] == ""


def test_place_and_time_come_with_the_codes_of_their_precision(rows):
    near = replace(invented.BOMB.accounts[0], where_relation="near", since="2016-10-11", until="2016-10-14")
    (row,) = csv.DictReader(io.StringIO("".join(csv_of([replace(invented.BOMB, accounts=(near,))])), newline=""))
    assert [rows[0][name] for name in ("adm1", "geo_precision", "where_prec", "time_precision", "date_prec")] == [
        "Aleppo", "1", "1", "1", "1",
    ]  # fmt: skip
    assert [row[name] for name in ("adm1", "geo_precision", "where_prec", "time_precision", "date_prec")] == [
        "Idlib", "2", "2", "2", "2",
    ]  # fmt: skip


def test_a_negative_longitude_stays_a_number():
    west = replace(invented.ALEPPO, longitude=-63.5)
    moved = replace(invented.BOMB, accounts=(replace(invented.BOMB.accounts[0], places=(west,)),))
    (row,) = csv.DictReader(io.StringIO("".join(csv_of([moved])), newline=""))
    assert row["longitude"] == "-63.5"


def test_an_empty_record_has_the_names_of_the_columns():
    assert "".join(csv_of([])) == ",".join(COLUMNS) + "\r\n"
