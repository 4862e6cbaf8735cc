"""Adding: each article once, in any order, linked with its like; a new reading takes the old one's place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.generated import Told, telling
from onrecord.errors import ArticleError, RecordError
from onrecord.reading.schema import Reading
from onrecord.record import Filter, Record
from onrecord.sources.source import Source
from tests.record.conftest import Places
from tests.record.state import state_of

FEW = list(telling(9, seed=3, per_attack=3))


def added(at: str, tellings: list[Told]) -> Record:
    record = Record.open(at)
    for told in tellings:
        record.add(told.source, told.reading)
    return record


def test_adding_a_second_time_changes_nothing(record: Record, war: list[Told]) -> None:
    first = [record.add(told.source, told.reading) for told in war]
    before = state_of(record)
    assert [record.add(told.source, told.reading) for told in war] == first
    assert state_of(record) == before


def test_accounts_of_one_attack_are_one_incident(record: Record, war: list[Told]) -> None:
    attacks = {record.add(told.source, told.reading): told.attack.number for told in war}
    found = [sorted({attacks[account.article.id] for account in each.accounts}) for each in record.incidents()]
    assert sorted(found) == [[number] for number in range(6)]


@given(order=st.permutations(range(len(FEW))))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_arrival_does_not_matter(
    places: Places, in_their_order: dict[str, object], order: list[int]
) -> None:
    with added(places(), [FEW[at] for at in order]) as record:
        assert state_of(record) == in_their_order


@pytest.fixture(scope="module")
def in_their_order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    with added(str(tmp_path_factory.mktemp("order") / "in order.db"), FEW) as record:
        return state_of(record)


def test_the_same_article_from_two_places_is_one_with_two_sources(record: Record) -> None:
    told = FEW[0]
    one = record.add(told.source, told.reading)
    elsewhere = replace(told.source, origin="mirror/1.html")
    assert record.add(elsewhere, told.reading) == one
    (article,) = record.articles()
    assert {met.origin for met in article.provenance} == {told.source.origin, "mirror/1.html"}
    assert record.holds(told.source.sha256, "mirror/1.html") and not record.holds(told.source.sha256, "elsewhere")


@pytest.mark.parametrize("dated_first", [True, False])
def test_the_source_that_dates_an_article_counts(record: Record, dated_first: bool) -> None:
    told = FEW[0]
    undated = (Source(b"as text", "text", "one.txt"), replace(told.reading, published=None))
    dated = (told.source, told.reading)
    for source, reading in (dated, undated) if dated_first else (undated, dated):
        record.add(source, reading)
    (article,) = record.articles()
    assert article.published == told.reading.published and len(article.provenance) == 2


def test_the_same_words_by_another_outlet_are_a_copy(record: Record) -> None:
    told = FEW[0]
    first = record.add(told.source, told.reading)
    later = replace(told.reading, outlet="The Echo", published="2031-03-09")
    record.add(Source(b"echo", "text", "echo.txt"), later)
    assert [(article.outlet, article.copy_of, article.copy) for article in record.articles()] == [
        (told.reading.outlet, None, None),
        ("The Echo", first, "exact"),
    ]
    (incident,) = record.incidents()
    assert (len(incident.accounts), incident.origins, incident.outlets) == (2, 1, (told.reading.outlet, "The Echo"))


def test_a_new_reading_of_a_source_takes_the_old_ones_place(record: Record) -> None:
    told = FEW[0]
    record.add(told.source, told.reading)
    better = replace(told.reading, text=told.reading.text + "\nThe toll may rise.", labels=())
    record.add(told.source, better)
    (article,) = record.articles()
    assert record.reading(article.id) == better
    assert list(record.labels()) == [] and len(list(record.incidents())) == 1
    assert [hit.article.id for hit in record.search("may rise")] == [article.id]


def test_reading_anew_and_back_leaves_the_record_as_it_was(record: Record, war: list[Told]) -> None:
    for told in war:
        record.add(told.source, told.reading)
    before = state_of(record)
    record.add(war[5].source, replace(war[5].reading, text="Other news.", incidents=(), casualties=(), labels=()))
    assert state_of(record) != before
    record.add(war[5].source, war[5].reading)
    assert state_of(record) == before


def test_the_bytes_are_kept_as_they_came(record: Record) -> None:
    told = FEW[0]
    assert record.source(record.add(told.source, told.reading)) == told.source.data


def test_a_failure_is_listed_until_the_place_is_read(record: Record) -> None:
    told = FEW[0]
    record.add_failure(told.source, ArticleError("has no article in it", advice="look at it"))
    record.add_failure("gone.txt", ArticleError("is not there"))
    assert [(failure.where, failure.reason, failure.advice) for failure in record.failures()] == [
        (told.source.origin, "has no article in it", "look at it"),
        ("gone.txt", "is not there", None),
    ]
    record.add(told.source, told.reading)
    assert [failure.where for failure in record.failures()] == ["gone.txt"]


def test_an_article_that_says_nothing_is_on_record_all_the_same(record: Record) -> None:
    id = record.add(Source(b"", "text", "empty.txt"), Reading(id="x", text=""))
    assert record.article("x").id == record.article(id).id == id
    assert len(list(record.stories())) == 1


def test_what_is_not_there_is_said_to_be_not_there(record: Record) -> None:
    for ask in (record.article, record.reading, record.source, record.incident, record.story, record.truce):
        with pytest.raises(RecordError, match=r"no .* on record"):
            ask("i000")


def test_lone_surrogates_and_odd_characters_are_no_fault(record: Record) -> None:
    reading = Reading(id="x", text="A\u0000 \ufffd 💥 bomb fell", outlet="Ö'let")
    record.add(Source(b"x", "text", "odd.txt"), reading)
    assert [article.outlet for article in record.articles(Filter(outlet="ö'LET"))] == ["Ö'let"]
