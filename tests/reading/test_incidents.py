"""The happenings of short texts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from onrecord.articles.article import Article
from onrecord.reading.pipeline import readings
from onrecord.reading.schema import Incident, Reading

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "incidents.toml").read_text(encoding="utf-8")
)["case"]


def read(nlp: Language, text: str, published: str | None = "2016-10-14") -> Reading:
    return next(readings(nlp, [Article(id="a", text=text, published=published)]))


def main_of(reading: Reading) -> Incident:
    return next(incident for incident in reading.incidents if incident.main)


@pytest.mark.parametrize("case", CASES, ids=[case["behaviour"] for case in CASES])
def test_the_main_happening_of(nlp: Language, case: dict[str, Any]) -> None:
    incident = main_of(read(nlp, case["text"]))
    found = {
        "type": incident.type,
        "mode": incident.mode,
        "status": incident.status,
        "perpetrators": [each.text for each in incident.perpetrators],
        "targets": [each.text for each in incident.targets],
        "weapons": [each.text for each in incident.weapons],
    }
    wanted = {"status": "reported", **{key: value for key, value in case.items() if key not in {"behaviour", "text"}}}
    assert {key: found[key] for key in wanted} == wanted


def test_accounts_of_one_happening_are_one_incident(nlp: Language) -> None:
    text = "A car bomb exploded in Homs on Friday. The blast killed three people. The attack damaged a school."
    assert [(each.type, each.mode) for each in read(nlp, text).incidents] == [("ASSAULT", "explosives")]


def test_happenings_on_different_days_stay_apart(nlp: Language) -> None:
    text = "Gunmen attacked a bus in Homs on 3 May 2016. Gunmen attacked a school in Hama on 9 June 2016."
    found = read(nlp, text).incidents
    assert [each.date.start for each in found if each.date is not None] == ["2016-05-03", "2016-06-09"]


def test_a_toll_belongs_to_the_happening_that_it_is_told_of(nlp: Language) -> None:
    reading = read(nlp, "Rebels shelled Aleppo on Friday. Twelve people were killed.")
    assert reading.incidents[0].casualties == ("k1",)
    assert reading.casualties[0].incident == "i1"


def test_a_claim_of_responsibility_names_a_perpetrator(nlp: Language) -> None:
    text = "A bomb exploded outside a bank in Homs on Friday. The Liwa Brigade claimed responsibility for the attack."
    assert [each.blame for each in main_of(read(nlp, text)).perpetrators] == ["claimed"]


def test_what_did_not_happen_is_no_incident(nlp: Language) -> None:
    assert read(nlp, "The soldiers did not attack the village.").incidents == ()


def test_at_most_one_incident_is_the_main_one(nlp: Language) -> None:
    text = "Rebels shelled Aleppo. Police arrested a doctor in Homs. The ministers met in Geneva."
    assert sum(each.main for each in read(nlp, text).incidents) == 1


def test_every_span_fits_the_text(nlp: Language) -> None:
    text = "Rebels from Homs fired rockets at the airport, wounding two guards. The minister condemned the attack."
    for incident in read(nlp, text).incidents:
        for span in (*incident.perpetrators, *incident.targets, *incident.weapons, *incident.evidence):
            assert text[span.start : span.end] == span.text
