"""Merge, split and move: kept through new readings and further news, in whatever order articles come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.generated import Told, telling
from onrecord.errors import RecordError, StaleDecisionError
from onrecord.record import Record
from onrecord.record.decisions import Correct, Merge, Move, Reject, Split, Undo
from tests.record.state import state_of

ANN = {"by": "Ann", "why": "one and the same"}
WAR = list(telling(12, seed=3, per_attack=4))


@pytest.fixture
def war(record: Record) -> Record:
    add(record, WAR)
    return record


def add(record: Record, tellings: Iterable[Told]) -> None:
    for told in tellings:
        record.add(told.source, told.reading)


def groups(record: Record) -> list[list[str]]:
    return sorted(sorted(account.article.id for account in each.accounts) for each in record.incidents())


def ids(record: Record) -> list[str]:
    return [incident.id for incident in record.incidents()]


def test_merged_incidents_are_one_and_come_apart_again(war: Record) -> None:
    before = groups(war)
    first, second, third = ids(war)
    made = war.decide(Merge((first, second)), **ANN)
    assert [len(group) for group in groups(war)] == [4, 8] or [len(group) for group in groups(war)] == [8, 4]
    (merged,) = (each for each in war.incidents() if len(each.accounts) == 8)
    assert [(shown.act, shown.by) for shown in merged.decisions] == [("merge", "Ann")]
    assert not war.incident(third).decisions
    war.decide(Undo(made.id), **ANN)
    assert groups(war) == before


def test_two_accounts_in_one_article_can_be_merged(record: Record) -> None:
    (told,) = telling(1, seed=3)
    (incident,) = told.reading.incidents
    twice = replace(incident, id="i2", main=False, casualties=(), evidence=incident.evidence[1:])
    record.add(told.source, replace(told.reading, incidents=(incident, twice)))
    assert len(ids(record)) == 2
    record.decide(Merge(tuple(ids(record))), **ANN)
    assert [len(each.accounts) for each in record.incidents()] == [2]


def test_a_split_keeps_apart_what_is_alike_and_a_newcomer_finds_its_own(war: Record) -> None:
    incident = next(war.incidents())
    out = [account.article.id for account in incident.accounts[2:]]
    war.decide(Split(incident.id, tuple(out)), **ANN)
    assert sorted(out) in groups(war) and [len(group) for group in groups(war)].count(2) == 2


def test_a_moved_account_is_with_the_others_only(war: Record) -> None:
    first, second, _ = war.incidents()
    account = first.accounts[-1]
    war.decide(Move((account.id,), second.id), **ANN)
    assert {each.id for each in war.incident(second.id).accounts} == {account.id} | {
        each.id for each in second.accounts
    }
    assert len(war.incident(first.accounts[0].id).accounts) == 3


def test_of_two_decisions_that_disagree_the_later_one_holds(war: Record) -> None:
    before = groups(war)
    incident = next(war.incidents())
    out = tuple(account.id for account in incident.accounts[2:])
    war.decide(Split(incident.id, out), **ANN)
    war.decide(Merge((incident.accounts[0].id, out[0])), **ANN)
    assert groups(war) == before


def test_steps_of_truces_are_split_and_merged_too(war: Record) -> None:
    (truce,) = war.truces()
    war.decide(Split(truce.id, (truce.steps[-1].id,)), **ANN)
    both = list(war.truces())
    assert sorted(len(each.steps) for each in both) == [1, len(truce.steps) - 1]
    war.decide(Merge(tuple(each.id for each in both)), **ANN)
    (merged,) = war.truces()
    assert [made.act for made in merged.decisions] == ["split", "merge"]


@pytest.mark.parametrize("act", [Merge(("i0", "i1")), Merge(()), Split("i0", ("i0",)), Move((), "i0"), Undo("d0")])
def test_what_is_not_there_is_not_decided_on(war: Record, act: Merge) -> None:
    with pytest.raises(RecordError):
        war.decide(act, **ANN)
    assert list(war.decisions()) == []


def test_an_incident_is_not_merged_with_itself_nor_with_a_truce(war: Record) -> None:
    incident = next(war.incidents())
    for ids_ in ((incident.id, incident.accounts[1].id), (incident.id, next(war.truces()).id)):
        with pytest.raises(RecordError):
            war.decide(Merge(ids_), **ANN)


def test_whoever_splits_off_what_somebody_else_split_off_meanwhile_is_told_by_whom(record: Record) -> None:
    add(record, WAR[:3])
    (seen,) = record.incidents()
    off = Split(seen.id, (seen.accounts[2].id,))
    record.decide(off, **ANN, against=seen.state)
    with pytest.raises(StaleDecisionError, match="Ann decided"):
        record.decide(off, by="ben", why="another raid", against=seen.state)


def test_whoever_splits_what_got_another_account_meanwhile_is_told(record: Record) -> None:
    add(record, WAR[:3])
    (incident,) = record.incidents()
    add(record, WAR[3:4])
    with pytest.raises(StaleDecisionError, match="account came or went"):
        record.decide(Split(incident.id, (incident.accounts[0].id,)), **ANN, against=incident.state)
    (now,) = record.incidents()
    record.decide(Split(now.id, (now.accounts[0].id,)), **ANN, against=now.state)
    assert len(ids(record)) == 2


def deciding(record: Record) -> None:
    """A merge, a split, a move, a rejection, an undone merge, corrected tolls; on the first nine articles."""
    first, second, third = list(record.incidents())[:3]
    record.decide(Merge((first.id, second.id)), **ANN)
    merged = next(each for each in record.incidents() if len(each.accounts) > 4)
    record.decide(Split(merged.id, tuple(account.id for account in merged.accounts[-2:])), **ANN)
    undone = record.decide(Merge((third.id, merged.accounts[0].id)), **ANN)
    record.decide(Undo(undone.id), **ANN)
    moved = next(each for each in record.incidents() if len(each.accounts) > 2).accounts[-1]
    elsewhere = next(each for each in record.incidents() if moved.id not in {a.id for a in each.accounts})
    record.decide(Move((moved.id,), elsewhere.id), **ANN)
    record.decide(Reject(next(record.incidents()).accounts[0].fact or ""), **ANN)
    for number, article in enumerate(list(record.articles())[:3]):
        record.decide(Correct(f"{article.id}/k1", "count", 700 + number), **ANN)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """A record of nine articles with decisions, and what it holds when the other three have come."""
    path = tmp_path_factory.mktemp("decided") / "nine.db"
    with Record.open(path) as record:
        add(record, WAR[:9])
        deciding(record)
        for told in WAR[9:]:
            record.add(told.source, told.reading)
        whole = state_of(record)
        for told in WAR[9:]:  # taken off the record again by a reading of nothing
            record.add(told.source, replace(told.reading, incidents=(), casualties=(), truces=(), labels=()))
    return path, whole


@given(
    order=st.permutations(range(len(WAR))),
    emptied=st.lists(st.integers(0, len(WAR) - 1), max_size=5),
)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_neither_the_order_of_arrival_nor_reading_anew_changes_what_people_decided(
    tmp_path_factory: pytest.TempPathFactory,
    decided: tuple[Path, dict[str, object]],
    order: list[int],
    emptied: list[int],
) -> None:
    """Articles come, are read anew as saying nothing, and come back: the record ends the same, decisions and all."""
    path, whole = decided
    copy = tmp_path_factory.mktemp("again") / "nine.db"
    copy.write_bytes(path.read_bytes())
    with Record.open(copy) as record:
        for at in emptied:
            told = WAR[at]
            record.add(told.source, replace(told.reading, text="No news.", incidents=(), casualties=(), labels=()))
        for at in order:
            record.add(WAR[at].source, WAR[at].reading)
        for at in order[:3]:
            record.add(WAR[at].source, WAR[at].reading)
        assert state_of(record) == whole
        assert record.journal_fault() is None
