"""Groups of like things, found so that the order in which the things come does not matter and the work stays bounded.

Things are nodes of a graph whose weighted edges depend on the two nodes alone. The groups are a function of the graph:

1. The rung of a node is the lowest threshold of a rising ladder at which the edges as heavy as that connect it with at
   most `limit` nodes (the top rung takes any number).
2. The nodes that share such a component are grouped by average-link clustering (Sokal and Michener 1958): the two
   groups with the heaviest mean edge become one as long as that mean reaches `cut`. Nodes of one `owner` are rivals
   and never put into one group. Ties go to the nodes that come first by name.

A newcomer can change the groups only of nodes that are in its component, or in one that it made too large: these are
what `regrouped` works out again, never the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """How nodes are grouped; `unlinked` is the weight that a pair without an edge counts with."""

    ladder: tuple[float, ...]
    cut: float
    limit: int = 150
    unlinked: float = 0.0


class Graph(Protocol):
    """Weighted edges between nodes, each of which is seen from both ends."""

    def edges(self, nodes: Collection[str], floor: float) -> Iterable[tuple[str, str, float]]:
        """The edges (node, neighbour, weight) of these nodes that weigh at least `floor`."""


def itself(node: str) -> str:
    """The owner of nodes that have no rivals: each its own."""
    return node


def regrouped(
    graph: Graph, touched: Iterable[str], rule: Rule, owner: Callable[[str], str] = itself
) -> tuple[Group, ...]:
    """The groups of all nodes whose group may have changed since edges were put on or taken from `touched` nodes.

    `touched` are the newcomers, or the neighbours that one who left has left behind.
    """
    pending = set().union(*(affected(graph, node, rule) for node in touched))
    groups: list[Group] = []
    while pending:
        component = settled(graph, min(pending), rule)
        groups += _grouped(graph, component, rule, owner)
        pending -= component
    return tuple(groups)


def affected(graph: Graph, node: str, rule: Rule) -> set[str]:
    """The nodes whose group can depend on whether `node` is there, itself included."""
    found = {node}
    for floor in rule.ladder[:-1]:
        component = _component(graph, node, floor, rule.limit)
        if component is not None:
            return found | component
        for _, neighbour, _ in graph.edges([node], floor):
            piece = None if neighbour in found else _component(graph, neighbour, floor, rule.limit, without=node)
            found |= piece or set()
    return found | settled(graph, node, rule)


def settled(graph: Graph, node: str, rule: Rule) -> set[str]:
    """The component of the node at its rung."""
    for floor in rule.ladder[:-1]:
        component = _component(graph, node, floor, rule.limit)
        if component is not None:
            return component
    return _component(graph, node, rule.ladder[-1], None) or {node}


def _component(
    graph: Graph, start: str, floor: float, limit: int | None, without: str | None = None
) -> set[str] | None:
    """The nodes connected with `start` by edges of at least `floor`; `None` where they are more than `limit`."""
    reached, frontier = {start}, {start}
    while frontier:
        ahead = {neighbour for _, neighbour, _ in graph.edges(frontier, floor)}
        frontier = ahead - reached - {without}
        reached |= frontier
        if limit is not None and len(reached) > limit:
            return None
    return reached


def _grouped(graph: Graph, component: set[str], rule: Rule, owner: Callable[[str], str]) -> list[Group]:
    order = sorted(component)
    if len(order) > rule.limit:
        return [tuple(order)]
    position = {node: at for at, node in enumerate(order)}
    weights = np.full((len(order), len(order)), rule.unlinked)
    for a, b, weight in graph.edges(order, rule.ladder[0]):
        if b in position:
            weights[position[a], position[b]] = weight
    owners = np.array([owner(node) for node in order])
    weights[owners[:, None] == owners[None, :]] = -np.inf
    return [tuple(order[at] for at in group) for group in average_link(weights, rule.cut)]


def average_link(weights: np.ndarray, cut: float) -> Sequence[Sequence[int]]:
    """The groups of the rows of a symmetric matrix of weights, merged while the heaviest mean weight is at least `cut`.

    Minus infinity keeps two rows, and the groups that they are in, apart.
    """
    weights = weights.astype(float).copy()
    np.fill_diagonal(weights, -np.inf)
    members = [[at] for at in range(len(weights))]
    while len(weights) > 1:
        a, b = divmod(int(weights.argmax()), len(weights))
        if not weights[a, b] >= cut:
            break
        merged = (weights[a] * len(members[a]) + weights[b] * len(members[b])) / (len(members[a]) + len(members[b]))
        weights[a], weights[:, a] = merged, merged
        weights[a, a] = -np.inf
        weights = np.delete(np.delete(weights, b, 0), b, 1)
        members[a] = sorted(members[a] + members.pop(b))
    return members
