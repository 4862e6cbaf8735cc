"""Which articles, stories, incidents, truces and tolls a filter lets through: pages read from `facets` by their index.

Of several conditions the one that the fewest things fulfil is followed in the order of days, and the others are looked
up for each thing that it leads to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, false, func, select, tuple_, union_all
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from onrecord.record import tables
from onrecord.record.accounts import ROLE_ACTOR, ROLE_PLACE, folded
from onrecord.record.facets import EVERY, LONG, SPANS, Facet, days_before, longest
from onrecord.record.groups import Kind
from onrecord.record.listing_tables import LASTING, facets, period_figures
from onrecord.record.planning import unlikely
from onrecord.record.searching import Words, articles_with, number_of, phrase_in, ranked, words_in
from onrecord.record.shapes import Filter
from onrecord.record.stale import ARTICLE, PERIOD
from onrecord.record.tallies import number_of as tallied

Listable = str
"""`article`, `story`, `incident`, `truce` or `period`."""
_FACETS, _NODES, _ARTICLES = facets.c, tables.nodes.c, tables.articles.c
_AT_ONCE, _MOST_AT_ONCE = 500, 16_000
_FEW = 3000
"""Things beyond which it does not matter how many more fulfil a condition."""
_NO_DAY = ""

Things = Select[tuple[str, str]]
"""Ids and days."""


def ids(
    connection: Connection, kind: Listable, of: Filter, also: Sequence[Facet] = (), but: Collection[str] = ()
) -> Iterator[str]:
    """The ids of the things of a kind that fit, by their day: the first first and undated ones last, or the last first.

    They are read in pages, so that a whole record can be gone through in little memory. Those of `but`, of which there
    are few, are left out.
    """
    left, skip = of.limit, of.offset
    fitting = _fitting(connection, kind, of, also, but)
    for part in _parts(of):
        rows, after, at_once = fitting.part(part), None, _AT_ONCE
        while left is None or left > 0:
            most = at_once if left is None else min(left, at_once)
            at_once = min(2 * at_once, _MOST_AT_ONCE)  # who reads on wants many
            page = connection.execute(_page(rows, of, after, most, skip)).all()
            if not page:
                skip -= _number(connection, rows) if skip and after is None else 0
                break
            skip, after = 0, (page[-1].day, page[-1].id)
            left = None if left is None else left - len(page)
            yield from (row.id for row in page)


def page(
    connection: Connection, kind: Listable, of: Filter, at: int, size: int, but: Collection[str] = ()
) -> tuple[list[str], int]:
    """The ids on a page of so many (`at` counts from 0 and goes no further than the last), and how many there are."""
    number = count(connection, kind, of, but=but)
    at = min(at, max(0, (number - 1) // size))
    return list(ids(connection, kind, replace(of, limit=size, offset=at * size), but=but)), number


def article_ids(connection: Connection, of: Filter) -> list[str]:
    """The ids of the articles that fit, by publication."""
    return list(ids(connection, ARTICLE, of))


def group_ids(connection: Connection, kind: Kind, of: Filter, but: Collection[str] = ()) -> list[str]:
    """The ids of the incidents, truces or stories that fit, by date, without those of `but`."""
    return list(ids(connection, kind, of, but=but))


def count(
    connection: Connection, kind: Listable, of: Filter, also: Sequence[Facet] = (), but: Collection[str] = ()
) -> int:
    """How many things of a kind fit; the filter's limit and offset do not matter."""
    given = [*_facets(kind, of), *also]
    if (
        not but
        and len(given) <= 1
        and not (of.since or of.until or of.text or of.article or (of.story and kind == "story"))
    ):
        facet, value, _ = given[0] if given else EVERY
        return tallied(connection, kind, facet, value)
    return _number(connection, _fitting(connection, kind, of, also, but).part(_ALL))


def fitting(connection: Connection, kind: Listable, of: Filter, also: Sequence[Facet] = ()) -> Things:
    """The things that fit, as a selection of their `id` and `day`; limit, offset and order do not matter."""
    parts = _fitting(connection, kind, of, also).part(_ALL)
    found = parts[0].subquery() if len(parts) == 1 else union_all(*parts).subquery()
    return select(found.c.id, found.c.day)


def match_words(words: str) -> Words:
    """What somebody looks for; empty where that is no word."""
    return words_in(words)


class Hit(NamedTuple):
    """An article that was found, with its text."""

    id: str
    text: str
    rank: float


def found(connection: Connection, words: Words, of: Filter) -> Iterator[Hit]:
    """The articles that have the words, the best first."""
    fits = None
    if of.narrows:
        fitting_ids = fitting(connection, ARTICLE, of).subquery()
        numbers = select(_ARTICLES.number).where(_ARTICLES.id.in_(select(fitting_ids.c.id)))
        fits = number_of(connection).in_(numbers)
    if connection.dialect.name == "postgresql":  # a word of few articles is sought otherwise than one of very many
        connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")
    best = ranked(connection, words, fits).subquery()
    wanted = (
        select(_ARTICLES.id, _ARTICLES.text, best.c.rank)
        .join(best, best.c.number == _ARTICLES.number)
        .order_by(best.c.rank, _ARTICLES.id)
    )
    rows = connection.execute(wanted.limit(of.limit).offset(of.offset or None))
    return (Hit(row.id, row.text, row.rank) for row in rows)


_ALL: tuple[ColumnElement[bool], ...] = ()
_DATED = (_FACETS.day > _NO_DAY,)
_UNDATED = (_FACETS.day == _NO_DAY,)
_SPANS = range(1, SPANS + 1)


