"""What kind of happening a sentence tells, and how real."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from spacy.language import Language

from onrecord.articles.article import Article
from onrecord.reading.pipeline import readings
from onrecord.reading.schema import Incident, IncidentStatus

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "mentions.toml").read_text(encoding="utf-8")
)["case"]


def main_of(nlp: Language, text: str) -> Incident:
    reading = next(readings(nlp, [Article(id="a", text=text, published="2016-10-14")]))
    return next(incident for incident in reading.incidents if incident.main)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_type_mode_and_status_of(nlp: Language, case: dict[str, Any]) -> None:
    incident = main_of(nlp, case["text"])
    found = {"type": incident.type, "mode": incident.mode, "status": incident.status}
    wanted = {"status": "reported", **{key: value for key, value in case.items() if key != "text"}}
    assert {key: found[key] for key in wanted} == wanted


def test_the_cases_show_all_sixteen_types() -> None:
    assert len({case["type"] for case in CASES}) == 16


def test_the_cases_show_each_status_but_the_demanded() -> None:
    assert {case.get("status", "reported") for case in CASES} == set(get_args(IncidentStatus)) - {"demanded"}


def test_what_is_demanded_is_a_demand_and_no_deed(nlp: Language) -> None:
    incident = main_of(nlp, "The council said the army must withdraw from the town.")
    assert (incident.type, incident.mode) == ("REQUEST", "yield")
