"""A source into an article: what is its text, and what is known about it, by the kind of source."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from typing import TypeAlias

from onrecord.articles.article import Article, Boilerplate, PublishedFrom
from onrecord.articles.boilerplate import boilerplate_in
from onrecord.articles.credits import credits_in
from onrecord.articles.dates import any_date, dateline_date, iso_date, url_date
from onrecord.articles.encoding import decoded
from onrecord.articles.language import ENGLISH, ForeignLanguageError, language_of
from onrecord.articles.prose import is_running_text, outlet_of_text, title_of_text, wall_in
from onrecord.articles.truncation import is_truncated
from onrecord.characters import storable
from onrecord.errors import ArticleError
from onrecord.sources.source import Source

_log = logging.getLogger(__name__)

LONGEST_TEXT = 500_000
"""Code points; the longest reports in newspapers have a fifth of it, and a reading's time grows with the length."""

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class _Draft:
    """What one kind of source gives, before what all kinds have in common is added."""

    text: str
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    updated: str | None = None
    truncated: bool = False


def article_of(
    source: Source, *, published: str | None = None, outlet: str | None = None, url: str | None = None
) -> Article:
    """The article in a source; what the caller gives (`published` as ISO 8601) wins over what the source says.

    The id is the one in a row of JSON Lines, else "sha256:" and the hash of the source's bytes. The text of such a row
    stays as it is; that of a page is the article's body without its title. Raises `ArticleError` where there is no
    article to read, `ForeignLanguageError` (with the article) where it is not in English.
    """
    given = _given_date(published, source.origin)
    draft = _storable(_draft(source))
    outlet, url = _kept(outlet), _kept(url)
    _refuse_unreadable(draft.text, source)
    marks = boilerplate_in(draft.text)
    body = _body(draft.text, marks)
    _refuse_empty(body, draft.text, source)
    article = Article(
        id=draft.id or f"sha256:{source.sha256}",
        text=draft.text,
        outlet=outlet or draft.outlet or (outlet_of_text(body) if source.kind == "text" else None),
        url=url or draft.url or source.url,
        title=draft.title or (title_of_text(body) if source.kind == "text" else None),
        byline=draft.byline,
        published=draft.published,
        published_from=draft.published_from,
        updated=draft.updated,
        truncated=draft.truncated or is_truncated(draft.text),
        language=language_of(body),
        credits=credits_in(draft.text),
        boilerplate=marks,
    )
    article = _dated(article, given)
    if article.language != ENGLISH:
        raise ForeignLanguageError(article, where=source.origin)
    return article


def _given_date(published: str | None, where: str) -> str | None:
    if published is None:
        return None
    date = iso_date(published)
    if date is None:
        raise ArticleError(
            f"{published!r} is no date of publication",
            where=where,
            advice="give it as 2016-10-14 or 2016-10-14T08:30:00Z",
        )
    return date


def _dated(article: Article, given: str | None) -> Article:
    """The article with its date of publication by rank: given, stated, in the address, in the text."""
    if given:
        return replace(article, published=given, published_from="given")
    if article.published:
        return article
    in_address = url_date(article.url) if article.url else None
    if in_address:
        return replace(article, published=in_address, published_from="url")
    in_text = dateline_date(article.body())
    return replace(article, published=in_text, published_from="dateline") if in_text else article


def _storable(draft: _Draft) -> _Draft:
    """The draft with words that can be kept."""
    return replace(
        draft,
        text=storable(draft.text),
        id=_kept(draft.id),
        title=_kept(draft.title),
        outlet=_kept(draft.outlet),
        byline=_kept(draft.byline),
        url=_kept(draft.url),
    )


def _kept(words: str | None) -> str | None:
    return storable(words) if words else None


def _draft(source: Source) -> _Draft:
    if source.kind == "json":
        return _row_draft(source)
    if source.kind == "feed-entry":
        return _entry_draft(source)
    text = decoded(source.data, where=source.origin, content_type=source.content_type, is_page=source.kind == "html")
    if source.kind == "html":
        return _page_draft(text, source)
    return _Draft(text)


