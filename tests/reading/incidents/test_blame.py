"""Who did it, and how it is known."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from spacy.language import Language

from tests.reading.incidents.test_mentions import main_of

CASES: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "blame.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["behaviour"] for case in CASES])
def test_blame(nlp: Language, case: dict[str, str]) -> None:
    found = {
        each.text.removeprefix("the ").removeprefix("The "): each.blame
        for each in main_of(nlp, case["text"]).perpetrators
    }
    assert found.get(case["perpetrator"]) == case["blame"]


def test_nobody_who_claimed_it_is_no_perpetrator(nlp: Language) -> None:
    incident = main_of(
        nlp, "Gunmen attacked a village near Kano, killing 23. No group claimed responsibility."
    )
    assert [each.text for each in incident.perpetrators] == ["Gunmen"]


def test_those_who_are_shot_are_not_those_who_shoot(nlp: Language) -> None:
    incident = main_of(nlp, "Police shot dead five of them in Kano on Monday.")
    assert [target.text for target in incident.targets] == []
