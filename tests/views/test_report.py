import itertools
import re
from html.parser import HTMLParser

import pytest

from onrecord.record.shapes import Summary
from onrecord.views.report import Material, page_of
from tests.views import invented

NOTHING = Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, None)


class Page(HTMLParser):
    """The elements of a page: what has which id, what links where, and which tags there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])


@pytest.fixture(scope="module")
def html():
    return "".join(page_of(invented.material(), made_on="2016-10-20"))


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def test_every_link_within_the_page_leads_somewhere(page):
    targets = {link[1:] for link in page.links if link.startswith("#")} - {"closed"}
    assert targets
    assert targets <= set(page.ids)


def test_no_id_stands_twice(page):
    assert len(page.ids) == len(set(page.ids))


def test_nothing_is_fetched_from_the_network(html):
    assert not re.search(r"<(?:link|img|iframe|object|embed)\b|<script[^>]+src|@import|url\(", html)
    assert "default-src 'none'" in html


def test_what_an_article_says_cannot_become_part_of_the_page(html, page):
    assert page.tags.count("script") == 1
    assert "alert(1)</script>" not in html
    assert "javascript:" not in html


def test_the_script_is_the_one_that_the_policy_allows(html):
    from base64 import b64encode
    from hashlib import sha256

    script = re.search(r"<script>(.*)</script>", html, re.DOTALL)[1]
    assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in html


def test_every_figure_says_whose_it_is_and_opens_its_sentence(html):
    assert re.search(r'<b>15 or more</b>\s*<span class="voice">doctors</span>\s*<a class="cite" href="#a1-0"', html)
    assert '<mark id="a1-0" tabindex="-1">Air strikes on a market in Aleppo killed <b>at least 15 people</b>' in html


def test_a_copy_stands_under_what_it_copies(html):
    assert re.search(r'In the same words: <a href="#a3">The Copyist</a>', html)


def test_a_breach_is_told_from_the_other_steps(html):
    assert re.search(
        r'<li class="broken">\s*<p><span class="when">16 October 2016</span> <b class="step-name">violated', html
    )


def test_what_is_no_part_of_an_article_is_greyed(html):
    assert '<span class="aside">Read also: sport</span>' in html


def test_headings_do_not_skip_a_level(page):
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_landmarks_are_there(page):
    assert {"header", "nav", "main", "footer"} <= set(page.tags)


def test_an_empty_record_gives_a_page_that_says_so():
    html = "".join(page_of(Material(NOTHING, (), (), (), (), ())))
    assert "Nothing on record fits." in html


def test_the_page_says_when_it_was_made_and_that_a_machine_read(html):
    assert "on 20 October 2016; not checked by a person" in re.sub(r"\s+", " ", html)
