"""Odd markup made plain, the text staying the same."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles.mending import mend

PIECES = ["one", " ", "<br>", "<br><br>", "<b>two</b>", "<span>three</span>", '<a href="/">four</a>', "<p>five</p>",
          "<div>six<br><br>seven</div>", "<ul><li>eight</li></ul>", "<span><div>nine</div></span>"]  # fmt: skip


def mended(body: str) -> str:
    tree = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    mend(tree)
    return lxml.html.tostring(tree.body, encoding="unicode").removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a <span>b</span> c</p>", "<p>a b c</p>"),
        ("<p>Troops <a href='/'>took</a> the town.</p>", "<p>Troops took the town.</p>"),
        ("<p><a href='/'>Ten dead in blast</a></p>", '<p><a href="/">Ten dead in blast</a></p>'),
        ("<div>a<br><br>b <b>c</b> d<br> <br>e</div>", "<div><p>a</p><p>b <b>c</b> d</p><p>e</p></div>"),
        ("<div>a<br>b</div>", "<div>a<br>b</div>"),
        ("<div>a<br><br><p>b</p>c</div>", "<div><p>a</p><p>b</p><p>c</p></div>"),
    ],
)
def test_case(body: str, expected: str) -> None:
    assert mended(body) == expected


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_no_word_is_lost_or_moved(body: str) -> None:
    tree = lxml.html.document_fromstring(f"<html><body><div>{body}</div></body></html>")
    before = "".join(tree.text_content().split())
    mend(tree)
    assert "".join(tree.text_content().split()) == before
