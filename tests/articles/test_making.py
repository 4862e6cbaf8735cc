"""Sources of each kind into articles."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from onrecord.articles import article_of
from onrecord.articles.language import ForeignLanguageError
from onrecord.errors import ArticleError
from onrecord.sources import Source

TEXT = "Shelling killed 12 people in Aleppo on Friday, doctors said."


def row(**fields: object) -> Source:
    return Source(json.dumps(fields).encode(), "json", "rows.jsonl:1")


def entry(**fields: object) -> Source:
    described = {"title": "Raid kills nine", "outlet": "Barada Wire", "html": f"<p>{TEXT}</p>", "full": True, **fields}
    return Source(json.dumps(described).encode(), "feed-entry", "feed.xml#1")


def test_a_row_keeps_its_text_and_what_it_says() -> None:
    text = f"  {TEXT}\r\nAdvertisement\n\n"
    article = article_of(
        row(
            id="a1",
            text=text,
            title="Raid",
            published="2016-10-14",
            outlet="Barada Wire",
            url="https://barada.example/1",
        )
    )
    assert article.text == text
    assert (article.id, article.title, article.outlet) == ("a1", "Raid", "Barada Wire")
    assert (article.published, article.published_from) == ("2016-10-14", "given")
    assert article.url == "https://barada.example/1"
    assert [mark.text for mark in article.boilerplate] == ["Advertisement"]


def test_a_number_is_an_id_too_and_without_one_the_bytes_name_the_article() -> None:
    assert article_of(row(id=7, text=TEXT)).id == "7"
    source = row(text=TEXT)
    assert article_of(source).id == "sha256:" + sha256(source.data).hexdigest()


def test_a_row_whose_date_is_none_is_read_without_a_date(caplog: pytest.LogCaptureFixture) -> None:
    article = article_of(row(text=TEXT, published="Dec 17, 20"))
    assert (article.text, article.published, article.published_from) == (TEXT, None, None)
    assert 'rows.jsonl:1: "published" is "Dec 17, 20", which is no date' in caplog.text


def test_one_line_of_a_row_needs_no_full_stop() -> None:
    assert article_of(row(text="Raid kills nine in Idlib")).text == "Raid kills nine in Idlib"


def test_what_the_caller_gives_wins() -> None:
    article = article_of(
        row(text=TEXT, published="2016-10-01", outlet="x", url="https://x.example/2016/01/01/a"),
        published="2016-10-14T08:30:00Z",
        outlet="Barada Wire",
        url="https://barada.example/1",
    )
    assert (article.published, article.published_from) == ("2016-10-14T08:30:00+00:00", "given")
    assert (article.outlet, article.url) == ("Barada Wire", "https://barada.example/1")


def test_a_given_date_that_is_none_is_an_error() -> None:
    with pytest.raises(ArticleError, match="'Friday' is no date of publication; give it as 2016-10-14"):
        article_of(row(text=TEXT), published="Friday")


def test_an_address_or_a_dateline_with_a_year_dates_what_nothing_else_does() -> None:
    dated = article_of(row(text=TEXT, url="https://barada.example/2016/10/14/raid"))
    assert (dated.published, dated.published_from) == ("2016-10-14", "url")
    dated = article_of(row(text=f"ALEPPO, Oct 14, 2016 – {TEXT}"))
    assert (dated.published, dated.published_from) == ("2016-10-14", "dateline")
    assert article_of(row(text=f"ALEPPO, OCTOBER 14 – {TEXT}")).published is None


def test_a_plain_text_has_its_first_line_as_title_and_keeps_it() -> None:
    text = f"Raid kills twelve in Aleppo\n\n{TEXT}\n"
    article = article_of(Source(text.encode(), "text", "a.txt"))
    assert (article.title, article.text) == ("Raid kills twelve in Aleppo", text)


def test_an_entry_of_a_feed_is_dated_by_the_feed() -> None:
    article = article_of(entry(url="https://barada.example/1", published="2016-10-14T08:30:00+00:00"))
    assert article.text == TEXT
    assert (article.title, article.outlet, article.url) == (
        "Raid kills nine",
        "Barada Wire",
        "https://barada.example/1",
    )
    assert (article.published, article.published_from) == ("2016-10-14T08:30:00+00:00", "feed")
    assert not article.truncated


def test_a_summary_is_the_beginning_of_an_article_only() -> None:
    assert article_of(entry(full=False)).truncated


def test_an_entry_with_a_title_alone_holds_no_article() -> None:
    with pytest.raises(ArticleError, match="holds no article: only a title"):
        article_of(entry(html=""))


def test_a_page_carries_the_address_it_was_captured_at() -> None:
    page = f"<html><head><title>Raid</title></head><body><p>{TEXT}</p><p>{TEXT}</p></body></html>"
    article = article_of(Source(page.encode(), "html", "x.warc#3", url="https://barada.example/2016/10/14/raid"))
    assert (article.url, article.outlet) == ("https://barada.example/2016/10/14/raid", "barada.example")
    assert (article.published, article.published_from) == ("2016-10-14", "url")


def test_another_language_is_an_error_that_carries_the_article() -> None:
    text = "Des frappes ont tué douze personnes dans la ville, selon les médecins, et les secours sont arrivés."
    with pytest.raises(ForeignLanguageError) as caught:
        article_of(row(id="a1", text=text))
    assert (caught.value.article.id, caught.value.article.language, caught.value.article.text) == ("a1", "fr", text)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ArticleError, match="has 610,029 characters"):
        article_of(row(text=TEXT + " " * 9 + TEXT * 10_166))
