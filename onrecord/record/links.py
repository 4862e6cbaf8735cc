"""The links between things on record, kept in the database: found by keys, weighed in pairs, grouped by `grouping`.

A node is an article (as a wording, `copy`, or as news of a happening, `story`), an account of an incident or a step of
a truce. A newcomer is weighed only against the nodes with which it shares keys: what that costs depends on how much
happened there and then, not on how much is on record.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, select

from onrecord.record import tables
from onrecord.record.decision_tables import bonds
from onrecord.record.grouping import BOUND, Group, Rule, affected, regrouped
from onrecord.record.groups import Kind, is_larger, join, mark_groups, name, portions, rows_of
from onrecord.record.stale import TOLD

UNDATED = 0


@dataclass(frozen=True, slots=True)
class Key:
    """What like things share: a word, a band of a signature, a place; `day` is a proleptic ordinal or `UNDATED`."""

    key: str
    day: int = UNDATED


@dataclass(frozen=True, slots=True)
class Ask:
    """Which keys to look among: these, of these days (both inclusive) or undated; without days, of any."""

    keys: tuple[str, ...]
    first: int | None = None
    last: int | None = None


class Name(NamedTuple):
    """A name by which people look for a place or an actor, folded; `shown`: as it is shown where it is listed."""

    role: str
    name: str
    shown: str | None


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that can be linked. `rank` puts the first published first and is what names the group."""

    id: str
    article: str
    local: str
    rank: str
    features: bytes
    keys: tuple[Key, ...]
    asks: tuple[Ask, ...]
    type: str | None = None
    mode: str | None = None
    since: str | None = None
    until: str | None = None
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Linker:
    """How the nodes of one kind are found and weighed."""

    kind: Kind
    rule: Rule
    weigh: Callable[[bytes, Sequence[bytes]], Sequence[float]]
    """The weight of the link between a newcomer and each of some others, from their features alone."""
    shared: int = 1
    """How many keys two nodes must share to be weighed."""
    apart: bool = False
    """Whether nodes of one article are never of one group."""
    divide: Callable[[Sequence[bytes]], Sequence[Sequence[int]]] | None = None
    """The parts of a group, by position, from the features of its nodes."""


class StoredGraph:
    """The links of one kind as a graph; what was once looked up is kept, so it serves for one change of the record.

    Nodes that people decided to be of one group are linked by more than any weight.
    """

    def __init__(self, connection: Connection, kind: Kind, limit: int = 0) -> None:
        self._connection, self._kind, self._limit = connection, kind, limit
        self._kept: dict[str, dict[str, float]] = {}
        self._bonds: dict[str, dict[str, bool]] = {}
        self._large: dict[str, bool] = {}

    def neighbours(self, node: str, floor: float) -> dict[str, float]:
        """The nodes that are linked with one by at least `floor`, with the weight."""
        if node not in self._kept:
            rows = self._connection.execute(_LINKS, {"kind": self._kind, "node": node})
            bound = {other: BOUND for other, one in self.bonds(node).items() if one}
            self._kept[node] = {row.b: row.weight for row in rows} | bound
        kept = self._kept[node]
        return {other: weight for other, weight in kept.items() if weight >= floor}

    def bonds(self, node: str) -> dict[str, bool]:
        """The nodes of which people decided that they are of one group with this one (true), or are not (false)."""
        if not self._any_bonds:
            return {}
        if node not in self._bonds:
            rows = self._connection.execute(_BONDS, {"kind": self._kind, "node": node})
            self._bonds[node] = {row.b: row.one for row in rows}
        return self._bonds[node]

    def large(self, nodes: Collection[str]) -> dict[str, str]:
        """Those of the nodes that are of a group of more than `limit`, with its name; none where people decided."""
        if self._any_bonds:
            return {}
        rows = rows_of(self._connection, self._kind, sorted(nodes))
        return {row.id: row.group for row in rows if self._is_large(row.group)}

    def _is_large(self, group: str) -> bool:
        if group not in self._large:
            self._large[group] = is_larger(self._connection, self._kind, group, self._limit)
        return self._large[group]

    @cached_property
    def _any_bonds(self) -> bool:
        wanted = select(bonds.c.a).where(bonds.c.kind == self._kind).limit(1)
        return self._kind in _BONDED and self._connection.scalar(wanted) is not None


_LINKS = (
    select(tables.links.c.b, tables.links.c.weight)
    .where(tables.links.c.kind == bindparam("kind"), tables.links.c.a == bindparam("node"))
    .order_by(tables.links.c.b)
)
_BONDS = (
    select(bonds.c.b, bonds.c.one)
    .where(bonds.c.kind == bindparam("kind"), bonds.c.a == bindparam("node"))
    .order_by(bonds.c.b)
)
_BONDED = frozenset({"incident", "truce"})
_NODES, _KEYS = tables.nodes.c, tables.keys.c
_OF_KIND = _NODES.kind == bindparam("of_kind")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_NODES_OF = select(_NODES.id).where(_OF_KIND, _NODES.article.in_(_IDS))
_FEATURES = select(_NODES.id, _NODES.features).where(_OF_KIND, _NODES.id.in_(_IDS))
_OWNER = select(_NODES.article).where(_OF_KIND, _NODES.id == bindparam("node"))
# As an expression, so that SQLite finds the keys first, and does not go through all nodes in their order.
_HOLDER = (_KEYS.node + "").label("node")
_HOLDING = (
    select(_HOLDER, func.count().label("shared"))
    .where(_KEYS.kind == bindparam("of_kind"), _KEYS.key.in_(bindparam("keys", expanding=True)))
    .group_by(_HOLDER)
    .having(func.count() >= bindparam("least"))
)
_ON_DAYS = _HOLDING.where(_KEYS.day.between(bindparam("first"), bindparam("last")))
_UNDATED = _HOLDING.where(_KEYS.day == UNDATED)


