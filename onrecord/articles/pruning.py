"""What is cut out of a page's tree before its article is looked for."""

from __future__ import annotations

from lxml.html import HtmlElement


def prune(tree: HtmlElement, title: str | None) -> None:
    """Cuts out of a tree what is never the article."""
