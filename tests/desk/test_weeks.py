"""Tolls by week."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.desk.weeks import BOTTOM, LEFT, MOST_BARS, RIGHT, TOP, Sum, weeks_of

MONDAY = "2016-10-10"


def test_a_week_is_said_in_words() -> None:
    drawn = weeks_of([(MONDAY, Sum(2, 9, 16, 17, open=True))])
    assert drawn is not None
    (week,) = drawn.weeks
    assert (week.since, week.until) == (MONDAY, "2016-10-16")
    assert (week.low, week.best, week.high, week.open) == (9, 16, 17, True)
    assert week.words == ("10–16 October 2016: 16 killed by the best figures, 9 to 17 or more by all, in 2 incidents")


def test_without_a_toll_there_is_nothing_to_draw() -> None:
    assert weeks_of([]) is None


@given(st.dictionaries(st.integers(0, 1500), st.tuples(st.integers(0, 5000), st.integers(0, 500)), min_size=1))
def test_every_week_is_within_the_picture(tolls: dict[int, tuple[int, int]]) -> None:
    first = date.fromisoformat(MONDAY)
    sums = [
        (str(first + timedelta(weeks=week)), Sum(1, low, low + more, low + more)) for week, (low, more) in tolls.items()
    ]
    drawn = weeks_of(sums)
    assert drawn is not None
    assert sum(week.low for week in drawn.weeks) == sum(low for low, _ in tolls.values())
    assert len(drawn.weeks) <= MOST_BARS
    for week in drawn.weeks:
        assert TOP <= week.top <= week.best_y <= week.bottom <= BOTTOM
        assert LEFT <= week.x <= RIGHT
