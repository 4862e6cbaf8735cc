"""How the places of happenings are told, and the codes of ACLED and UCDP for it, in the reading itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.reading.precision import precision_of
from onrecord.reading.schema import DateRange, Incident, Precision, Reading, as_json

CASES = tomllib.loads((Path(__file__).parent / "cases" / "sites.toml").read_text(encoding="utf-8"))["case"]


def read(text: str) -> tuple[Reading, Incident]:
    reading = onrecord.read(text, published="2016-10-14")
    return reading, next(incident for incident in reading.incidents if incident.main)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_place_keeps_how_it_is_told(case: dict[str, Any]) -> None:
    reading, incident = read(case["text"])
    names = {entity.id: entity.name for entity in reading.entities}
    assert [names[place] for place in incident.where] == case["places"]
    assert (incident.where_relation, incident.where_part) == (case["relation"], case.get("part", False))
    codes = incident.precision
    assert (codes.acled_geo or 0, codes.ucdp_where or 0) == (case["acled"], case["ucdp"])


@pytest.mark.parametrize(
    ("when", "acled", "ucdp"),
    [
        ("on October 3", 1, 1),
        ("on Tuesday", 1, 1),
        ("over the weekend", 2, 2),
        ("last week", 2, 3),
        ("in September", 3, 4),
        ("this year", None, 5),
    ],
)
def test_days_are_coded_by_how_exactly_they_are_told(when: str, acled: int | None, ucdp: int | None) -> None:
    _, incident = read(f"A mine killed a boy in Marea {when}.")
    assert (incident.precision.acled_time, incident.precision.ucdp_date) == (acled, ucdp)


def test_what_is_not_told_has_no_code() -> None:
    assert precision_of(None, None, None) == Precision()
    assert precision_of("settlement", "in", None) == Precision(acled_geo=1, ucdp_where=1)
    assert precision_of(None, None, DateRange("2016-10-14", "2016-10-14")) == Precision(acled_time=1, ucdp_date=1)


def test_the_codes_stand_in_the_json() -> None:
    reading, _ = read("A car bomb killed five people on the outskirts of Homs on Tuesday.")
    incident = as_json(reading)["incidents"][0]
    assert incident["precision"] == {"acled_geo": 2, "acled_time": 1, "ucdp_where": 2, "ucdp_date": 1}
    assert incident["where_part"] is False
