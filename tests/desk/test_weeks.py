"""Tolls by week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.desk.lines import Line
from onrecord.desk.weeks import BOTTOM, LEFT, RIGHT, TOP, weeks_of

LINE = Line(
    "i1", "ASSAULT", "aerial", "reported", True, "2016-10-14", "2016-10-14", "2016-10-15", "Aleppo", 36.2, 37.1,
    "settlement", 8, 15, 15, True, "", 2, 2, 2, (), (), 0.4, 3.0, False,
)  # fmt: skip


def test_a_week_sums_up_its_incidents() -> None:
    other = replace(LINE, since="2016-10-16", killed_low=1, killed_best=1, killed_high=2, killed_open=False)
    drawn = weeks_of([LINE, other])
    assert drawn is not None
    (week,) = drawn.weeks
    assert (week.since, week.until) == ("2016-10-10", "2016-10-16")
    assert (week.low, week.best, week.high, week.open) == (9, 16, 17, True)
    assert week.words == ("10–16 October 2016: 16 killed by the best figures, 9 to 17 or more by all, in 2 incidents")


def test_what_was_only_planned_or_is_denied_or_has_no_figure_does_not_count() -> None:
    others = [replace(LINE, status="planned"), replace(LINE, status="denied"), replace(LINE, deed=False)]
    assert weeks_of([*others, replace(LINE, killed_high=None), replace(LINE, since=None)]) is None


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 5000), st.integers(0, 500)), min_size=1, max_size=40))
def test_every_week_is_within_the_picture(tolls: list[tuple[int, int, int]]) -> None:
    first = date(2010, 1, 1)
    lines = [
        replace(LINE, since=str(first + timedelta(day)), killed_low=low, killed_best=low + more, killed_high=low + more)
        for day, low, more in tolls
    ]
    drawn = weeks_of(lines)
    assert drawn is not None
    assert sum(week.low for week in drawn.weeks) == sum(low for _, low, _ in tolls)
    for week in drawn.weeks:
        assert TOP <= week.top <= week.best_y <= week.bottom <= BOTTOM
        assert LEFT <= week.x <= RIGHT
