from datetime import date

import pytest

from onrecord.reading.schema import DateRange
from onrecord.views.exports.days import day_precisions, days_of, middle_of


@pytest.mark.parametrize(
    ("since", "until", "acled", "ucdp"),
    [
        ("2016-10-14", "2016-10-14", 1, 1),
        ("2016-10-14", None, 1, 1),
        ("2016-10-10", "2016-10-13", 2, 2),
        ("2016-10-10", "2016-10-16", 2, 3),
        ("2016-10-01", "2016-10-31", 3, 4),
        ("2016-01-01", "2016-12-31", None, 5),
        ("2015-01-01", "2016-12-31", None, None),
        (None, None, None, None),
    ],
)
def test_the_codes_of_precision(since, until, acled, ucdp):
    assert day_precisions(days_of(since, until)) == (acled, ucdp)


@pytest.mark.parametrize(
    ("first", "last", "middle"),
    [
        ("2016-10-14", "2016-10-14", date(2016, 10, 14)),
        ("2016-10-10", "2016-10-16", date(2016, 10, 13)),
        ("2016-10-15", "2016-10-16", date(2016, 10, 15)),
        ("2016-10-01", "2016-10-31", date(2016, 10, 16)),
    ],
)
def test_a_week_or_month_is_put_in_its_middle(first, last, middle):
    assert middle_of(DateRange(first, last)) == middle
