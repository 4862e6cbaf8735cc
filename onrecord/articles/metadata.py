"""What a page says about its article: title, outlet, byline, dates, address; each by the most reliable statement.

The rank of the dates is JSON-LD, meta, time element, address; a later update's date never becomes the date of
publication. Titles and names follow the same rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from onrecord.articles.addresses import host_of
from onrecord.articles.article import PublishedFrom
from onrecord.articles.dates import any_date, iso_date, url_date
from onrecord.articles.json_ld import LinkedData, linked_data
from onrecord.articles.page_words import any_word, page_word
from onrecord.lexicon import rows

LONGEST_TITLE = 400
FEWEST_TITLE_WORDS = 3
LONGEST_BYLINE = 200
_TITLE_SEPARATOR = re.compile(r"\s+[|»·•–—-]\s+|\s*[|»]\s*")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The statements of a page about its article; None where it makes none."""

    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    published_from: PublishedFrom | None
    updated: str | None
    url: str | None
    language: str | None
    is_free: bool | None
    description: str | None = None
    body: str | None = None


def metadata_of(tree: HtmlElement, url: str | None = None) -> PageMetadata:
    """The metadata of a parsed page; `url` is the address it came from, where that is known."""
    meta = _meta(tree)
    data = linked_data(script.text or "" for script in tree.iterfind(".//script[@type='application/ld+json']"))
    address = _address(tree, meta, data, url)
    published, published_from = _published(tree, meta, data, address or url)
    updated = _updated(tree, meta, data)
    outlet = _outlet(meta, data, host_of(address or url))
    return PageMetadata(
        title=_title(tree, meta, data, outlet),
        outlet=outlet,
        byline=_byline(tree, meta, data),
        published=published,
        published_from=published_from,
        updated=updated if _is_later(updated, published) else None,
        url=address or url,
        language=(tree.get("lang") or data.language or _first(meta, "language") or "")[:2].lower() or None,
        is_free=data.is_free,
        description=_first(meta, "description"),
        body=data.body,
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The contents of the page's `meta` elements by lower-case name; the first of a name counts."""
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                values.setdefault(name, content)
    return values


def _all(meta: dict[str, str], field: str) -> Iterator[str]:
    return (meta[name] for name in _meta_names().get(field, ()) if name in meta)


def _first(meta: dict[str, str], field: str) -> str | None:
    return next(_all(meta, field), None)


def _published(
    tree: HtmlElement, meta: dict[str, str], data: LinkedData, url: str | None
) -> tuple[str | None, PublishedFrom | None]:
    stated = any_date(data.published) if data.published else None
    if stated:
        return stated, "json-ld"
    in_meta = next((found for value in _all(meta, "published") if (found := any_date(value))), None)
    if in_meta:
        return in_meta, "meta"
    in_element = next(_time_elements(tree, updates=False), None)
    if in_element:
        return in_element, "time-element"
    in_url = url_date(url) if url else None
    return (in_url, "url") if in_url else (None, None)


def _updated(tree: HtmlElement, meta: dict[str, str], data: LinkedData) -> str | None:
    stated = any_date(data.updated) if data.updated else None
    in_meta = (found for value in _all(meta, "updated") if (found := any_date(value)))
    return stated or next(in_meta, None) or next(_time_elements(tree, updates=True), None)


def _time_elements(tree: HtmlElement, *, updates: bool) -> Iterator[str]:
    """The dates of the page's `time` elements and of what it marks as its date; those that say "published" first."""
    candidates = [
        element
        for element in tree.xpath(
            "//time | //*[@itemprop='datePublished' or @itemprop='dateModified' or @pubdate]"
            " | //*[self::span or self::div or self::p][contains(@class, 'date') or contains(@class, 'publish')]"
        )
        if not _is_elsewhere(element) and bool(page_word("updated").search(_description(element))) == updates
    ]
    candidates.sort(key=lambda element: not page_word("published").search(_description(element)))
    for element in candidates:
        stated = element.get("datetime") or element.get("content")
        shown = " ".join("".join(element.itertext()).split())[:120]
        found = (iso_date(stated) or any_date(stated) if stated else None) or any_date(shown)
        if found:
            yield found


def _description(element: HtmlElement) -> str:
    """The words by which the page says what an element is, with those just before it ("Updated:")."""
    own = " ".join(
        filter(None, (element.get("class"), element.get("itemprop"), element.get("id"), element.get("title")))
    )
    parent = element.getparent()
    before = element.getprevious()
    said = ((before.tail if before is not None else parent.text if parent is not None else "") or "")[-40:]
    return f"{own} {'pubdate' if element.get('pubdate') is not None else ''} {said} {(element.text or '')[:20]}"


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether an element belongs to a box of other stories, comments or the page's foot."""
    return any(
        parent.tag in {"aside", "footer", "nav"}
        or page_word("elsewhere").search(f"{parent.get('class') or ''} {parent.get('id') or ''}") is not None
        for parent in element.iterancestors()
        if parent.tag not in {"body", "html", "main", "article"}
    )


def _outlet(meta: dict[str, str], data: LinkedData, host: str | None) -> str | None:
    """The outlet's name: the stated one that resembles the host, as an agency's does not; else the first."""
    stated = [name for name in (_first(meta, "outlet"), data.outlet) if name]
    alike = [name for name in stated if host and (_bare(name) in _bare(host) or _bare(host) in _bare(name))]
    # A name in words ("Live Science") rather than the address again ("livescience.com").
    return min(alike, key=lambda name: "." in name or name.islower(), default=None) or next(iter(stated), host)


def _is_later(moment: str | None, than: str | None) -> bool:
    """Whether a moment comes after another; by the day where one of them has no time of day."""
    if moment is None or than is None:
        return moment is not None
    if len(moment) > len("2016-10-14") and len(than) > len("2016-10-14"):
        return datetime.fromisoformat(moment) > datetime.fromisoformat(than)
    return moment[:10] > than[:10]


def _title(tree: HtmlElement, meta: dict[str, str], data: LinkedData, outlet: str | None) -> str | None:
    headings = [_shown(heading) for heading in tree.iter("h1")]
    for title in (data.headline, *_all(meta, "title"), tree.findtext(".//title"), *headings):
        bare = _without_outlet(" ".join((title or "").split()), outlet)
        if bare:
            return next((heading for heading in headings if _same_title(heading, bare)), bare)[:LONGEST_TITLE]
    return None


def _same_title(heading: str, title: str) -> bool:
    """Whether a heading is the title as it stands above the article: whole where that is cut, or without its suffix."""
    cut = title.rstrip(".… ")
    return len(heading.split()) >= FEWEST_TITLE_WORDS and (heading.startswith(cut) or title.startswith(heading))


def _without_outlet(title: str, outlet: str | None) -> str:
    """A title without the outlet's name that pages put behind it: "Raid kills 12 | The Levant Courier"."""
    parts = list(_TITLE_SEPARATOR.finditer(title))
    if not parts or not outlet:
        return title
    last = parts[-1]
    behind, name = _bare(title[last.end() :]), _bare(outlet)
    return title[: last.start()].strip() if behind and (behind in name or name in behind) else title


def _bare(name: str) -> str:
    return re.sub(r"^the|\W|(?:com|org|net)$", "", name.lower())


@cache
def _byline_extras() -> re.Pattern[str]:
    """What stands in a byline beside the names: "By", an address, a date, a button."""
    months = "|".join(sorted((row["name"] for row in rows("months")), key=len, reverse=True))
    after = rf"[•|@]|\d|\b{any_word('byline-end')}\b|\b(?:{months})\.? \d"
    return re.compile(rf"^{any_word('byline-opening')}\b:?\s*|\s*(?:{after}).*$", re.IGNORECASE | re.DOTALL)


def _byline(tree: HtmlElement, meta: dict[str, str], data: LinkedData) -> str | None:
    marked = tree.xpath("//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')]")
    shown = (_shown(element) for element in marked if not _is_elsewhere(element))
    for value in (data.byline, *_all(meta, "byline"), *shown):
        name: str = _byline_extras().sub("", " ".join((value or "").split())).strip(" ,|-–—")
        if name and len(name) <= LONGEST_BYLINE and not name.startswith(("http://", "https://", "@")):
            return name
    return None


def _shown(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _address(tree: HtmlElement, meta: dict[str, str], data: LinkedData, url: str | None) -> str | None:
    """The page's own name for its address: its canonical link, Open Graph's, JSON-LD's."""
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    for candidate in (next(links, None), meta.get("og:url"), data.url):
        try:
            absolute: str = urljoin(url or "", (candidate or "").strip())
            parts = urlsplit(absolute)
        except ValueError:
            continue
        # A canonical link to the front page is a mistake of the site's template.
        if parts.scheme in {"http", "https"} and parts.netloc and (parts.path.strip("/") or parts.query):
            return absolute
    return None


@cache
def _meta_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for row in rows("page-metadata"):
        names.setdefault(row["field"], []).append(row["name"])
    return {field: tuple(ranked) for field, ranked in names.items()}