def _page_draft(html: str, source: Source) -> _Draft:
    from onrecord.articles.page import page_of

    page = page_of(html, where=source.origin, url=source.url)
    said = page.metadata
    return _Draft(
        page.text,
        title=said.title,
        outlet=said.outlet,
        byline=said.byline,
        url=said.url,
        published=said.published,
        published_from=said.published_from,
        updated=said.updated,
        truncated=page.is_cut or is_truncated(page.text, is_free=said.is_free),
    )


def _row_draft(source: Source) -> _Draft:
    row = _object(source)
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(
            'has no "text"' if not isinstance(text, str) else 'has an empty "text"',
            where=source.origin,
            advice='give each line as {"id": …, "text": …, "title": …, "published": …, "outlet": …, "url": …}',
        )
    stated = row.get("published")
    published = any_date(stated) if stated is not None else None
    if stated not in (None, "") and published is None:  # a cut-off date is no reason to lose the article
        shown = storable(json.dumps(stated, ensure_ascii=False))[:60]
        _log.warning('%s: "published" is %s, which is no date; read as an article without one', source.origin, shown)
    return _Draft(
        text,
        id=_identifier(row.get("id")),
        title=_words(row.get("title")),
        outlet=_words(row.get("outlet")),
        byline=_words(row.get("byline")),
        url=_words(row.get("url")),
        published=published,
        published_from="given" if published else None,
    )


def _entry_draft(source: Source) -> _Draft:
    """An entry of a feed; its text is HTML as often as not, and then without a page around it."""
    from onrecord.articles.page import fragment_text

    entry = _object(source)
    text = fragment_text(_words(entry.get("html")) or "", where=source.origin)
    published = iso_date(entry.get("published"))
    updated = iso_date(entry.get("updated"))
    full = entry.get("full") is True
    return _Draft(
        text,
        title=_words(entry.get("title")),
        outlet=_words(entry.get("outlet")),
        byline=_words(entry.get("byline")),
        url=_words(entry.get("url")),
        published=published,
        published_from="feed" if published else None,
        updated=updated if updated != published else None,
        truncated=not full,
    )


def _object(source: Source) -> dict[str, Json]:
    try:
        row: Json = json.loads(decoded(source.data, where=source.origin))
    except (ValueError, RecursionError) as fault:
        reason = (
            f"{fault.msg} at character {fault.pos + 1}" if isinstance(fault, json.JSONDecodeError) else "too nested"
        )
        raise ArticleError(f"is no JSON ({reason})", where=source.origin, advice="mend the line") from fault
    if not isinstance(row, dict):
        raise ArticleError("is no JSON object", where=source.origin, advice='write {"id": …, "text": …}')
    return row


def _identifier(value: Json) -> str | None:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value) else None


def _words(value: Json) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _refuse_unreadable(text: str, source: Source) -> None:
    if len(text) > LONGEST_TEXT:
        raise ArticleError(
            f"has {len(text):,} characters, more than the {LONGEST_TEXT:,} of the longest articles",
            where=source.origin,
            advice="split it into articles",
        )
    wall = wall_in(text)
    if wall:
        raise ArticleError(
            f"is {wall}, not the article", where=source.origin, advice="save the page again as a reader sees it"
        )


def _refuse_empty(body: str, text: str, source: Source) -> None:
    if source.kind == "json" and body.strip():
        return
    if is_running_text(body):
        return
    if not text.strip():
        what = (
            "holds no article: only a title" if source.kind == "feed-entry" else "holds no article that could be found"
        )
    else:
        what = "holds no article: only menus, links or single words"
    raise ArticleError(what, where=source.origin, advice="hand in the article's own page or its text")


def _body(text: str, marks: tuple[Boilerplate, ...]) -> str:
    return Article("", text, boilerplate=marks).body()
