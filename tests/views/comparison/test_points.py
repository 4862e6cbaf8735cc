"""What speaks for two events being one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.views.comparison.events import Event
from onrecord.views.comparison.points import ENOUGH, SHARES, differs, points_of

DAY = date(2031, 3, 4)
HERE = Event("i1", DAY, DAY, "Bokum", "Syria", (35.1, 38.2), 10.0, "Battles", "Armed clash", 6, 9, 12)


def other(**values):
    return replace(HERE, id="SYR1", **values)


def later(days, length=0):
    return {"first": DAY + timedelta(days), "last": DAY + timedelta(days + length)}


def point(there, of):
    return next(point for point in points_of(HERE, there).points if point.of == of)


@pytest.mark.parametrize(
    ("there", "of", "value", "why"),
    [
        (other(), "day", 1.0, "same day"),
        (other(**later(1)), "day", 0.6, "1 day apart"),
        (other(**later(-2)), "day", 0.3, "2 days apart"),
        (other(**later(-3, 6)), "day", 0.7, "their days overlap"),
        (other(), "place", 1.0, "same place"),
        (other(point=(35.13, 38.2), place="Bokum al-Gharbi"), "place", 1.0, "same place"),
        (other(point=(35.19, 38.2), place="Tal Bokum"), "place", 0.75, "10 km apart"),
        (other(point=(35.37, 38.2), place="Tal Bokum"), "place", 0.2, "30 km apart"),
        (other(point=None, place="Tal Bokum"), "place", 0.3, "same country"),
        (other(sub_type="Government regains territory"), "type", 0.7, "same type, another sub-type"),
        (other(type="Riots", sub_type="Mob violence"), "type", 0.4, "both violence"),
        (other(type="Protests", sub_type="Peaceful protest"), "type", 0.0, "another type"),
        (other(type=""), "type", 0.5, "not told"),
        (other(low=7, best=7, high=7), "toll", 1.0, "within the range"),
        (other(low=3, best=3, high=3), "toll", 0.5, "3 against 6"),
        (other(low=None, best=None, high=None), "toll", 0.5, "not told"),
    ],
)
def test_each_point_has_its_reason(there, of, value, why):
    given_point = point(there, of)
    assert given_point.value == pytest.approx(value, abs=0.01)
    assert given_point.why == why


@pytest.mark.parametrize(
    "there",
    [other(**later(3)), other(**later(-9, 5)), other(point=(36.5, 38.2), place="Far"),
     other(point=None, place="Far", country="Chad")],
)  # fmt: skip
def test_what_is_too_far_in_time_or_space_is_never_one(there):
    assert points_of(HERE, there) is None


@pytest.mark.parametrize(
    ("here", "there", "differing"),
    [
        ((6, 9, 12), (6, 6, 6), False),
        ((6, 9, 12), (5, 5, 5), True),
        ((6, 9, 12), (13, 13, 13), True),
        ((6, 9, None), (500, 500, 500), False),
        ((6, 9, 12), (None, None, None), True),
        ((0, 5, 5), (None, None, None), False),
        ((None, None, None), (4, 4, 4), True),
        ((None, None, None), (None, None, None), False),
        ((None, None, None), (0, 0, 0), False),
    ],
)
def test_a_toll_differs_where_it_is_none_that_is_given_here(here, there, differing):
    names = ("low", "best", "high")
    assert (
        differs(other(**dict(zip(names, here, strict=True))), other(**dict(zip(names, there, strict=True))))
        is differing
    )


events = st.builds(
    lambda ahead, length, north, near, low, more, type: replace(
        HERE,
        **later(ahead, length),
        point=(35.1 + north, 38.2),
        near=near,
        low=low,
        best=None if low is None else low + more,
        high=None if low is None else low + 2 * more,
        type=type,
    ),
    st.integers(-5, 5), st.integers(0, 31), st.floats(0, 2), st.sampled_from([10.0, 50.0, 150.0]),
    st.none() | st.integers(0, 90), st.integers(0, 9), st.sampled_from(["Battles", "Riots", ""]),
)  # fmt: skip


@given(events, events)
def test_points_are_between_0_and_1_and_an_event_is_always_one_with_itself(here, there):
    given_points = points_of(here, there)
    if given_points is not None:
        assert all(0 <= point.value <= 1 for point in given_points.points)
        assert 0 <= given_points.total <= 1 + 1e-9
    assert points_of(here, here).total >= ENOUGH
    assert not differs(here, here)


def test_the_shares_make_up_the_whole():
    assert sum(SHARES.values()) == pytest.approx(1)
