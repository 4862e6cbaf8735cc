"""Archived pages as they are shown: everything that is said, nothing that acts."""

from __future__ import annotations

import json
import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.sanitising import LARGEST_SHOWN, safe_html

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' jAvA\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<p style='background:url(http://evil.example)'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=/delete method=post><input name=x><button>Go</button></form>",
    "<base href='http://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<link rel=stylesheet href=http://evil.example>",
    "<object data=x></object><embed src=x><applet code=x>",
    "<video src=x onerror=alert(1)><source src=http://evil.example></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p id=desk class=button name=x onclick=alert(1)>x</p>",
    "<xmp><script>alert(1)</script></xmp><plaintext><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<template><script>alert(1)</script></template>",
    "<select><option><style></select><img src=x onerror=alert(1)></style>",
    "<p background=http://evil.example><table background=http://evil.example><td>x",
)
ACTIVE = {
    "script",
    "style",
    "img",
    "svg",
    "math",
    "iframe",
    "form",
    "input",
    "button",
    "base",
    "meta",
    "link",
    "object",
}
ACTIVE |= {
    "embed",
    "applet",
    "video",
    "audio",
    "source",
    "template",
    "noscript",
    "select",
    "xmp",
    "plaintext",
    "picture",
}
SHOWN = {"href", "title", "rel", "datetime", "colspan", "rowspan", "dir"}


def is_harmless(shown: str) -> bool:
    if not shown.strip():
        return True
    for element in lxml.html.fragment_fromstring(f"<div>{shown}</div>").iter():
        if element.tag in ACTIVE or set(element.attrib) - SHOWN:
            return False
        if not re.match(r"(https?:|mailto:|[^:]*$)", element.get("href", "")):
            return False
    return True


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/json", None])
def test_nothing_in_it_acts(attack: str, kind: str | None) -> None:
    data = json.dumps({attack: attack, "html": attack}) if kind == "application/json" else attack
    assert is_harmless(safe_html(data.encode(), kind))


@given(
    st.lists(
        st.sampled_from((*ATTACKS, "<p>", "</p>", "'", '"', ">", "<", "&lt;", "<!--", "]]>", "\0", "é")), max_size=8
    )
)
def test_nothing_in_any_mixture_acts(parts: list[str]) -> None:
    assert is_harmless(safe_html("".join(parts).encode(), "text/html"))


@given(
    st.binary(max_size=300), st.sampled_from(["text/html; charset=utf-16", "text/html", "text/plain", "x", "", None])
)
def test_any_bytes_can_be_shown(data: bytes, kind: str | None) -> None:
    assert is_harmless(safe_html(data, kind))


def test_what_is_said_stays() -> None:
    page = "<html><head><title>News</title></head><body><h1>Raid</h1><p>Two <b>men</b>, <a href='/x'>he said</a>.</p>"
    assert safe_html(page.encode(), "text/html") == (
        '<h1>Raid</h1><p>Two <b>men</b>, <a href="/x" rel="noopener noreferrer nofollow">he said</a>.</p>'
    )


def test_a_text_keeps_its_lines() -> None:
    assert safe_html("Two < three\nmén".encode(), "text/plain") == "<pre>Two &lt; three\nmén</pre>"


def test_an_entry_of_a_feed_shows_its_parts() -> None:
    entry = json.dumps({"title": "A <raid>", "html": "<p>Two <i>men</i></p>", "full": True, "url": None}).encode()
    assert safe_html(entry, "application/json") == (
        "<h2>title</h2><pre>A &lt;raid&gt;</pre><h2>html</h2><p>Two <i>men</i></p>"
    )


def test_what_is_shown_is_bounded() -> None:
    assert len(safe_html(b"<b>a" * LARGEST_SHOWN, "text/html")) < 6 * LARGEST_SHOWN
