"""The three seed pages as articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.articles import article_of
from onrecord.articles.article import Article
from onrecord.sources import Source, sources_in


def article(seeds: Path, number: str, published: str | None = None) -> Article:
    (source,) = sources_in(seeds.glob(f"{number}_*.txt"))
    assert isinstance(source, Source)
    return article_of(source, published=published)


def reasons(article: Article) -> list[tuple[str, str]]:
    return [(mark.why, mark.text.split("\n")[0][:30]) for mark in article.boilerplate]


def test_000_ends_in_a_list_of_other_news_and_credits_cnn(seeds: Path) -> None:
    page = article(seeds, "000")
    assert reasons(page) == [("related-links", "Other news")]
    assert [(credit.text, credit.agency) for credit in page.credits] == [("(CNN)", "CNN")]
    assert page.title is not None
    assert page.title.endswith("newspaper")


def test_001_begins_with_a_menu_of_ten_links_and_has_two_advertisements(seeds: Path) -> None:
    page = article(seeds, "001")
    assert [why for why, _ in reasons(page)] == ["related-links", "advertisement", "advertisement"]
    menu = page.boilerplate[0]
    assert menu.start == 0
    assert menu.text.count(" - ") == 10
    assert not page.body()[: menu.end].strip()
    assert page.credits == ()


def test_002_is_an_entry_of_a_series_and_its_dateline_has_no_year(seeds: Path) -> None:
    page = article(seeds, "002")
    assert [why for why, _ in reasons(page)] == ["series", "series"]
    assert page.boilerplate[1].text.startswith("Series Navigation<<")
    assert page.text.rstrip().endswith(page.boilerplate[1].text)
    assert (page.published, page.published_from) == (None, None)


@pytest.mark.parametrize(("number", "date"), [("000", "2016-10-14"), ("001", "2015-10-14"), ("002", "2016-10-19")])
def test_a_given_date_is_taken_and_said_to_be_given(seeds: Path, number: str, date: str) -> None:
    page = article(seeds, number, date)
    assert (page.published, page.published_from) == (date, "given")


@pytest.mark.parametrize("number", ["000", "001", "002"])
def test_without_a_given_date_none_is_invented(seeds: Path, number: str) -> None:
    assert article(seeds, number).published is None
