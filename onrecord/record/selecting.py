"""Which articles, incidents and truces a filter lets through, as SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal_column, or_, select, text

from onrecord.record import tables
from onrecord.record.accounts import ROLE_ACTOR, ROLE_PLACE, folded
from onrecord.record.links import Kind, portions
from onrecord.record.shapes import Filter

_ARTICLES = tables.articles.c
_NODES = tables.nodes.c
_LAST_OF_DAY = "~"
"""Sorts after every time of day: `2016-10-14T09:00` is within 2016-10-14."""


def article_ids(connection: Connection, of: Filter) -> list[str]:
    """The ids of the articles that fit, the first published first."""
    wanted = select(_ARTICLES.id).where(*_of_articles(of), *_published(of))
    for role, name in _named(of):
        wanted = wanted.where(_ARTICLES.id.in_(_nodes_named("story", role, name)))
    if of.type:
        told = select(_NODES.article).where(_NODES.kind.in_(("incident", "truce")), _of_type(of.type))
        wanted = wanted.where(_ARTICLES.id.in_(told))
    ordered = wanted.order_by(_ARTICLES.published.is_(None), _ARTICLES.published, _ARTICLES.id).limit(of.limit)
    return list(connection.scalars(ordered))


def group_ids(connection: Connection, kind: Kind, of: Filter, but: Collection[str] = ()) -> list[str]:
    """The groups of nodes of a kind with a node that fits, by the first day that any of their nodes gives.

    Without the groups `but`, of which there are few.
    """
    fits = select(_NODES.group).join(tables.articles, _ARTICLES.id == _NODES.article)
    fits = fits.where(_NODES.kind == kind, *_of_articles(of), *_happened(of))
    for role, name in _named(of):
        fits = fits.where(_NODES.id.in_(_nodes_named(kind, role, name)))
    if of.type:
        fits = fits.where(_of_type(of.type))
    if but:
        fits = fits.where(_NODES.group.not_in(but))
    first = func.min(_NODES.since)
    wanted = (
        select(_NODES.group)
        .where(_NODES.kind == kind, _NODES.group.in_(fits))
        .group_by(_NODES.group)
        .order_by(first.is_(None), first, _NODES.group)
        .limit(of.limit)
    )
    return list(connection.scalars(wanted))


def members(connection: Connection, kind: Kind, group: str) -> list[tuple[str, str, str]]:
    """The nodes of a group as (id, article, id in the reading), the first published first."""
    wanted = select(_NODES.id, _NODES.article, _NODES.local).where(_NODES.kind == kind, _NODES.group == group)
    return [(row.id, row.article, row.local) for row in connection.execute(wanted.order_by(_NODES.rank, _NODES.id))]


def members_of(connection: Connection, kind: Kind, groups: Sequence[str]) -> dict[str, list[tuple[str, str, str]]]:
    """The nodes of several groups, as `members` gives those of one."""
    found: dict[str, list[tuple[str, str, str]]] = {group: [] for group in groups}
    for some in portions(groups):
        wanted = select(_NODES.group, _NODES.id, _NODES.article, _NODES.local)
        wanted = wanted.where(_NODES.kind == kind, _NODES.group.in_(some)).order_by(_NODES.rank, _NODES.id)
        for row in connection.execute(wanted):
            found[row.group].append((row.id, row.article, row.local))
    return found


def group_of(connection: Connection, kind: Kind, node: str) -> str | None:
    """The group in which a node is; `None` where there is no such node."""
    return connection.scalar(select(_NODES.group).where(_NODES.kind == kind, _NODES.id == node))


def found(connection: Connection, words: str, of: Filter) -> list[tuple[str, str, float]]:
    """The articles that have the words, as (id, snippet, rank), the best first."""
    snippet: ColumnElement[str] = literal_column("snippet(article_words, 1, char(2), char(3), '…', 32)")
    wanted = (
        select(_ARTICLES.id, snippet.label("snippet"), literal_column("bm25(article_words, 4.0, 1.0)").label("rank"))
        .select_from(text("article_words"))
        .join(tables.articles, _ARTICLES.number == literal_column("article_words.rowid"))
        .where(text("article_words MATCH :words").bindparams(words=words), *_of_articles(of), *_published(of))
        .order_by(literal_column("rank"), _ARTICLES.id)
        .limit(of.limit)
    )
    for role, name in _named(of):
        wanted = wanted.where(_ARTICLES.id.in_(_nodes_named("story", role, name)))
    return [(row.id, row.snippet, row.rank) for row in connection.execute(wanted)]


def match_words(words: str) -> str:
    """Words as FTS5 takes them: each quoted, so that none is an operator; phrases in quotes and final `*` kept."""
    parts = [part for part in _split(words) if any(map(str.isalnum, part))]
    return " ".join(_quoted(part) for part in parts)


def _quoted(part: str) -> str:
    beginning = part.endswith("*")
    return '"' + part.rstrip("*").replace('"', "") + '"' + ("*" if beginning else "")


def _split(words: str) -> list[str]:
    parts: list[str] = []
    for at, stretch in enumerate(words.replace("“", '"').replace("”", '"').split('"')):
        parts += [stretch] if at % 2 else stretch.split()
    return parts


def _of_articles(of: Filter) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if of.outlet:
        fits.append(_ARTICLES.outlet_key == folded(of.outlet))
    if of.article:
        fits.append(_ARTICLES.id == of.article)
    if of.story:
        story = select(_NODES.id).where(_NODES.kind == "story", _NODES.group == "a" + of.story[1:])
        fits.append(_ARTICLES.id.in_(story))
    if of.text:
        fits.append(_ARTICLES.text.icontains(of.text, autoescape=True))
    return fits


def _published(of: Filter) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if of.since:
        fits.append(_ARTICLES.published >= of.since)
    if of.until:
        fits.append(_ARTICLES.published <= of.until + _LAST_OF_DAY)
    return fits


def _happened(of: Filter) -> list[ColumnElement[bool]]:
    """Of the nodes: the happening's own days, else the day of publication."""
    fits: list[ColumnElement[bool]] = []
    if of.since:
        fits.append(func.coalesce(_NODES.until, _ARTICLES.published) >= of.since)
    if of.until:
        fits.append(func.coalesce(_NODES.since, _ARTICLES.published) <= of.until + _LAST_OF_DAY)
    return fits


def _of_type(type: str) -> ColumnElement[bool]:
    return or_(func.lower(_NODES.type) == type.lower(), func.lower(_NODES.mode) == type.lower())


def _named(of: Filter) -> list[tuple[str, str]]:
    return [(role, folded(name)) for role, name in ((ROLE_PLACE, of.place), (ROLE_ACTOR, of.actor)) if name]


def _nodes_named(kind: Kind, role: str, name: str) -> Select[tuple[str]]:
    names = tables.names.c
    return select(names.node).where(and_(names.kind == kind, names.role == role, names.name == name))
