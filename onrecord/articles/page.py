"""The article in a web page: its text without menus, teasers and captions, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from onrecord.articles.edges import article_lines
from onrecord.articles.mending import mend
from onrecord.articles.metadata import PageMetadata, metadata_of
from onrecord.articles.pruning import prune
from onrecord.articles.rendering import lines_of
from onrecord.errors import ArticleError

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+>?""")
_ATTRIBUTE = re.compile(r"""[\s/][^\s=>/"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?""")
LARGEST_UNJUDGED = 200_000
"""Characters of HTML up to which no attributes are counted."""
SUSPICIOUS_TAG = 20_000
MOST_ATTRIBUTES = 2_000
MOST_TAGS = 100_000
MOST_ELEMENTS = 20_000
"""Elements up to which the article is looked for; the time for it grows with more than their number."""
FEWEST_WORDS = 8
LEAST_OF_PARAGRAPHS = 0.6
CLEARLY_MORE = 1.3
LEAST_OF_STATED = 0.3
_NOT_IN_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|x0*(?:[0-8bcef]|1[\da-f])(?![\da-f]));?",
    re.IGNORECASE,
)
"""Characters that a tree cannot hold (XML 1.0, section 2.2), as they are and as references."""
_BLOCKS = (
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "tr",
    "section",
    "figure",
)


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text and what its page says about it; `is_cut` where the page shows only the beginning."""

    text: str
    metadata: PageMetadata
    is_cut: bool = False


def page_of(html: str, *, where: str, url: str | None = None) -> Page:
    """The article in a page's HTML, the title not in the text; paragraphs are lines, parted by one line end.

    Raises `ArticleError` where the HTML cannot be parsed, or where nothing in the page is running text.
    """
    tree = parsed(html, where=where)
    metadata = metadata_of(tree, url)
    prune(tree)
    mend(tree)
    lines = article_lines(text_of(tree).split("\n"), title=metadata.title, description=metadata.description)
    text = "\n".join(lines)
    # A page that a script fills shows nothing, but may state its article's text.
    if metadata.body and len(text) < LEAST_OF_STATED * len(metadata.body):
        text = fragment_text(metadata.body, where=where)
    return Page(text, metadata)


def parsed(html: str, *, where: str) -> HtmlElement:
    """The tree of a page; raises `ArticleError` where there is none, or where it is nested deeper than any page is."""
    if html.count("<") > MOST_TAGS:
        raise ArticleError("is HTML with more elements than any article has", where=where, advice="save its text alone")
    if len(html) > LARGEST_UNJUDGED and _has_endless_tag(html):
        raise ArticleError(
            "is HTML with thousands of attributes on one element", where=where, advice="save its text alone"
        )
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(
            _XML_DECLARATION.sub("", _NOT_IN_XML.sub(" ", html), count=1), parser=parser
        )
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError, AssertionError) as fault:
        raise ArticleError("holds no HTML that can be parsed", where=where, advice="save the page again") from fault
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ArticleError(
            "is HTML nested more than 256 elements deep, as no article is",
            where=where,
            advice="save the page again, or its text alone",
        )
    return tree


def _has_endless_tag(html: str) -> bool:
    """Whether a tag has so many attributes that the parser, whose time grows with their square, would hang on it."""
    markup = _without_scripts(html)
    long_tags = (tag.group() for tag in _TAG.finditer(markup) if tag.end() - tag.start() > SUSPICIOUS_TAG)
    return any(sum(1 for _ in _ATTRIBUTE.finditer(tag)) > MOST_ATTRIBUTES for tag in long_tags)


def _without_scripts(html: str) -> str:
    """A page without its scripts and styles, in time that grows with its length, whatever is left open in it."""
    kept: list[str] = []
    at, low = 0, html.lower()
    if len(low) != len(html):  # some capitals are longer in small letters
        low = html
    open_ended: set[str] = set()
    for found in _SCRIPT.finditer(html):
        name = found[1].lower()
        if found.start() < at or name in open_ended:
            continue
        end = low.find(f"</{name}", found.end())
        if end < 0:
            open_ended.add(name)
            continue
        kept.append(html[at : found.start()])
        at = low.find(">", end) + 1 or len(html)
    return "".join((*kept, html[at:]))


def text_of(tree: HtmlElement) -> str:
    """The running text of a pruned page's tree, a paragraph a line; "" where there is none.

    What is sure to be the article is taken, unless that leaves out most of the page's paragraphs.
    """
    paragraphs = "\n".join(_paragraphs(tree))
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return paragraphs
    sure = _extracted(tree, sure=True)
    if sure and len(sure) >= LEAST_OF_PARAGRAPHS * len(paragraphs):
        return sure
    likely = _extracted(tree, sure=False)
    return likely if len(likely) > CLEARLY_MORE * len(sure) else sure


def _extracted(tree: HtmlElement, *, sure: bool) -> str:
    """What trafilatura takes for the article, strictly where `sure`; "" where it finds none."""
    from trafilatura import bare_extraction

    document = bare_extraction(tree, include_comments=False, favor_precision=sure)
    return "" if document is None or isinstance(document, dict) else "\n".join(lines_of(document.body))


def _paragraphs(tree: HtmlElement) -> Iterator[str]:
    """The page's paragraphs of some length, in time that grows with the page: for pages of enormous size."""
    for paragraph in tree.iter("p"):
        shown = " ".join("".join(paragraph.itertext()).split())
        if len(shown.split()) >= FEWEST_WORDS:
            yield shown


def fragment_text(html: str, *, where: str) -> str:
    """The text of a piece of HTML that is all article, as feeds carry it; a text without tags stays as it is."""
    if "<" not in html and "&" not in html:
        return "\n".join(line for line in html.split("\n") if line.strip())
    tree = parsed(f"<html><body>{html}</body></html>", where=where)
    prune(tree)
    for element in tree.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        element.text = "\n" + (element.text or "")
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
