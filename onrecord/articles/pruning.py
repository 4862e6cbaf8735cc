"""What is cut out of a page's tree before its article is looked for: boxes of links, captions, forms.

A box is told by the words in its class and id, by what HTML calls it, or by being nothing but links; never where it
holds most of the page's paragraphs, since some templates wrap the whole article in a box called "share".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from lxml.html import HtmlElement

from onrecord.lexicon import rows

MOST_OF_PAGE = 0.4
"""Share of the page's paragraph text above which an element is kept whatever it is called."""
MOST_IN_BOXES = 0.85
"""Share of the page's paragraph text in boxes above which the template's names mean something else."""
MOST_LINKED = 0.8
"""Share of an element's characters in links above which it is a list of links."""
FEWEST_LINK_WORDS = 4
LONGEST_CAPTION = 200
LONGEST_LINKED = 2_000
"""Characters, blanks among them, up to which an element may be a list of links."""

_NEVER_ARTICLE = (
    *("script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed", "video", "audio", "map"),
    *("form", "button", "select", "input", "textarea", "label", "nav", "aside", "footer", "menu", "dialog"),
    "figcaption",
)
_BOXES = (
    *("div", "section", "ul", "ol", "li", "dl", "p", "header", "table", "td", "figure", "blockquote", "center"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "address", "main", "article"),
)
_INLINE = ("span", "a", "small", "em", "strong", "b", "i", "time", "font", "u", "cite", "abbr")
"""Elements within sentences, of which none may go because a template calls it "promo"."""
_TEXTS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "article", "table")
_LISTS = ("ul", "ol", "p", "div", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PARTS = re.compile(r"[^\s_-]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def prune(tree: HtmlElement) -> None:
    """Cuts out of a tree what is never the article."""
    _drop(tree.iter(*_NEVER_ARTICLE), tree)
    _drop(tree.xpath("//*[@hidden or @aria-hidden='true' or @role='navigation' or @role='complementary']"), tree)
    boxes = [element for element in tree.iter(*_BOXES) if _is_box(element)]
    if _share_of_page(boxes, tree) <= MOST_IN_BOXES:
        _drop(boxes, tree)
    _drop((element for element in tree.iter(*_INLINE) if _is_inline_box(element)), tree)
    _drop((element for element in tree.iter("div", "center", "td", "figure", "dl") if _is_caption(element)), tree)
    _drop((element for element in tree.iter(*_LISTS) if _is_links(element)), tree)


def _drop(elements: Iterable[HtmlElement], tree: HtmlElement) -> None:
    """Removes elements, the text after each kept, save those that hold most of the page."""
    most = MOST_OF_PAGE * _paragraph_length(tree)
    for element in list(elements):
        if (
            element.getparent() is not None
            and element.tag not in {"html", "body"}
            and _paragraph_length(element) <= most
        ):
            element.drop_tree()


def _share_of_page(boxes: list[HtmlElement], tree: HtmlElement) -> float:
    """The share of the page's paragraph text in boxes, those left out that are kept by their size alone."""
    whole = _paragraph_length(tree)
    inside = set(boxes)
    outermost = (box for box in boxes if not any(parent in inside for parent in box.iterancestors()))
    lengths = (_paragraph_length(box) for box in outermost)
    return sum(length for length in lengths if length <= MOST_OF_PAGE * whole) / whole if whole else 0.0


def _paragraph_length(element: HtmlElement) -> int:
    """Characters in the paragraphs of an element."""
    return sum(len(text) for paragraph in element.iter("p") for text in paragraph.itertext())


def _is_box(element: HtmlElement) -> bool:
    if _HIDDEN.search(element.get("style") or ""):
        return True
    return any(_is_called(element, kind) for kind in ("box", "hidden", "popup"))


def _is_inline_box(element: HtmlElement) -> bool:
    """Whether an element within a sentence is not part of it: hidden, for machines, or a box that opens on touch."""
    if _HIDDEN.search(element.get("style") or "") or _is_called(element, "hidden"):
        return True
    # On a line of its own it is no part of a sentence; of boxes within boxes only the innermost is what opens.
    if _is_called(element, "popup"):
        return not any(_is_called(inner, "popup") for inner in element.iterdescendants())
    return _is_called(element, "box") and _is_alone(element)


def _is_alone(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag not in {"p", "li", *_INLINE} and not (element.tail or "").strip()


def _is_called(element: HtmlElement, kind: str) -> bool:
    return any(_names(name, kind) for name in (element.get("class"), element.get("id")) if name)


@cache
def _names(name: str, kind: str) -> bool:
    """Whether a class or id says that its element is of a kind of boxes."""
    words = _words(kind)
    return any(words.search(" ".join(_PARTS.findall(_CAPITAL.sub(" ", part)))) for part in name.split())


@cache
def _words(kind: str) -> re.Pattern[str]:
    wordings = "|".join(row["words"] for row in rows("page-boxes") if row["kind"] == kind)
    return re.compile(rf"(?:^|\s)(?:{wordings})(?:\s|$)", re.IGNORECASE)


def _is_links(element: HtmlElement) -> bool:
    """Whether an element is nothing but links to other pages, a list of them or one on a line of its own."""
    shown = _shown_if_short(element)
    if not shown:
        return False
    links = list(element.iter("a"))
    if not links or sum(len(_shown(link)) for link in links) < MOST_LINKED * len(shown):
        return False
    if element.tag in {"ul", "ol"}:
        return len(links) > 1
    return len(shown.split()) >= FEWEST_LINK_WORDS and not shown.endswith((".", "”", '"'))


def _is_caption(element: HtmlElement) -> bool:
    """Whether a block is a picture with a few words under it that are no sentence."""
    if next(element.iter("img", "picture"), None) is None or next(element.iter(*_TEXTS), None) is not None:
        return False
    shown = _shown_if_short(element)
    return bool(shown) and len(shown) <= LONGEST_CAPTION and not shown.endswith((".", "!", "?", "”", '"'))


def _shown_if_short(element: HtmlElement) -> str:
    """The text of an element; "" where it is longer than any list of links, which is seen without reading it all."""
    length, texts = 0, []
    for text in element.itertext():
        length += len(text)
        if length > LONGEST_LINKED:
            return ""
        texts.append(text)
    return " ".join("".join(texts).split())


def _shown(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
