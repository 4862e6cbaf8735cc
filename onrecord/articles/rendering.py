"""The body that trafilatura found, as lines of plain text: a paragraph, heading, item or row of a table each."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

_BLOCKS = frozenset({"p", "head", "item", "row", "list", "quote", "table", "div", "body", "code", "fw", "ab", "main"})
_BREAK = "lb"


def lines_of(body: _Element) -> Iterator[str]:
    """The lines of a body in trafilatura's TEI-like elements; blanks within a line are single, empty lines left out."""
    for line in "".join(_pieces(body)).split("\n"):
        bare = " ".join(line.split())
        if bare:
            yield bare


def _pieces(element: _Element) -> Iterator[str]:
    """The texts of an element in order, with line ends around blocks; its depth is that of a page and so bounded."""
    edge = "\n" if element.tag in _BLOCKS else " " if element.tag == "cell" else ""
    yield edge + _flat(element.text)
    for child in element:
        yield "\n" if child.tag == _BREAK else "".join(_pieces(child))
        yield _flat(child.tail)
    yield edge


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
