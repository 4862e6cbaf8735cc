"""When a watcher asks again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onrecord.watch.pace import LONGEST_ASKED, LONGEST_WAIT, Pace
from onrecord.watch.polling import page_address

NOON = 1_476_446_400.0  # 2016-10-14 12:00 UTC


@given(failures=some.integers(1, 10_000), chance=some.floats(0, 1))
def test_the_wait_grows_within_bounds_and_never_vanishes(failures: int, chance: float) -> None:
    wait = Pace(now=lambda: 0.0, chance=lambda: chance).after_failures(failures)
    assert min(30.0 * 2 ** min(failures - 1, 30), LONGEST_WAIT / 2) <= wait <= LONGEST_WAIT


@given(asked=some.floats(0, 1e12), chance=some.floats(0, 1))
def test_a_pause_that_is_asked_for_is_kept_unless_it_is_a_mistake(asked: float, chance: float) -> None:
    assert Pace(now=lambda: 0.0, chance=lambda: chance).after_failures(1, asked) >= min(asked, LONGEST_ASKED)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("-5", None),
        ("soon", None),
        ("٣", None),
        ("9" * 400, 999_999_999.0),
        ("Fri, 14 Oct 2016 13:00:00 GMT", 3600.0),
        ("Fri, 14 Oct 2016 11:00:00 GMT", 0.0),
        ("Fri, 99 Oct 2016 11:00:00 GMT", None),
    ],
)
def test_retry_after_is_understood_in_both_of_its_forms(header: str | None, seconds: float | None) -> None:
    assert Pace(now=lambda: NOON).asked_pause(header) == seconds


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.example/x?id=1&utm_source=rss#top", "https://a.example/x?id=1"),
        ("/story", "https://feed.example/story"),
        ("story?a=%20b", "https://feed.example/news/story?a=%20b"),
        ("mailto:desk@a.example", None),
        ("javascript:alert(1)", None),
        ("https://[half", None),
    ],
)
def test_the_address_of_a_page_is_that_of_its_entry_without_counters(link: str, address: str | None) -> None:
    assert page_address(link, "https://feed.example/news/rss") == address
