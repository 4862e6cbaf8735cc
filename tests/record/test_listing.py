"""What is kept to be listed is what it would be if it were put together now, whatever came, left or changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from benchmarks.generated import telling
from onrecord.articles.article import TextSpan
from onrecord.reading.schema import Credit, DateRange
from onrecord.record import Filter, Record, listing, selecting, tables, tallies
from onrecord.record.cards import LATER, unpacked
from onrecord.record.decisions import Merge
from onrecord.record.facets import SPANS
from onrecord.record.listing_tables import facets, label_cells, label_uses, listings
from onrecord.record.shelf import Shelf
from tests.record.conftest import Places

WAR = list(telling(12, seed=21, per_attack=4, per_day=2))


def assert_level(record: Record) -> None:
    """Compare everything that is kept with what it is now."""
    with record.connection() as connection:
        shelf = Shelf(connection, with_withheld=True)
        rows = connection.execute(select(listings)).all()
        groups = connection.execute(select(tables.nodes.c.kind, tables.nodes.c.group).distinct()).all()
        articles = connection.scalars(select(tables.articles.c.id)).all()
        there = {(row.kind, row.group) for row in groups if row.kind != "copy"} | {("article", id) for id in articles}
        assert {(row.kind, row.id) for row in rows if row.kind != "period"} == there
        for row in rows:
            now = listing._put_together(shelf, row.kind, row.id)
            assert now is not None and row.card not in (None, LATER)
            assert (row.day, row.until, row.size) == (now.day, now.until, now.size)
            assert row.card == now.card or unpacked(row.kind, row.card) == unpacked(row.kind, now.card)
            assert [tuple(facet) for facet in json.loads(row.facets)] == list(now.facets)
            wanted = select(facets).where(facets.c.kind == row.kind, facets.c.id == row.id)
            held = connection.execute(wanted).all()
            assert sorted((each.facet, each.value, each.name or "") for each in held) == sorted(
                (facet, value, shown or "") for facet, value, shown in now.facets
            )
            assert {(each.day, each.until) for each in held} == {(now.day, now.until)}
        uses = connection.scalars(select(label_uses.c.cell)).all()
        counted = {row.id: row.uses for row in connection.execute(select(label_cells))}
        assert counted == {cell: uses.count(cell) for cell in set(uses)}
        assert tallies.miscounted(connection) is None


@given(data=st.data())
@settings(max_examples=6, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_is_level_with_the_record_after_any_changes(places: Places, data: st.DataObject) -> None:
    with Record.open(places()) as record:
        for told in data.draw(st.permutations(WAR)):
            record.add(told.source, told.reading)
        for told in data.draw(st.lists(st.sampled_from(WAR), max_size=4)):
            reading = told.reading
            change = data.draw(st.sampled_from(["elsewhere", "later", "credited", "without"]))
            if change == "elsewhere":
                record.add(replace(told.source, origin="mirror/" + told.source.origin), reading)
            elif change == "later":
                record.add(told.source, replace(reading, published="2031-03-09"))
            elif change == "credited":
                span = reading.incidents[0].evidence[0]
                record.add(told.source, replace(reading, credits=(Credit(*astuple(span), agency="Reuters"),)))
            else:
                record.add(told.source, replace(reading, incidents=(), labels=(), casualties=()))
        assert_level(record)


def astuple(span: TextSpan) -> tuple[int, int, str]:
    return span.start, span.end, span.text


def test_a_large_group_waits_and_is_shown_as_it_is_all_the_same(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LARGE", 2)
    monkeypatch.setattr(listing, "_GROWN", 10.0)
    for told in WAR:
        record.add(told.source, told.reading)
    with record.connection() as connection:
        waiting = connection.scalars(select(listings.c.id).where(listings.c.card == LATER)).all()
    assert waiting
    assert [len(incident.accounts) for incident in record.incidents()] == [4, 4, 4]
    record.settle()
    assert_level(record)


def test_what_an_earlier_version_put_together_is_put_together_anew(record: Record) -> None:
    for told in WAR[:4]:
        record.add(told.source, told.reading)
    before = list(record.incidents())
    with record.connection(writes=True) as connection:
        connection.execute(update(listings).where(listings.c.kind == "incident").values(card=b"0000earlier"))
    assert list(record.incidents()) == before
    record.settle()
    assert_level(record)


def test_pages_put_together_are_the_whole_list(record: Record) -> None:
    for told in WAR:
        record.add(told.source, told.reading)
    for kind in ("articles", "stories", "incidents", "claims"):
        for newest in (False, True):
            whole = list(getattr(record, kind)(Filter(newest=newest)))
            paged = [
                each
                for at in range(0, len(whole) + 2, 2)
                for each in getattr(record, kind)(Filter(newest=newest, limit=2, offset=at))
            ]
            assert paged == whole
    days = [article.published for article in record.articles(Filter(newest=True))]
    assert days == sorted(days, key=str, reverse=True)
    assert record.count("article") == 12 and record.count("incident", Filter(type="assault", newest=True)) == 3
    assert record.count("claim", Filter(outlet=WAR[0].reading.outlet)) == len(
        list(record.claims(Filter(outlet=WAR[0].reading.outlet)))
    )


def test_a_long_happening_is_found_by_any_of_its_days(record: Record) -> None:
    told = WAR[0]
    siege = replace(told.reading.incidents[0], date=DateRange("2030-01-01", "2031-02-20"))
    record.add(told.source, replace(told.reading, incidents=(siege,)))
    for since, until, found in (
        ("2030-06-01", "2030-06-02", 1),
        ("2031-02-20", None, 1),
        (None, "2030-01-01", 1),
        ("2031-02-21", None, 0),
        (None, "2029-12-31", 0),
    ):
        assert len(list(record.incidents(Filter(since=since, until=until)))) == found
        assert record.count("incident", Filter(since=since, until=until)) == found


LENGTHS = (0, 10, 31, 32, 62, 63, 124, 500, 3968, 3969, 9000)
BEGINS = date(2003, 5, 17)


def test_happenings_of_every_length_are_found_by_the_days_on_which_they_went_on(record: Record) -> None:
    told = WAR[0]
    went_on = {BEGINS + timedelta(days=number): BEGINS + timedelta(days=number + n) for number, n in enumerate(LENGTHS)}
    told_of = told.reading.incidents[0]
    incidents = [
        replace(told_of, id=f"i{number}", date=DateRange(first.isoformat(), last.isoformat()))
        for number, (first, last) in enumerate(went_on.items())
    ]
    record.add(told.source, replace(told.reading, incidents=tuple(incidents)))
    for n in sorted({0, *LENGTHS, *(length + 1 for length in LENGTHS), *(length + 40 for length in LENGTHS)}):
        day = BEGINS + timedelta(days=n)
        of = Filter(since=day.isoformat(), until=day.isoformat())
        expected = sorted(first.isoformat() for first, last in went_on.items() if first <= day <= last)
        for newest in (False, True):
            found = [each.since for each in record.incidents(replace(of, newest=newest))]
            assert found == (expected[::-1] if newest else expected)
        assert record.count("incident", of) == len(expected)


def test_sqlite_looks_for_what_lasts_long_by_its_own_index(tmp_path: Path) -> None:
    with Record.open(tmp_path / "onrecord.db") as record, record.connection() as connection:
        asked = selecting.fitting(connection, "incident", Filter(since="2031-01-01", until="2031-01-08"))
        query = asked.compile(connection.engine, compile_kwargs={"literal_binds": True})
        plan = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    assert sum("facets_long" in step for step in plan) == SPANS


def steps_of_a_week(record: Record, of: Filter) -> int:
    """The steps of SQLite's machine, in hundreds, that the first page of incidents of some days takes."""
    with record.connection() as connection:
        steps: list[int] = []
        held: Any = connection.connection.dbapi_connection
        held.set_progress_handler(lambda: steps.append(1), 100)
        assert list(selecting.ids(connection, "incident", replace(of, limit=25)))
        held.set_progress_handler(None, 0)
    return len(steps)


