"""Archived pages for people's eyes: what they say, without anything that acts, loads or pretends."""

from __future__ import annotations

import html
import json

import nh3

from onrecord.articles.encoding import decoded
from onrecord.errors import ArticleError
from onrecord.lexicon import rows

LARGEST_SHOWN = 2_000_000
"""Characters that are shown of one source."""
MOST_TAGS = 20_000
"""A page of more shows as its bare characters: the time to clean it would be felt."""


def safe_html(data: bytes, content_type: str | None) -> str:
    """A piece of HTML that shows an archived source: its text in its blocks, lists, tables and links.

    Scripts, styles, forms, frames, images, event handlers, ids, classes and addresses other than http(s) and mailto are
    gone: nothing in it acts, and nothing is loaded from elsewhere. What is not HTML is shown as it stands. To be framed
    in a sandbox all the same (`docs/security.md`). Never raises: bytes that are no text show as what can be read.
    """
    kind = (content_type or "text/html").partition(";")[0].strip().lower()
    text = _text(data, content_type, is_page="html" in kind)[:LARGEST_SHOWN]
    if "json" in kind:
        return _safe_row(text)
    return _safe_page(text) if "html" in kind else _as_it_stands(text)


def _safe_page(text: str) -> str:
    if text.count("<") > MOST_TAGS:
        return _as_it_stands(text)
    kept, dropped, attributes = _elements()
    return nh3.clean(
        text,
        tags=kept,
        clean_content_tags=dropped,
        attributes=attributes,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _safe_row(text: str) -> str:
    """A line of JSON or an entry of a feed: its texts under their names."""
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return _as_it_stands(text)
    if not isinstance(row, dict):
        return _as_it_stands(text)
    return "".join(
        f"<h2>{html.escape(str(name))}</h2>{_safe_page(value) if name == 'html' else _as_it_stands(value)}"
        for name, value in row.items()
        if isinstance(value, str) and value.strip()
    )


def _as_it_stands(text: str) -> str:
    return f"<pre>{html.escape(text.replace(chr(0), ''))}</pre>"


def _text(data: bytes, content_type: str | None, *, is_page: bool) -> str:
    try:
        return decoded(data, where="archive", content_type=content_type, is_page=is_page)
    except ArticleError:
        return data.decode("utf-8", "replace")


def _elements() -> tuple[set[str], set[str], dict[str, set[str]]]:
    """The elements whose tags stay, those that go with all they hold, and the attributes that stay."""
    table = rows("shown-elements")
    kept = {row["element"] for row in table if row["what"] == "kept"}
    dropped = {row["element"] for row in table if row["what"] == "dropped"}
    attributes = {row["element"]: set(row["attributes"].split()) for row in table if row["attributes"]}
    return kept, dropped, attributes
