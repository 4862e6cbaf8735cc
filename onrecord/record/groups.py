"""Who is in a group: the accounts of an incident, the steps of a truce, the articles of a story, the copies of a text.

A group is named after the first of its nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select, update

from onrecord.record import tables
from onrecord.record.stale import LINKED, TOLD, mark, mark_articles

Kind = Literal["copy", "story", "incident", "truce"]

_AT_ONCE = 400
"""Nodes asked for in one statement; SQLite takes 999 values in older builds."""
_NODES = tables.nodes.c
_OF_KIND = _NODES.kind == bindparam("of_kind")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ROWS = select(_NODES.rank, _NODES.id, _NODES.group, _NODES.article).where(_OF_KIND, _NODES.id.in_(_IDS))
_NAME = update(tables.nodes).where(_OF_KIND, _NODES.id.in_(_IDS)).values(group=bindparam("named"))


def portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in portions that one statement can take."""
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))


def members(connection: Connection, kind: Kind, group: str) -> list[tuple[str, str, str]]:
    """The nodes of a group as (id, article, id in the reading), the first published first."""
    wanted = select(_NODES.id, _NODES.article, _NODES.local).where(_NODES.kind == kind, _NODES.group == group)
    return [(row.id, row.article, row.local) for row in connection.execute(wanted.order_by(_NODES.rank, _NODES.id))]


def group_of(connection: Connection, kind: Kind, node: str) -> str | None:
    """The group in which a node is; `None` where there is no such node."""
    return connection.scalar(select(_NODES.group).where(_NODES.kind == kind, _NODES.id == node))


def rows_of(connection: Connection, kind: Kind, nodes: Sequence[str]) -> Sequence[Row[str, str, str, str]]:
    """Rank, id, group and article of nodes."""
    return [row for some in portions(nodes) for row in connection.execute(_ROWS, {"of_kind": kind, "ids": some})]


def is_larger(connection: Connection, kind: Kind, group: str, limit: int) -> bool:
    """Whether a group has more nodes than so many; no more are counted."""
    held = select(_NODES.id).where(_NODES.kind == kind, _NODES.group == group).limit(limit + 1)
    return (connection.scalar(select(func.count()).select_from(held.subquery())) or 0) > limit


def mark_groups(connection: Connection, kind: Kind, *groups: str) -> None:
    """Note that groups have changed, where they are listed."""
    if kind in LINKED:
        mark(connection, kind, groups)


def name(connection: Connection, kind: Kind, nodes: Sequence[str]) -> None:
    """Make nodes one group; what is named so already is not written again."""
    rows = rows_of(connection, kind, nodes)
    _, first = min((row.rank, row.id) for row in rows)
    changed = [row for row in rows if row.group != first]
    for some in portions([row.id for row in changed]):
        connection.execute(_NAME, {"of_kind": kind, "ids": some, "named": first})
    if changed:
        mark_groups(connection, kind, first, *(row.group for row in changed))
    if kind not in TOLD:  # an article is shown with its story, and with that which it is a copy of
        mark_articles(connection, [row.article for row in changed])


def join(connection: Connection, kind: Kind, nodes: Iterable[str], groups: Iterable[str]) -> None:
    """Make nodes and groups one group: of the groups only those are written again that get another name."""
    rows = rows_of(connection, kind, sorted({*nodes, *groups}))
    _, first = min((row.rank, row.id) for row in rows)
    others = [id for group in set(groups) - {first} for id, _, _ in members(connection, kind, group)]
    name(connection, kind, sorted({*nodes, first, *others}))


def scatter(connection: Connection, kind: Kind, group: str) -> list[str]:
    """Make each node of a group one of its own, until they are grouped anew, and give them."""
    mark_groups(connection, kind, group)
    nodes = [id for id, _, _ in members(connection, kind, group)]
    connection.execute(
        update(tables.nodes).where(_NODES.kind == kind, _NODES.group == group).values(group=tables.nodes.c.id)
    )
    return nodes
