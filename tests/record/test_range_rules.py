"""The best figure by each rule is one of those shown, as the rule says; low and high do not depend on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Filter, Record
from onrecord.record.range_rules import RULES, RangeRule, Vote, best_of, disagreement
from tests.record.test_tolls import report

VOTES = st.lists(
    st.builds(
        Vote,
        st.integers(0, 500),
        st.sampled_from(["exact", "at-least", "at-most", "about", "vague"]),
        st.sampled_from(["", "2031-03-01", "2031-03-02"]),
    ),
    min_size=1,
)


@pytest.mark.parametrize(("rule", "best"), [("representative", 12), ("conservative", 9), ("informative", 15)])
def test_the_user_chooses_the_rule(record: Record, rule: RangeRule, best: int) -> None:
    for outlet, count, day in (("A", 12, "02"), ("B", 12, "02"), ("C", 9, "02"), ("D", 15, "03")):
        record.add(*report(outlet, count, day=f"2031-03-{day}"))
    (toll,) = record.tolls(Filter(rule=rule))
    assert (toll.range.low, toll.range.best, toll.range.high) == (9, best, 15)
    assert (toll.range.rule, toll.range.disagreement) == (rule, 0.5)
    assert [each.tolls[0].best for each in record.incidents(Filter(rule=rule))] == [best]
    assert record.incident(toll.incident or "", rule).tolls[0].best == best


@given(VOTES)
def test_every_rule_gives_a_number_that_somebody_gave(votes: list[Vote]) -> None:
    numbers = {vote.number for vote in votes}
    assert {best_of(votes, rule) for rule in RULES} <= numbers
    assert best_of(votes, "conservative") == min(numbers)
    assert 0 <= disagreement(votes) < 1 and (disagreement(votes) == 0) == (len(numbers) == 1)


@given(VOTES, st.randoms())
def test_the_order_of_the_votes_does_not_matter(votes: list[Vote], random: object) -> None:
    shuffled = list(votes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [best_of(shuffled, rule) for rule in RULES] == [best_of(votes, rule) for rule in RULES]


def test_an_exact_number_says_more_than_a_later_vague_one() -> None:
    exact = Vote(30, "exact", "2031-03-01")
    votes = [exact, replace(exact, number=40, qualifier="about", day="2031-03-05")]
    assert best_of(votes, "informative") == 30
