"""Who speaks, in those articles that a filter lets through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, false, select

from onrecord.desk import digest_tables as digests
from onrecord.record import Filter, selecting
from onrecord.record.shelf import Shelf
from onrecord.record.stale import ARTICLE


def chosen(connection: Connection, of: Filter, *columns: Any) -> Select[*tuple[Any, ...]]:
    """A selection from the digests of who speaks in the articles that fit.

    `actor` and `type` in the filter are left to the caller, who knows what they mean there.
    """
    wanted = select(*columns).select_from(digests.speakers)
    of = replace(of, actor=None, type=None, limit=None, offset=0)
    if not of.narrows:
        return wanted
    if Shelf(connection).forbids(of):
        return wanted.where(false())
    found = selecting.fitting(connection, ARTICLE, of).subquery()
    return wanted.join(found, found.c.id == digests.speakers.c.article)
