"""A page's markup made plain, so that no part of a sentence is lost when its article is looked for.

Extraction weighs links and wrappers: a phrase in a linked `span` may fall out of its sentence, a paragraph that is text
between two `br` out of its article. Here wrappers within sentences go, and such text becomes paragraphs.
"""

from __future__ import annotations

from lxml.html import Element, HtmlElement

_WRAPPERS = ("span", "font", "u", "abbr", "cite", "small", "big", "mark", "ins", "tt", "data", "wbr")
_INLINE = frozenset({"a", "b", "strong", "i", "em", "sup", "sub", "q", "s", "code", "time", "img", *_WRAPPERS})
_BREAKABLE = ("div", "td", "section", "article", "center", "body", "main")
MOST_LINKED = 0.5
"""Share of a paragraph's characters in links up to which they are links within sentences."""


def mend(tree: HtmlElement) -> None:
    """Makes a tree plain; its text stays the same."""
    _unwrap(tree)
    for block in list(tree.iter(*_BREAKABLE)):
        if _has_double_break(block):
            _make_paragraphs(block)
    for paragraph in tree.iter("p", "li", "blockquote"):
        _unlink(paragraph)


def _unwrap(tree: HtmlElement) -> None:
    for wrapper in list(tree.iter(*_WRAPPERS)):
        if wrapper.getparent() is not None and all(child.tag in _INLINE or child.tag == "br" for child in wrapper):
            wrapper.drop_tag()


def _unlink(paragraph: HtmlElement) -> None:
    """Makes links within sentences plain text; a paragraph that is mostly links keeps them: it may be no sentence."""
    links = list(paragraph.iter("a"))
    if not links:
        return
    linked = sum(len(link.text_content()) for link in links)
    if linked <= MOST_LINKED * len(paragraph.text_content()):
        for link in links:
            link.drop_tag()


def _has_double_break(block: HtmlElement) -> bool:
    """Whether the block parts its own text into paragraphs by two breaks in a row."""
    return any(
        child.tag == "br"
        and not (child.tail or "").strip()
        and (after := child.getnext()) is not None
        and after.tag == "br"
        for child in block
    )


def _make_paragraphs(block: HtmlElement) -> None:
    """Puts each run of text and inline elements between breaks and blocks into a paragraph of its own."""
    children = list(block)
    paragraph = _started(block.text)
    block.text = None
    for child in children:
        block.remove(child)  # with its tail, which stays on the child
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in _INLINE:
            paragraph.append(child)
            child.tail = tail
            continue
        _finish(paragraph, block)
        if child.tag != "br":
            block.append(child)
        paragraph = _started(tail)
    _finish(paragraph, block)


def _started(text: str | None) -> HtmlElement:
    paragraph = Element("p")
    paragraph.text = text
    return paragraph


def _finish(paragraph: HtmlElement, block: HtmlElement) -> None:
    if paragraph.text_content().strip() or len(paragraph):
        block.append(paragraph)
