"""Taking things that are linked off the record: what they leave behind is grouped anew."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from sqlalchemy import Connection, delete

from onrecord.record import tables
from onrecord.record.groups import Kind, is_larger, mark_groups, members, name, portions, rows_of, scatter
from onrecord.record.links import Linker, StoredGraph, neighbours, nodes_of, regroup

_HUBS = 5
"""Nodes that are tried, whether all others hang together by them."""


def take(connection: Connection, linker: Linker, article: str) -> None:
    """Take the nodes of an article away, and group anew those that they were linked with."""
    for node in nodes_of(connection, linker.kind, article):
        left = set(neighbours(connection, linker.kind, node, linker.rule.ladder[0]))
        (held,) = rows_of(connection, linker.kind, [node])
        mark_groups(connection, linker.kind, held.group)
        if StoredGraph(connection, linker.kind, linker.rule.limit).large([node]):
            left = _left_of_large(connection, linker, node, held.group, left)
        _remove(connection, linker.kind, node)
        regroup(connection, linker, sorted(left - {node}))


def scatter_large(connection: Connection, linker: Linker, nodes: Sequence[str]) -> set[str]:
    """Scatter the large groups of nodes, which may not hang together any longer, and give all that were in them."""
    groups = {row.group for row in rows_of(connection, linker.kind, nodes)}
    large = [group for group in sorted(groups) if is_larger(connection, linker.kind, group, linker.rule.limit)]
    return {node for group in large for node in scatter(connection, linker.kind, group)}


def _left_of_large(connection: Connection, linker: Linker, node: str, group: str, left: set[str]) -> set[str]:
    """Those whose groups may change as a node of a large group goes; the group gets another name where it must."""
    within = {row.id for row in rows_of(connection, linker.kind, sorted(left)) if row.group == group}
    if not _hangs_together(connection, linker, node, group, within):
        return left | set(scatter(connection, linker.kind, group))
    if group == node:
        name(connection, linker.kind, [id for id, _, _ in members(connection, linker.kind, group) if id != node])
    return left - within


def _hangs_together(connection: Connection, linker: Linker, node: str, group: str, within: set[str]) -> bool:
    """Whether it is plain that a large group stays one without a node: all next to it are next to one of them too."""
    if not is_larger(connection, linker.kind, group, linker.rule.limit + 1):
        return False
    graph, top = StoredGraph(connection, linker.kind), linker.rule.ladder[-1]
    near = graph.neighbours(node, top).keys() & within
    return any(near - {hub} <= graph.neighbours(hub, top).keys() for hub in sorted(near)[:_HUBS])


def _remove(connection: Connection, kind: Kind, node: str) -> None:
    """Take a node, its keys and its links away, these from both ends by the end that is indexed."""
    links = tables.links.c
    for some in portions(neighbours(connection, kind, node, -inf)):
        connection.execute(delete(tables.links).where(links.kind == kind, links.a.in_(some), links.b == node))
    connection.execute(delete(tables.links).where(links.kind == kind, links.a == node))
    for table in (tables.keys, tables.names):
        connection.execute(delete(table).where(table.c.kind == kind, table.c.node == node))
    connection.execute(delete(tables.nodes).where(tables.nodes.c.kind == kind, tables.nodes.c.id == node))
