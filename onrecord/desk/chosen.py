"""Rows of the digests on articles, for those articles that a filter lets through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select

from onrecord.record import Filter, selecting
from onrecord.record.shelf import Shelf

_AT_ONCE = 500


def rows_of(connection: Connection, wanted: Select[*tuple[Any, ...]], article: Any, of: Filter) -> Iterator[Any]:
    """The rows that a statement chooses, of all articles or of those that fit.

    Where there are many, the statement is asked several times: rows that it counts together come once for each.
    `actor` and `type` in the filter are left to the caller, who knows what they mean there.
    """
    of = replace(of, actor=None, type=None, limit=None)
    if of == Filter():
        yield from connection.execute(wanted)
        return
    if Shelf(connection).forbids(of):
        return
    ids = selecting.article_ids(connection, of)
    for at in range(0, len(ids), _AT_ONCE):
        yield from connection.execute(wanted.where(article.in_(ids[at : at + _AT_ONCE])))
