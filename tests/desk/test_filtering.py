"""Filters in the address."""

from __future__ import annotations

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.desk.filtering import Asked, asked
from onrecord.record import Filter


def _request(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": [], "method": "GET", "path": "/"})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Filter()),
        ("place=Aleppo&actor=+", Filter(place="Aleppo")),
        ("since=2016-10&until=2016-10", Filter(since="2016-10-01", until="2016-10-31")),
        ("since=2016&until=2016", Filter(since="2016-01-01", until="2016-12-31")),
        ("until=2016-02", Filter(until="2016-02-29")),
        ("nonsense=1&outlet=The+Herald", Filter(outlet="The Herald")),
    ],
)
def test_the_address_says_what_is_wanted(query: str, expected: Filter) -> None:
    assert asked(_request(query)).of == expected


@pytest.mark.parametrize("query", ["since=2016-13-01", "until=never", "page=0x1", "page=9999999"])
def test_what_is_no_date_and_no_page_is_refused(query: str) -> None:
    with pytest.raises(HTTPException):
        asked(_request(query))


def test_an_address_says_the_same_when_it_is_asked_again() -> None:
    wanted = Asked(Filter(place="Deir ez-Zor", since="2016-10-01"), 3)
    address = wanted.address("/incidents", page=3, show="disputed")
    assert asked(_request(address.partition("?")[2])) == wanted


def test_the_first_page_of_everything_is_the_bare_address() -> None:
    assert Asked(Filter()).address("/incidents", page=1) == "/incidents"
