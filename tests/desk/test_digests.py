"""The desk's digests: level with the record, whatever comes, is decided or withheld."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from benchmarks.generated import Told, telling
from onrecord.desk import digest_tables as digests
from onrecord.desk import lines
from onrecord.desk.digests import Keeper
from onrecord.desk.lines import Line
from onrecord.record import EVERYTHING, Filter, Record
from onrecord.record.decisions import Correct, Merge, Undo, Withhold


@pytest.fixture
def told() -> list[Told]:
    return list(telling(12, seed=3))


@pytest.fixture
def record(tmp_path: Path, told: list[Told]) -> Iterator[Record]:
    with Record.open(tmp_path / "war.db") as opened:
        for each in told[:8]:
            opened.add(each.source, each.reading)
        yield opened


def _lines(record: Record, of: Filter = EVERYTHING) -> list[Line]:
    with record.connection() as connection:
        return lines.fitting(connection, of)


def _level(record: Record) -> None:
    Keeper(record).refresh()
    incidents = {incident.id: incident for incident in record.incidents()}
    found = {line.id: line for line in _lines(record)}
    assert found.keys() == incidents.keys()
    for id, incident in incidents.items():
        killed = next(toll for toll in incident.tolls if toll.effect == "killed")
        assert (found[id].killed_low, found[id].killed_best, found[id].killed_high) == (
            killed.low,
            killed.best,
            killed.high,
        )
        assert found[id].accounts == len(incident.accounts)


def test_digests_are_level_with_what_came(record: Record, told: list[Told]) -> None:
    _level(record)
    for each in told[8:]:
        record.add(each.source, each.reading)
    _level(record)


def test_digests_are_level_with_what_was_decided_and_taken_back(record: Record) -> None:
    _level(record)
    incident = next(iter(record.incidents()))
    article = incident.accounts[0].article.id
    fact = next(fact for fact in record.facts(article) if fact.section == "casualties")
    made = record.decide(Correct(fact.id, "count", (fact.machine["count"] or 0) + 1), by="Ann", why="counted")
    _level(record)
    assert any(line.decided for line in _lines(record))
    record.decide(Undo(made.id), by="Ann", why="miscounted")
    _level(record)
    assert not any(line.decided for line in _lines(record))


def test_what_is_withheld_leaves_the_digests(record: Record) -> None:
    Keeper(record).refresh()
    incident = next(iter(record.incidents()))
    made = record.decide(Withhold(incident=incident.id), by="Ann", why="asked for")
    _level(record)
    assert incident.id not in {line.id for line in _lines(record)}
    record.decide(Undo(made.id), by="Ann", why="agreed to")
    _level(record)
    assert incident.id in {line.id for line in _lines(record)}


def test_digests_of_another_form_are_made_anew(record: Record) -> None:
    Keeper(record).refresh()
    with record.connection(writes=True) as connection:
        connection.execute(update(digests.form).values(form=0))
        connection.execute(update(digests.incidents).values(killed_best=10_000))
    _level(record)


def test_what_came_while_nobody_looked_is_found(record: Record, told: list[Told]) -> None:
    keeper = Keeper(record)
    keeper.refresh()
    with record.connection(writes=True) as connection:
        first = digests.incidents.c.id == _lines(record)[0].id
        connection.execute(update(digests.incidents).where(first).values(id="igone"))
    record.add(told[8].source, told[8].reading)
    _level(record)


def test_what_leaves_the_record_leaves_the_digests(record: Record, told: list[Told]) -> None:
    keeper = Keeper(record)
    keeper.refresh()
    first, second = list(record.incidents())[:2]
    record.decide(Merge((first.id, second.id)), by="Ann", why="one raid")
    keeper.refresh()
    assert {line.id for line in _lines(record)} == {incident.id for incident in record.incidents()}


def test_nothing_is_digested_twice(record: Record) -> None:
    keeper = Keeper(record)
    keeper.refresh()
    made = keeper.state
    keeper.refresh()
    assert keeper.state == made
    assert keeper.progress.level


def test_filters_choose_the_same_incidents_as_the_record(record: Record, told: list[Told]) -> None:
    Keeper(record).refresh()
    place = told[0].attack.town.name
    of = Filter(place=place, since=str(told[0].attack.day))
    assert [line.id for line in _lines(record, of)] == [incident.id for incident in record.incidents(of)]
