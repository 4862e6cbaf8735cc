"""Titles, heads and walls of plain texts."""

from __future__ import annotations

import pytest

from onrecord.articles.prose import is_running_text, outlet_of_text, title_of_text, wall_in

STORY = "Shells fell on the town on Friday, doctors said, and two people were hurt."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Two hurt in shelling\n\n{STORY}", "Two hurt in shelling"),
        (f"Two hurt in shelling\n{STORY}", "Two hurt in shelling"),
        (f"\n\nLevant Daily News, 8 March 2017\n\nTwo hurt in shelling\n\n{STORY}", "Two hurt in shelling"),
        (f"{STORY}\n\n{STORY}", None),
        ("Two hurt in shelling", None),
        ("Two hurt\nThree dead\n", None),
        ("", None),
    ],
)
def test_a_title_is_a_first_line_that_is_no_sentence_before_one_that_is(text: str, title: str | None) -> None:
    assert title_of_text(text) == title


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"Levant Daily News, 8 March 2017\n\n{STORY}", "Levant Daily News"),
        (f"Two hurt in shelling\nThe Barada Post - March 8, 2017\n{STORY}", "The Barada Post"),
        (f"Two hurt in shelling\n\nALEPPO, March 8 (Levant Daily News) – {STORY}", "Levant Daily News"),
        (f"ALEPPO, March 8 (Reuters) – {STORY}", None),
        (f"ALEPPO (Press Association) – {STORY}", None),
        (f"Damascus, 8 March 2017\n\n{STORY}", None),
        (f"Levant Daily News reported on 8 March 2017 that two were hurt.\n{STORY}", None),
        (f"Levant Daily News\n\n{STORY}", None),
        ("", None),
    ],
)
def test_an_outlet_is_named_with_the_date_in_the_head_of_a_clipping(text: str, outlet: str | None) -> None:
    assert outlet_of_text(text) == outlet


@pytest.mark.parametrize("text", [STORY, "Shells killed 12 in Aleppo.", "Title\n" + STORY, "“Nobody came to help us.”"])
def test_a_sentence_makes_running_text(text: str) -> None:
    assert is_running_text(text)


@pytest.mark.parametrize("text", ["", "Home\nWorld\nSport", "Contact us\nAbout our team", "x" * 300])
def test_titles_and_single_words_make_none(text: str) -> None:
    assert not is_running_text(text)


def test_a_wall_is_told_unless_the_text_is_long() -> None:
    assert wall_in("Access Denied. You don't have permission to access this page.") == "a block page"
    assert wall_in("Before you continue to the site, accept all cookies.") == "a consent wall"
    assert wall_in(STORY) is None
    assert wall_in("Access denied, said the guard. " + STORY * 30) is None
