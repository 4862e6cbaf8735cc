"""What a record gives out is the same on SQLite and on PostgreSQL: exports, reasons, contradictions, decisions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks.generated import Told
from onrecord.record import Filter, Record
from onrecord.record.decisions import Correct, Merge
from onrecord.views.exports import export_bytes
from onrecord.views.exports.writing import Form
from tests.servers import Server

ANN = {"by": "Ann", "why": "the hospital's list says so"}
FORMS: tuple[Form, ...] = ("csv", "hxl", "jsonl", "geojson", "acled", "ucdp")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00|\b2\d{9}\b|\b1\d{9}\b")
"""When something was added or decided, as text or as seconds: no two records have that in common."""


def _given_out(at: str, war: Iterable[Told]) -> dict[str, str]:
    with Record.open(at) as record:
        for told in war:
            record.add(told.source, told.reading)
        articles = list(record.articles())
        record.decide(Correct(f"{articles[0].id}/k1", "count", 777), **ANN)
        first, second = list(record.incidents())[:2]
        record.decide(Merge((first.id, second.id)), **ANN)
        given = {form: b"".join(export_bytes(record, Filter(), form)).decode() for form in FORMS}
        given["why"] = _as_text(record.why(each.id) for each in record.incidents())
        given["contradictions"] = _as_text(record.contradictions())
        given["decisions"] = _as_text(record.decisions())
        decided = [made.id for made in record.decisions()]
    return {name: _without_moments(text, decided) for name, text in given.items()}


def _as_text(values: Iterable[object]) -> str:
    return json.dumps([asdict(value) for value in values], sort_keys=True)  # type: ignore[call-overload]


def _without_moments(text: str, decided: list[str]) -> str:
    for number, id in enumerate(decided):
        text = text.replace(id, f"decision {number}")
    return _MOMENT.sub("moment", text)


@pytest.fixture(scope="module")
def both(postgres: Server, war: list[Told], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    here: Path = tmp_path_factory.mktemp("both") / "onrecord.db"
    return [_given_out(at, war[:12]) for at in (str(here), postgres.new_database("both"))]


@pytest.mark.parametrize("what", [*FORMS, "why", "contradictions", "decisions"])
def test_both_engines_give_out_the_same(both: list[dict[str, str]], what: str) -> None:
    sqlite, postgresql = (given[what] for given in both)
    assert sqlite == postgresql
    assert len(sqlite) > 2
