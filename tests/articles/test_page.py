"""The article in a web page, and nothing that stands around or within it."""

from __future__ import annotations

import json
import time

import pytest

from onrecord.articles.page import fragment_text, page_of
from onrecord.errors import ArticleError

PARAGRAPHS = [
    "Shelling killed 12 people in the eastern districts of the city on Friday, doctors at two hospitals said.",
    "The army said it had struck “terrorist positions” and denied that there were civilians among the dead.",
    "A spokesman for the rebels said on Saturday that four of the dead were children who had queued for bread.",
    "Talks between the two sides are due to resume in Geneva next week, the United Nations said in a statement.",
]


def page(*parts: str, head: str = "", before: str = "", after: str = "") -> str:
    body = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts or PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>Shells hit city</title>{head}</head><body>"
        f'<nav><a href="/">Home</a> <a href="/world">World</a></nav>{before}<article><h1>Shells hit city</h1>'
        f"{body}</article>{after}<footer>© 2016 The Orontes Post</footer></body></html>"
    )


def lines(html: str) -> list[str]:
    return page_of(html, where="page.html").text.split("\n")


def test_the_text_is_the_paragraphs_without_title_menu_and_foot() -> None:
    found = page_of(page(), where="page.html")
    assert found.text.split("\n") == PARAGRAPHS
    assert found.metadata.title == "Shells hit city"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="related-stories"><h3>Related</h3><p>Bomb kills 60 in the capital of another country</p></div>',
        "<aside><p>Bomb kills 60 in the capital of another country, officials there said on Monday.</p></aside>",
        '<ul><li><a href="/1">Bomb kills 60 in capital</a></li><li><a href="/2">Ferry sinks with 200</a></li></ul>',
        '<p><a href="/1">Bomb kills 60 in the capital of another country</a></p>',
        '<p><strong>READ MORE: <a href="/1">Bomb kills 60 in the capital of another country</a></strong></p>',
        '<figure><img src="x.jpg"><figcaption>A man runs after a bomb killed 60. Photo: AFP</figcaption></figure>',
        '<div class="wp-caption"><img src="x.jpg"><p class="wp-caption-text">The bomb that killed 60 people.</p></div>',
        '<div class="newsletter-signup"><p>Sign up for our newsletter to get news of every bomb.</p></div>',
        '<div style="display: none"><p>Bomb kills 60 in the capital of another country, officials said.</p></div>',
        '<div class="ad-container"><p>Advertisement</p><p>Armour your car against every bomb that there is.</p></div>',
        '<div class="social-share"><p>Share this story about a bomb with all your friends now</p></div>',
    ],
)
def test_what_stands_within_the_article_and_is_not_it_is_left_out(box: str) -> None:
    found = lines(page(PARAGRAPHS[0], PARAGRAPHS[1], box, PARAGRAPHS[2], PARAGRAPHS[3]))
    assert found == PARAGRAPHS


def test_links_and_wrappers_within_sentences_keep_their_words() -> None:
    linked = (
        '<p>The army said <span class="link"><a href="/x">it killed 12 rebels</a></span> in the '
        '<a class="promo" href="/y">northern town</a> of <span>Marea</span> on Friday, in what it called a '
        "<strong>response</strong> to shelling.</p>"
    )
    expected = (
        "The army said it killed 12 rebels in the northern town of Marea on Friday, "
        "in what it called a response to shelling."
    )
    assert lines(page(PARAGRAPHS[0], linked, PARAGRAPHS[1], PARAGRAPHS[2]))[1] == expected


def test_text_between_breaks_is_paragraphs() -> None:
    broken = f"<div class='content'>{'<br><br>'.join(PARAGRAPHS)}</div>"
    assert lines(page(broken)) == PARAGRAPHS


def test_a_box_that_holds_the_whole_article_is_kept_whatever_it_is_called() -> None:
    whole = '<div class="social-share related">' + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</div>"
    assert lines(page(whole)) == PARAGRAPHS


def test_an_article_in_many_boxes_of_one_name_is_kept() -> None:
    blocks = "".join(f'<div class="promo-block"><p>{text}</p></div>' for text in PARAGRAPHS)
    assert lines(page(blocks)) == PARAGRAPHS
    widgets = "".join(f'<div class="builder-widget widget-text"><p>{text}</p></div>' for text in PARAGRAPHS)
    assert lines(page(widgets)) == PARAGRAPHS


def test_a_page_that_a_script_fills_may_state_its_text() -> None:
    stated = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(PARAGRAPHS)})
    head = f'<head><script type="application/ld+json">{stated}</script></head>'
    html = f'<html>{head}<body><div id="app"></div></body></html>'
    assert page_of(html, where="x").text.split("\n") == PARAGRAPHS


def test_a_standfirst_that_repeats_the_summary_goes_with_the_title() -> None:
    summary = "Doctors count 12 dead as talks near"
    head = f'<meta name="description" content="{summary}">'
    assert lines(page(f"<h2>{summary}</h2>", *PARAGRAPHS, head=head)) == PARAGRAPHS


def test_paragraphs_on_the_publisher_end_the_article() -> None:
    named = "The Orontes Aid Fund said on Sunday that its last clinic in the eastern districts had been hit twice."
    about = "<h3>About the Orontes Aid Fund</h3><p>The Orontes Aid Fund has treated 60,000 wounded since 1999.</p>"
    assert lines(page(*PARAGRAPHS, named, about)) == [*PARAGRAPHS, named]


def test_a_page_without_text_has_none() -> None:
    assert page_of("<html><body><nav><a href='/'>Home</a></nav></body></html>", where="x").text == ""


@pytest.mark.parametrize("html", ["", " ", "<!-- nothing -->"])
def test_html_of_nothing_is_an_error(html: str) -> None:
    with pytest.raises(ArticleError, match=r"^x: holds no HTML that can be parsed"):
        page_of(html, where="x")


def test_a_declared_encoding_in_xhtml_does_not_stop_the_parser() -> None:
    xhtml = f'<?xml version="1.0" encoding="UTF-8"?>{page()}'
    assert lines(xhtml) == PARAGRAPHS


@pytest.mark.parametrize("unit", ["<p>x", "<div>a <b>b</b></div>", '<a href="/x">Ten dead</a> ', "<br>", "<ul><li>"])
def test_pages_of_many_elements_take_seconds_at_most(unit: str) -> None:
    began = time.process_time()
    try:
        page_of(f"<html><body>{unit * 30_000}<p>{PARAGRAPHS[0]}</p></body></html>", where="x")
    except ArticleError as fault:
        assert "elements" in fault.what
    assert time.process_time() - began < 30


def test_a_fragment_of_a_feed_is_text_by_lines() -> None:
    html = "<p>Shells fell.</p><p>Nobody was hurt.<br>Talks resume.</p><script>track()</script>&nbsp;<a href='/'>Go</a>"
    assert fragment_text(html, where="x") == "Shells fell.\nNobody was hurt.\nTalks resume.\nGo"
    assert fragment_text("Plain & simple? No tags: 3 < 4", where="x").startswith("Plain & simple? No tags: 3")
    assert fragment_text("Plain text.\nTwo lines.", where="x") == "Plain text.\nTwo lines."
