"""The days that a TIMEX3 value covers, and ACLED's and UCDP's codes for how precise they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.date_ranges import acled_time_precision, day_range, number_of_days, ucdp_date_precision
from onrecord.reading.schema import DateRange


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2016-10-14", "2016-10-14", "2016-10-14"),
        ("2016-10-14T14:00", "2016-10-14", "2016-10-14"),
        ("2016-10-18TEV", "2016-10-18", "2016-10-18"),
        ("2016-W41", "2016-10-10", "2016-10-16"),
        ("2016-W41-WE", "2016-10-15", "2016-10-16"),
        ("2016-W41-2", "2016-10-11", "2016-10-11"),
        ("2016-10", "2016-10-01", "2016-10-31"),
        ("2016-10-XX", "2016-10-01", "2016-10-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-Q3", "2016-07-01", "2016-09-30"),
        ("2016-H1", "2016-01-01", "2016-06-30"),
        ("2016-SU", "2016-06-01", "2016-08-31"),
        ("2015-WI", "2015-12-01", "2016-02-29"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("201", "2010-01-01", "2019-12-31"),
        ("20", "2000-01-01", "2099-12-31"),
    ],
)
def test_a_value_covers_its_days(value: str, first: str, last: str) -> None:
    assert day_range(value) == (first, last)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("XXXX-09-22", "XXXX-09-22", "XXXX-09-22"),
        ("XXXX-02-29", "XXXX-02-29", "XXXX-02-29"),
        ("XXXX-09", "XXXX-09-01", "XXXX-09-30"),
        ("XXXX-WXX-2", "XXXX-WXX-2", "XXXX-WXX-2"),
        ("XXXX-WXX-2TEV", "XXXX-WXX-2", "XXXX-WXX-2"),
    ],
)
def test_no_year_is_invented(value: str, first: str, last: str) -> None:
    assert day_range(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    ["PAST_REF", "P3D", "PT24H", "XXXX-XX-XX", "XXXX-WXX", "XXXX", "", "2016-13", "2016-02-30", "2016-W54", "T14:00"],
)
def test_what_names_no_days_has_no_range(value: str) -> None:
    assert day_range(value) is None


@pytest.mark.parametrize(
    ("start", "end", "acled", "ucdp"),
    [
        ("2016-10-14", "2016-10-14", 1, 1),
        ("XXXX-09-22", "XXXX-09-22", 1, 1),
        ("2016-10-15", "2016-10-16", 2, 2),
        ("2016-10-10", "2016-10-15", 2, 2),
        ("2016-10-10", "2016-10-16", 2, 3),
        ("2016-10-10", "2016-10-17", 3, 4),
        ("2016-10-01", "2016-10-31", 3, 4),
        ("2016-10-01", "2016-11-01", None, 5),
        ("2016-01-01", "2016-12-31", None, 5),
        ("2015-01-01", "2016-12-31", None, None),
    ],
)
def test_precision_codes_of_acled_and_ucdp(start: str, end: str, acled: int | None, ucdp: int | None) -> None:
    days = DateRange(start, end)
    assert (acled_time_precision(days), ucdp_date_precision(days)) == (acled, ucdp)


def test_days_that_cannot_be_compared_have_no_number() -> None:
    assert number_of_days(DateRange("XXXX-09-22", "2016-10-14")) is None
    assert number_of_days(DateRange("2016-10-14", "2016-10-13")) is None
    assert number_of_days(DateRange("XXXX-12-30", "XXXX-01-02")) == 4


@given(st.dates())
def test_a_day_is_its_own_range(day: object) -> None:
    assert day_range(str(day)) == (str(day), str(day))


@given(st.text(alphabet="0123456789XWQTHP-:ESPUFAI", max_size=16))
def test_any_value_has_a_range_in_order_or_none(value: str) -> None:
    days = day_range(value)
    assert days is None or days[0] <= days[1]