def _parts(of: Filter) -> Sequence[Sequence[ColumnElement[bool]]]:
    """The parts in which things are gone through: of days that are asked for only what has a day."""
    if of.newest:
        return (_ALL,)
    return (_DATED,) if of.since or of.until else (_DATED, _UNDATED)


class _Fitting:
    """The conditions that things must fulfil, the one that is followed first apart from the rest."""

    def __init__(self, kind: Listable, leading: Facet, rest: Sequence[ColumnElement[bool]], of: Filter) -> None:
        self._leading = (_FACETS.kind == kind, _FACETS.facet == leading.facet, _FACETS.value == leading.value)
        self._rest = rest
        self._of = of

    def part(self, part: Sequence[ColumnElement[bool]]) -> list[Things]:
        """The things that fit, as selections that share none.

        Each has one lower bound of the day at most: of two SQLite may begin at the one that lets all through.
        """
        since, until = self._of.since, self._of.until
        wanted = select(_FACETS.id, _FACETS.day).where(*self._leading, *self._rest)
        if until:
            wanted = wanted.where(_FACETS.day <= until)
        if not since:
            return [wanted.where(*(_DATED if until else part))]
        wanted = wanted.where(_FACETS.until >= since)
        lately = days_before(since, LONG)
        before = wanted.where(LASTING, _FACETS.day < lately)
        return [wanted.where(_FACETS.day >= lately), *(_lasting(before, span, since) for span in _SPANS)]


def _lasting(wanted: Things, span: int, since: str) -> Things:
    """Those of the things that are of a class by how long they last, and may still have gone on on a day."""
    most = longest(span)
    wanted = wanted.where(unlikely(_FACETS.span == span))
    return wanted if most is None else wanted.where(_FACETS.day >= days_before(since, most))


def _fitting(
    connection: Connection, kind: Listable, of: Filter, also: Sequence[Facet], but: Collection[str] = ()
) -> _Fitting:
    found = [*_facets(kind, of), *also]
    if len(found) > 1:
        found.sort(key=lambda facet: _holding(connection, kind, facet))
    leading, others = (found[0], found[1:]) if found else (EVERY, [])
    rest = [*(_has(kind, other) for other in others), *_of_articles(connection, kind, of)]
    return _Fitting(kind, leading, [*rest, _FACETS.id.not_in(but)] if but else rest, of)


def _facets(kind: Listable, of: Filter) -> list[Facet]:
    given = ((ROLE_PLACE, of.place), (ROLE_ACTOR, of.actor), ("outlet", of.outlet))
    found = [Facet(facet, folded(name)) for facet, name in given if name]
    if of.type:
        found.append(Facet("type", of.type.lower()))
    if of.story and kind != "story":
        found.append(Facet("story", "a" + of.story[1:]))
    return found


def _of_articles(connection: Connection, kind: Listable, of: Filter) -> list[ColumnElement[bool]]:
    """The conditions that single articles must fulfil."""
    fits: list[ColumnElement[bool]] = []
    if of.story and kind == "story":
        fits.append(_FACETS.id == "a" + of.story[1:])
    if of.article:
        fits.append(_told_in(kind, _ARTICLES.id == of.article))
    if of.text:
        words = phrase_in(of.text)
        numbers = articles_with(connection, words) if words else None
        fits.append(false() if numbers is None else _told_in(kind, _ARTICLES.number.in_(numbers)))
    return fits


def _told_in(kind: Listable, articles: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a thing is, or is told in, one of some articles."""
    if kind == ARTICLE:
        return _FACETS.id.in_(select(_ARTICLES.id).where(articles))
    if kind == PERIOD:
        figures = period_figures.c
        told = select(figures.period).join(tables.articles, _ARTICLES.id == figures.article)
        return _FACETS.id.in_(told.where(articles))
    told = select(_NODES.group).join(tables.articles, _ARTICLES.id == _NODES.article).where(_NODES.kind == kind)
    return _FACETS.id.in_(told.where(articles))


def _has(kind: Listable, facet: Facet) -> ColumnElement[bool]:
    others = facets.alias()
    held = select(others.c.id).where(
        others.c.kind == kind, others.c.facet == facet.facet, others.c.value == facet.value
    )
    return held.where(others.c.day == _FACETS.day, others.c.id == _FACETS.id).correlate(facets).exists()


def _holding(connection: Connection, kind: Listable, facet: Facet) -> int:
    held = select(_FACETS.id).where(_FACETS.kind == kind, _FACETS.facet == facet.facet, _FACETS.value == facet.value)
    return connection.scalar(select(func.count()).select_from(held.limit(_FEW).subquery())) or 0


def _page(
    rows: Sequence[Things], of: Filter, after: tuple[str, str] | None, most: int, skip: int
) -> Select[tuple[str, str]]:
    """The next things in their order, so many at most."""
    if after is not None:
        here = tuple_(_FACETS.day, _FACETS.id)
        rows = [each.where(here < tuple_(*after) if of.newest else here > tuple_(*after)) for each in rows]
    columns: ReadOnlyColumnCollection[str, Any]
    if len(rows) == 1:
        wanted, columns = rows[0], facets.c
    else:
        found = union_all(*rows).subquery()
        wanted, columns = select(found.c.id, found.c.day), found.c
    day, id = columns["day"], columns["id"]
    order = (day.desc(), id.desc()) if of.newest else (day, id)
    return wanted.order_by(*order).limit(most).offset(skip or None)


def _number(connection: Connection, rows: Sequence[Things]) -> int:
    return sum(connection.scalar(select(func.count()).select_from(each.subquery())) or 0 for each in rows)
