"""Dates of publication: taken where they are whole and certain, never invented."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles import dates

CASES = tomllib.loads((Path(__file__).parent / "cases" / "dates.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES["iso"])
def test_iso_dates_keep_their_offset_and_lose_a_time_without_one(text: str, expected: str) -> None:
    assert (dates.iso_date(text) or "") == expected


@pytest.mark.parametrize(("text", "expected"), CASES["iso"][:6] + CASES["any"])
def test_any_form_of_metadata_is_read(text: str, expected: str) -> None:
    assert (dates.any_date(text) or "") == expected


@pytest.mark.parametrize(("text", "expected"), CASES["worded"])
def test_words_need_day_month_and_year(text: str, expected: str) -> None:
    assert (dates.worded_date(text) or "") == expected


@pytest.mark.parametrize(("text", "expected"), CASES["url"])
def test_an_address_gives_a_date_by_its_path(text: str, expected: str) -> None:
    assert (dates.url_date(text) or "") == expected


@pytest.mark.parametrize(("text", "expected"), CASES["dateline"])
def test_a_dateline_stands_at_the_beginning_and_has_a_year(text: str, expected: str) -> None:
    assert (dates.dateline_date(text) or "") == expected


@pytest.mark.parametrize(("text", "expected"), CASES["link"])
def test_a_dated_link_ends_in_its_date(text: str, expected: str) -> None:
    assert dates.is_dated_link(text) == bool(expected)


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(-14 * 60, 14 * 60), st.times())
def test_a_moment_survives_its_iso_form(day: date, offset: int, hour: object) -> None:
    moment = datetime.combine(day, hour, timezone(timedelta(minutes=offset))).replace(microsecond=0)  # type: ignore[arg-type]
    assert dates.iso_date(moment.isoformat()) == moment.isoformat()


@given(st.text(max_size=60))
def test_no_text_breaks_a_parser(text: str) -> None:
    for parser in (dates.iso_date, dates.any_date, dates.worded_date, dates.url_date, dates.dateline_date):
        found = parser(text)
        assert found is None or date.fromisoformat(found[:10]).year >= dates.EARLIEST_YEAR
