"""What a page says of itself in JSON-LD (schema.org NewsArticle), however it is nested or broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

DEEPEST = 12
"""Levels of nesting that are followed; schema.org needs about five."""
LONGEST_BLOCK = 2_000_000

_ARTICLE_TYPE = re.compile(r"Article$|BlogPosting$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPED_BEFORE = re.compile(r"\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)+", re.DOTALL)
_WRAPPED_AFTER = re.compile(r"\s*+(?:>--|>\]\](?:\s*+//)?+|;)++")
"""Read backwards: forwards the end would be looked for from each of many such marks."""
_SPEAKS_OF_AN_ARTICLE = re.compile(r'"@type"\s*+:\s*+\[?+\s*+"\w{0,40}(?:Article|BlogPosting)"')
_LOOSE_FIELD = r'"{name}"\s*:\s*"((?:[^"\\]|\\.){{1,500}})"'


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The statements of a page's JSON-LD on its article; None where it makes none."""

    headline: str | None = None
    published: str | None = None
    updated: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    is_free: bool | None = None
    body: str | None = None


def linked_data(blocks: Iterable[str]) -> LinkedData:
    """What the JSON-LD blocks of a page say of its article; the first object that gives a field is believed.

    Blocks may hold arrays, `@graph`s and nested objects, or broken JSON, of which single fields are still taken.
    """
    articles: list[dict[str, Json]] = []
    loose: list[str] = []
    for block in blocks:
        value = _parsed(block[:LONGEST_BLOCK])
        if value is None:
            loose.append(block[:LONGEST_BLOCK])
        else:
            articles.extend(thing for thing in _things(value) if _is_article(thing))
    # An article's own date stands beside its headline; teasers of other stories lack one or the other.
    articles.sort(key=lambda thing: ("datePublished" not in thing) + ("headline" not in thing))
    return _stated(articles[0]) if articles else _loosely_stated(loose)


def _stated(article: dict[str, Json]) -> LinkedData:
    free = article.get("isAccessibleForFree")
    return LinkedData(
        headline=_text(article.get("headline")) or _text(article.get("name")),
        published=_text(article.get("datePublished")) or _text(article.get("dateCreated")),
        updated=_text(article.get("dateModified")),
        byline=_names(article.get("author")) or _names(article.get("creator")),
        outlet=_names(article.get("publisher")) or _names(article.get("sourceOrganization")),
        url=_address(article),
        language=_text(article.get("inLanguage")),
        body=unescape(body).strip() or None if isinstance(body := article.get("articleBody"), str) else None,
        is_free=None if free is None else str(free).strip().lower() not in {"false", "no", "0"},
    )


def _unwrapped(block: str) -> str:
    """A block without the comments and semicolons that some pages put around it."""
    before = _WRAPPED_BEFORE.match(block)
    bare = block[before.end() :] if before else block
    after = _WRAPPED_AFTER.match(bare[::-1])
    return bare[: len(bare) - after.end()] if after else bare


def _loosely_stated(blocks: list[str]) -> LinkedData:
    """Single fields out of JSON that does not parse, where it speaks of an article at all."""
    text = next(filter(_SPEAKS_OF_AN_ARTICLE.search, blocks), "")
    return LinkedData(
        headline=_loose(text, "headline"),
        published=_loose(text, "datePublished"),
        updated=_loose(text, "dateModified"),
    )


def _loose(text: str, name: str) -> str | None:
    found = re.search(_LOOSE_FIELD.format(name=name), text)
    return _text(found[1].replace('\\"', '"').replace("\\/", "/")) if found else None


def _parsed(block: str) -> Json:
    bare = _unwrapped(block).strip()
    for text in (bare, _TRAILING_COMMA.sub(r"\1", re.sub(r"[\x00-\x1f]", " ", bare))):
        try:
            value: Json = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _things(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    """All objects in a value, outermost first."""
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _things(part, depth + 1)


def _is_article(thing: dict[str, Json]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLE_TYPE.search(name) is not None for name in names)


def _names(value: Json) -> str | None:
    """The names in an author or publisher: a text, an object with a name, or a list of these."""
    if isinstance(value, list):
        names = [name for part in value if (name := _names(part))]
        return ", ".join(dict.fromkeys(names)) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _address(article: dict[str, Json]) -> str | None:
    main = article.get("mainEntityOfPage")
    page = main.get("@id") or main.get("url") if isinstance(main, dict) else main
    address = _text(article.get("url")) or _text(page)
    return address if address and address.startswith(("http://", "https://")) else None


def _text(value: Json) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None
