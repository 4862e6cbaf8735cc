"""The large record of the benchmark of size is one: every listing has as many times what was added."""

from __future__ import annotations

import pytest

from benchmarks import filling
from benchmarks.filling import begin, copy_back, generated
from onrecord.record import Filter, Record
from onrecord.record.database import open_database
from tests.record.conftest import Places

BLOCK, COPIES = 20, 3


def test_a_record_grows_by_copies_into_the_past(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BLOCK", BLOCK)
    monkeypatch.setattr(filling, "DAYS", 3)
    at = places()
    with Record.open(at) as record:
        begin(record)
        once = {kind: record.count(kind) for kind in ("article", "story", "incident", "claim")}
        newest = list(record.incidents(Filter(newest=True, limit=3)))
        engine = open_database(at)
        copy_back(engine, 0, 1)
        copy_back(engine, 1, COPIES - 1)
        engine.dispose()
        assert {kind: record.count(kind) for kind in once} == {
            kind: number * (1 + COPIES) for kind, number in once.items()
        }
        assert list(record.incidents(Filter(newest=True, limit=3))) == newest
        assert record.summary().labels == BLOCK * (1 + COPIES)
        assert sum(cell.count for cell in record.labels()) == BLOCK * (1 + COPIES)
        assert len(list(record.search("terrorists"))) == BLOCK * (1 + COPIES)
        first = [article.published for article in record.articles(Filter(limit=1))]
        assert first < [newest[-1].since]
        (told,) = generated(1, first=BLOCK)
        record.add(told.source, told.reading)
        assert record.count("article") == BLOCK * (1 + COPIES) + 1
