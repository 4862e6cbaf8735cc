"""Why accounts are one incident: every number in the explanation is one that grouping went by."""

from __future__ import annotations

import pytest

from benchmarks.generated import Told
from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.record.decisions import Merge, Split
from onrecord.record.matching import ACCOUNTS, total


def test_each_account_says_what_joined_it_and_what_keeps_others_out(record: Record, war: list[Told]) -> None:
    for told in war:
        record.add(told.source, told.reading)
    for incident in record.incidents():
        why = record.why(incident.id)
        assert [joined.account for joined in why.accounts] == [account.id for account in incident.accounts]
        assert why.mean is not None and why.mean >= why.cut == ACCOUNTS.rule.cut
        for joined in why.accounts:
            assert joined.to in {account.id for account in incident.accounts}
            assert abs(total(joined.points) - joined.weight) < 0.05 and not joined.decided
        for other in why.apart:
            assert other.mean < why.cut and other.incident != incident.id and other.because


def test_what_people_decided_is_among_the_reasons(record: Record, war: list[Told]) -> None:
    for told in war[:8]:
        record.add(told.source, told.reading)
    first, second = record.incidents()
    record.decide(Merge((first.id, second.id)), by="Ann", why="one raid")
    (merged,) = record.incidents()
    why = record.why(merged.id)
    assert [made.act for made in why.decisions] == ["merge"]
    assert all(joined.decided for joined in why.accounts)
    record.decide(Split(merged.id, (merged.accounts[-1].id,)), by="Ann", why="not that one")
    left = record.why(merged.id)
    assert left.apart[0].because == "a person decided that they are two"


def test_there_is_nothing_to_explain_of_what_is_not_there(record: Record) -> None:
    with pytest.raises(RecordError):
        record.why("i000")