@pytest.mark.parametrize("newest", [False, True])
def test_what_happened_long_ago_and_since_costs_the_page_of_a_week_nothing(tmp_path: Path, newest: bool) -> None:
    of = Filter(since="2031-01-01", until="2031-01-08", newest=newest)
    with Record.open(tmp_path / "onrecord.db") as record:
        taken = []
        for first, last in ((300, 400), (-9000, 9000)):
            days = [(date(2030, 1, 1) + timedelta(days=n)).isoformat() for n in range(first, last)]
            rows = [
                {"kind": "incident", "facet": "", "value": "", "day": day, "id": f"i{at}", "until": day, "span": 0}
                for at, day in enumerate(days, start=first)
            ]
            with record.connection(writes=True) as connection:
                connection.execute(facets.delete())
                connection.execute(facets.insert(), rows)
            taken.append(steps_of_a_week(record, of))
    assert taken[1] <= 2 * taken[0] + 2


def test_a_card_of_another_version_is_put_together_anew(record: Record) -> None:
    for told in WAR[:4]:
        record.add(told.source, told.reading)
    before = list(record.incidents())
    with record.connection(writes=True) as connection:
        connection.execute(listings.update().values(card=b"old!" + b"x" * 20))
    assert list(record.incidents()) == before


def test_nothing_is_found_by_what_is_gone(record: Record) -> None:
    told = WAR[0]
    record.add(told.source, told.reading)
    record.add(told.source, replace(told.reading, incidents=(), entities=(), mentions=()))
    assert list(record.incidents()) == [] and record.count("incident") == 0
    with record.connection() as connection:
        left = connection.scalars(select(facets.c.value).where(facets.c.kind == "incident")).all()
    assert left == []


def test_incidents_that_changed_or_went_are_told_by_the_journal(record: Record) -> None:
    def changed(since: int) -> set[str]:
        with record.connection() as connection:
            return set(listing.changed_incidents_since(connection, since))

    def head() -> int:
        return max(entry.number for entry in record.journal())

    for told in WAR:
        record.add(told.source, told.reading)
    before = {incident.id: incident for incident in record.incidents()}
    assert changed(0) >= before.keys()
    at = head()
    record.decide(Merge(tuple(before)[:2]), by="ann", why="one raid")
    after = {incident.id: incident for incident in record.incidents()}
    different = {id for id in before.keys() | after.keys() if before.get(id) != after.get(id)}
    assert len(after) == len(before) - 1
    assert changed(at + 1) == different
    assert changed(head() + 1) == set()
