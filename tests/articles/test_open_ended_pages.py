"""Pages that leave things open by the thousand are read, or told, in time that grows with their length."""

from __future__ import annotations

import pytest

from onrecord.articles import article_of
from onrecord.articles.page import _without_scripts
from onrecord.errors import ArticleError
from onrecord.sources import Source

PROSE = "<p>Two people were killed on Friday when shells fell on the market of Qasr, the mayor of the town said.</p>"


@pytest.mark.parametrize("opened", ["<script ", "<style>", "<script></scrip", "<style></script>"])
def test_scripts_that_never_end_take_no_longer_than_others(opened: str) -> None:
    page = f"<html><body>{PROSE * 3}{opened * 60_000}"
    try:
        assert "shells" in article_of(Source(page.encode(), "html", "here")).text
    except ArticleError as fault:
        assert fault.advice


def test_a_byline_of_blanks_takes_no_longer_than_others() -> None:
    page = f"<html><head><meta name='author' content='A{' ' * 200_000}B'></head><body>{PROSE * 3}</body></html>"
    assert article_of(Source(page.encode(), "html", "here")).byline in {"A B", None}


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("a<script>b</script>c", "ac"),
        ("a<SCRIPT x='1'>b</sCript >c<style>d</style>e", "ace"),
        ("a<script>b<style>c</style>d", "a<script>bd"),
        ("a<script>b</script", "a"),
        ("a<scripture>b", "a<scripture>b"),
        ("İ<script>b</script>c", "İc"),
    ],
)
def test_scripts_and_styles_are_left_out(page: str, left: str) -> None:
    assert _without_scripts(page) == left