def put(connection: Connection, linker: Linker, node: Node, also: Iterable[str] = ()) -> None:
    """Put a newcomer among the nodes of its kind; it is also weighed against the nodes `also`."""
    _insert(connection, linker.kind, node)
    others = features_of(connection, linker.kind, (sharing(connection, linker, node) | set(also)) - {node.id})
    floor = linker.rule.ladder[0]
    weights = linker.weigh(node.features, list(others.values()))
    near = {other: weight for other, weight in zip(others, weights, strict=True) if weight >= floor}
    if near:
        ends = [(node.id, other, weight) for other, weight in near.items()]
        rows = [(a, b, weight) for a, b, weight in ends] + [(b, a, weight) for a, b, weight in ends]
        fields = ("kind", "a", "b", "weight")
        connection.execute(_LINK, [dict(zip(fields, (linker.kind, *row), strict=True)) for row in rows])
        regroup(connection, linker, [node.id])


def nodes_of(connection: Connection, kind: Kind, *articles: str) -> list[str]:
    """The ids of the nodes of a kind that belong to articles."""
    found: list[str] = []
    for some in portions(articles):
        found += connection.scalars(_NODES_OF, {"of_kind": kind, "ids": some})
    return sorted(found)


def neighbours(connection: Connection, kind: Kind, node: str, floor: float) -> list[str]:
    """The nodes that are linked with one by at least this weight."""
    return sorted(StoredGraph(connection, kind).neighbours(node, floor))


def names_as_json(names: Iterable[Name]) -> str:
    """Names as a node keeps them, each once."""
    return json.dumps(list(dict.fromkeys(names)), ensure_ascii=False, separators=(",", ":"))


_LINK, _INSERT, _POST = insert(tables.links), insert(tables.nodes), insert(tables.keys)


def _insert(connection: Connection, kind: Kind, node: Node) -> None:
    values = {name: getattr(node, name) for name in _AS_IT_IS}
    connection.execute(_INSERT, values | {"kind": kind, "group": node.id, "names": names_as_json(node.names)})
    posted = sorted({(key.key, key.day) for key in node.keys})
    keys = [{"kind": kind, "key": key, "day": day, "node": node.id} for key, day in posted]
    if keys:
        connection.execute(_POST, keys)
    if node.names and kind in TOLD:
        named = {(name.role, name.name) for name in node.names}
        rows = [{"kind": kind, "role": role, "name": name, "node": node.id} for role, name in sorted(named)]
        connection.execute(insert(tables.names), rows)
    mark_groups(connection, kind, node.id)


_AS_IT_IS = ("id", "article", "local", "rank", "type", "mode", "since", "until", "features")


def sharing(connection: Connection, linker: Linker, node: Node) -> set[str]:
    """The nodes that share as many keys with one as they must to be weighed against it, itself among them.

    The database counts, so that only they come over. Days and undated ones are looked up one after the other: with
    "or" SQLite would read the key's postings of all days. What must share several keys is posted under one day, so that
    no key is counted twice.
    """
    shared: Counter[str] = Counter()
    least = linker.shared if len(node.asks) == 1 else 1
    for ask in node.asks:
        given = {"of_kind": linker.kind, "keys": list(ask.keys), "first": ask.first, "last": ask.last, "least": least}
        for wanted in (_HOLDING,) if ask.first is None else (_ON_DAYS, _UNDATED):
            for other, keys in connection.execute(wanted, given):
                shared[other] += keys
    return {other for other, keys in shared.items() if keys >= linker.shared}


def features_of(connection: Connection, kind: Kind, ids: Iterable[str]) -> dict[str, bytes]:
    """What nodes are compared by, by id."""
    found: dict[str, bytes] = {}
    for some in portions(sorted(ids)):
        found |= {row.id: row.features for row in connection.execute(_FEATURES, {"of_kind": kind, "ids": some})}
    return found


def regroup(connection: Connection, linker: Linker, touched: Iterable[str]) -> None:
    """Work the groups of these nodes out anew, and of all others that may have changed with them."""
    articles: dict[str, str] = {}

    def owner(node: str) -> str:
        return articles[node] if linker.apart else node

    def divide(group: Group) -> list[Group]:
        if linker.divide is None or len(group) == 1:
            return [group]
        features = features_of(connection, linker.kind, group)
        return [tuple(group[at] for at in part) for part in linker.divide([features[node] for node in group])]

    graph = StoredGraph(connection, linker.kind, linker.rule.limit)
    if linker.apart:
        articles = _Articles(connection, linker.kind)
    found = regrouped(graph, touched, linker.rule, owner, divide, graph.bonds, graph.large)
    for group in found.groups:
        name(connection, linker.kind, group)
    for nodes, large in found.grown:
        join(connection, linker.kind, nodes, large)


def affected_by(connection: Connection, linker: Linker, nodes: Iterable[str]) -> set[str]:
    """The nodes whose group can depend on the links of these, themselves included."""
    graph = StoredGraph(connection, linker.kind, linker.rule.limit)
    found: set[str] = set()
    for node in sorted(nodes):
        if node not in found:
            found |= affected(graph, node, linker.rule, graph.large)
    return found


class _Articles(dict[str, str]):
    """The article of each node that is asked for."""

    def __init__(self, connection: Connection, kind: Kind) -> None:
        self._connection, self._kind = connection, kind

    def __missing__(self, node: str) -> str:
        return str(self._connection.scalar(_OWNER, {"of_kind": self._kind, "node": node}))
