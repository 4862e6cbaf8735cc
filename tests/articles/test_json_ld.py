"""What JSON-LD says of a page's article, nested, in arrays or broken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles.json_ld import LinkedData, linked_data

ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Raid &amp; rescue",
    "datePublished": "2016-10-14T08:30:00Z",
    "dateModified": "2016-10-15T09:00:00Z",
    "author": [{"@type": "Person", "name": "Lina Said"}, {"name": "R. Haddad"}],
    "publisher": {"@type": "Organization", "name": "The Orontes Post"},
    "mainEntityOfPage": {"@id": "https://orontes.example/raid"},
    "inLanguage": "en",
    "isAccessibleForFree": "False",
}
EXPECTED = LinkedData(
    headline="Raid & rescue",
    published="2016-10-14T08:30:00Z",
    updated="2016-10-15T09:00:00Z",
    byline="Lina Said, R. Haddad",
    outlet="The Orontes Post",
    url="https://orontes.example/raid",
    language="en",
    is_free=False,
)
SITE = {"@type": "WebSite", "name": "The Orontes Post", "datePublished": "2001-01-01"}


@pytest.mark.parametrize(
    "blocks",
    [
        [json.dumps(ARTICLE)],
        [json.dumps([SITE, ARTICLE])],
        [json.dumps({"@graph": [SITE, {"@type": "WebPage", "mainEntity": ARTICLE}]})],
        [json.dumps(SITE), json.dumps(ARTICLE)],
        ["{broken", json.dumps(ARTICLE)],
        [f"<!-- {json.dumps(ARTICLE)} -->"],
        [f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>"],
        [json.dumps(ARTICLE)[:-1] + ",}"],
        [json.dumps(ARTICLE) + ";"],
        [json.dumps({**ARTICLE, "@type": ["NewsArticle", "Thing"]})],
        [json.dumps([{"@type": "Article", "headline": "A teaser of another story"}, ARTICLE])],
    ],
)
def test_the_article_is_found_wherever_it_stands(blocks: list[str]) -> None:
    assert linked_data(blocks) == EXPECTED


def test_single_fields_are_taken_from_json_that_does_not_parse() -> None:
    block = '{"@type": "NewsArticle", "headline": "Raid on \\"safe\\" zone", "datePublished": "2016-10-14" oops}'
    found = linked_data([block])
    assert (found.headline, found.published) == ('Raid on "safe" zone', "2016-10-14")


@pytest.mark.parametrize("blocks", [[], [""], [json.dumps(SITE)], ["null"], ['"text"'], ["{broken"]])
def test_a_page_that_says_nothing_of_an_article_gives_nothing(blocks: list[str]) -> None:
    assert linked_data(blocks) == LinkedData()


def test_deep_nesting_is_followed_only_so_far() -> None:
    nested: object = ARTICLE
    for _ in range(500):
        nested = {"x": nested}
    assert linked_data([json.dumps(nested)]) == LinkedData()
    assert linked_data(["[" * 100_000]) == LinkedData()


KEYS = ["@type", "headline", "author", "name", "datePublished", "isAccessibleForFree", "url"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_no_json_breaks_it(value: object) -> None:
    linked_data(
        [json.dumps({"@type": "NewsArticle", "author": value, "headline": value, "publisher": value, "url": value})]
    )
    linked_data([json.dumps(value)])
