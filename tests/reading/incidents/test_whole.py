"""What short texts tell, in whole: each of their happenings, and no other one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from onrecord.articles.article import Article
from onrecord.reading.pipeline import readings
from onrecord.reading.schema import Incident, Perpetrator

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "whole.toml").read_text(encoding="utf-8")
)["case"]


def _doer(perpetrator: Perpetrator) -> str:
    blame = "" if perpetrator.blame == "stated" else f"/{perpetrator.blame}"
    return f"{perpetrator.text.removeprefix('The ').removeprefix('the ')}{blame}"


def _told(incident: Incident) -> dict[str, Any]:
    return {
        "type": incident.type,
        "mode": incident.mode or "",
        "status": incident.status,
        "date": incident.date.start if incident.date is not None else "",
        "doers": sorted(_doer(each) for each in incident.perpetrators),
        "targets": sorted(each.text for each in incident.targets),
        "weapons": sorted(each.text for each in incident.weapons),
        "main": incident.main,
    }


def _sorted(given: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(value) if isinstance(value, list) else value for key, value in given.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["behaviour"] for case in CASES])
def test_a_text_tells_this_and_nothing_else(nlp: Language, case: dict[str, Any]) -> None:
    reading = next(readings(nlp, [Article(id="a", text=case["text"], published="2024-02-14")]))
    told = [_told(incident) for incident in reading.incidents]
    wanted = [_sorted(each) for each in case["incidents"]]
    assert [{key: each[key] for key in want} for each, want in zip(told, wanted, strict=False)] == wanted
    assert len(told) == len(wanted)
