"""What a page says about its article, by rank."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from pathlib import Path

import lxml.html
import pytest

from onrecord.articles.metadata import PageMetadata, metadata_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "metadata.toml").read_text(encoding="utf-8"))["case"]


def metadata(head: str, body: str = "", url: str | None = None) -> PageMetadata:
    page = f'<html lang="en"><head>{head}</head><body>{body or "<p>x</p>"}</body></html>'
    return metadata_of(lxml.html.document_fromstring(page), url)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    found = asdict(metadata(case.get("head", ""), case.get("body", ""), case.get("url")))
    for field in ("title", "outlet", "byline", "published", "published_from", "updated"):
        if field in case:
            assert (found[field] or "") == case[field], field


def test_json_ld_goes_before_meta_and_meta_before_time_and_time_before_the_address() -> None:
    data = json.dumps({"@type": "NewsArticle", "datePublished": "2016-10-11"})
    sources = [
        f'<script type="application/ld+json">{data}</script>',
        '<meta property="article:published_time" content="2016-10-12">',
    ]
    body = '<time datetime="2016-10-13">13 October</time>'
    url = "https://news.example/2016/10/14/raid"
    ranked = [metadata("".join(sources[at:]), body, url) for at in range(3)] + [metadata("", "", url), metadata("")]
    assert [(found.published, found.published_from) for found in ranked] == [
        ("2016-10-11", "json-ld"),
        ("2016-10-12", "meta"),
        ("2016-10-13", "time-element"),
        ("2016-10-14", "url"),
        (None, None),
    ]


def test_an_update_is_never_the_date_of_publication() -> None:
    found = metadata(
        '<meta property="article:modified_time" content="2016-10-20T10:00:00Z">',
        '<p>Last updated: <time datetime="2016-10-20T10:00:00Z">20 October 2016</time></p>',
    )
    assert (found.published, found.updated) == (None, "2016-10-20T10:00:00+00:00")


def test_an_update_before_publication_is_none() -> None:
    found = metadata(
        '<meta property="article:published_time" content="2016-10-20T10:00:00Z">'
        '<meta property="article:modified_time" content="2016-10-20T09:59:00Z">'
    )
    assert (found.published, found.updated) == ("2016-10-20T10:00:00+00:00", None)


def test_dates_of_other_stories_do_not_count() -> None:
    body = '<div class="related-posts"><time datetime="2020-01-01">1 January</time></div><p>Shells fell.</p>'
    assert metadata("", body).published is None
