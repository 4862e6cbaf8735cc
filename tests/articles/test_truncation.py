"""Pages that show only the beginning of their article."""

from __future__ import annotations

import pytest

from onrecord.articles.truncation import is_truncated

STORY = "Shells fell on the town on Friday, doctors said. "


@pytest.mark.parametrize(
    "end",
    [
        "The army […]",
        "The army said it…",
        "The army said it...",
        "Subscribe to continue reading",
        "Continue reading →",
        "Read more…",
        "Click here to read the full article at Orontes Post.",
        "You have reached your limit of free articles.",
        "This article is for subscribers only.",
    ],
)
def test_an_end_that_says_so_is_told(end: str) -> None:
    assert is_truncated(STORY * 5 + end)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        STORY * 40,
        "He said that they would continue reading the names of the dead.",
        "“We waited… and nobody came.”",
        "You need a subscription to hope, she said; the rest went on for many pages of the report." + STORY * 12,
    ],
)
def test_a_whole_text_is_not(text: str) -> None:
    assert not is_truncated(text)


def test_a_page_that_is_paid_for_and_short_is_the_beginning_only() -> None:
    assert is_truncated(STORY, is_free=False)
    assert not is_truncated(STORY * 60, is_free=False)
    assert not is_truncated(STORY, is_free=True)
