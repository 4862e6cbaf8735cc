"""Who is in a group: the accounts of an incident, the steps of a truce, the articles of a story."""

from __future__ import annotations

from sqlalchemy import Connection, select

from onrecord.record import tables
from onrecord.record.links import Kind

_NODES = tables.nodes.c


def members(connection: Connection, kind: Kind, group: str) -> list[tuple[str, str, str]]:
    """The nodes of a group as (id, article, id in the reading), the first published first."""
    wanted = select(_NODES.id, _NODES.article, _NODES.local).where(_NODES.kind == kind, _NODES.group == group)
    return [(row.id, row.article, row.local) for row in connection.execute(wanted.order_by(_NODES.rank, _NODES.id))]


def group_of(connection: Connection, kind: Kind, node: str) -> str | None:
    """The group in which a node is; `None` where there is no such node."""
    return connection.scalar(select(_NODES.group).where(_NODES.kind == kind, _NODES.id == node))
