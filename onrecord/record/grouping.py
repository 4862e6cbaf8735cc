"""Groups of like things, found so that the order in which the things come does not matter and the work stays bounded.

Things are nodes of a graph whose weighted edges depend on the two nodes alone. The groups are a function of the graph:

1. The rung of a node is the lowest threshold of a rising ladder at which the edges as heavy as that connect it with at
   most `limit` nodes (the top rung takes any number).
2. The nodes that share such a component are grouped by average-link clustering (Sokal and Michener 1958) of the edges
   of that rung: the two groups with the heaviest mean edge become one as long as that mean reaches `cut`. Nodes of one
   `owner` are rivals and never put into one group. Ties go to the nodes that come first by name. Nodes that people
   decided to be one (`bonds`) are put together before all others, even rivals; those that they decided not to be are
   never of one group.
3. What `divide` makes of each group, from what its nodes are, are the groups in the end.

A component of the top rung with more nodes than `limit` (an agency's text that two thousand sites print) is one group
as it is: neither clustered nor divided. A newcomer joins it without a look at what is in it.

A newcomer can change the groups only of nodes that are in its component, or in one that it made too large: these are
what `regrouped` works out again, never the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

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

    def neighbours(self, node: str, floor: float) -> Mapping[str, float]:
        """The nodes to which an edge of at least `floor` leads, with its weight."""


BOUND = 1e6
"""What a pair weighs that people decided to be one: however large two groups are, it holds them together."""


class Reach(NamedTuple):
    """The nodes that can be reached from one, and whether that is all of them."""

    nodes: set[str]
    all: bool


class Component(NamedTuple):
    """The nodes of a component at their rung, its threshold, and the names of the large groups that are part of it."""

    nodes: set[str]
    floor: float
    large: frozenset[str] = frozenset()


class Grown(NamedTuple):
    """Nodes that are one group with those of large groups, which are given by name."""

    nodes: Group
    large: frozenset[str]


class Regrouped(NamedTuple):
    """What became of nodes: groups with all that are in them, and large groups with what is new in them."""

    groups: tuple[Group, ...]
    grown: tuple[Grown, ...]


Large = Callable[[Collection[str]], Mapping[str, str]]
"""Of some nodes those that are known to be of a group of more than `limit`, with its name."""


def whole(group: Group) -> list[Group]:
    """The division of groups that are not divided."""
    return [group]


def free(node: str) -> Mapping[str, bool]:
    """The bonds of nodes of which nobody decided anything."""
    return {}


def none_large(nodes: Collection[str]) -> Mapping[str, str]:
    """The large groups of nodes of which no groups are known."""
    return {}


def itself(node: str) -> str:
    """The owner of nodes that have no rivals: each its own."""
    return node


def regrouped(
    graph: Graph,
    touched: Iterable[str],
    rule: Rule,
    owner: Callable[[str], str] = itself,
    divide: Callable[[Group], Sequence[Group]] = whole,
    bonds: Callable[[str], Mapping[str, bool]] = free,
    large: Large = none_large,
) -> Regrouped:
    """The groups of all nodes whose group may have changed since edges were put on or taken from `touched` nodes.

    Bonds of true are edges of the graph too, heavier than any rung; bonds are the same seen from both nodes.
    `touched` is a newcomer, or the neighbours that one who left has left behind. `large` knows groups that still are
    what they were, and is not to be given where there are bonds of false.
    """
    pending: set[str] = set()
    for node in touched:
        if node not in pending:
            pending |= affected(graph, node, rule, large)
    groups: list[Group] = []
    grown: list[Grown] = []
    while pending:
        component = settled(graph, min(pending), rule, large)
        if component.large:
            grown.append(Grown(tuple(sorted(component.nodes)), component.large))
        else:
            for group in _grouped(graph, component.nodes, component.floor, rule, owner, bonds):
                groups += divide(group) if len(group) <= rule.limit else [group]
        pending -= component.nodes | {min(pending)}
    return Regrouped(tuple(groups), tuple(grown))


def affected(graph: Graph, node: str, rule: Rule, large: Large = none_large) -> set[str]:
    """The nodes whose group can depend on whether `node` is there, itself included.

    Those of large groups that stay what they are, or grow, are left out.
    """
    found = {node}
    for floor in rule.ladder[:-1]:
        reach = reached(graph, node, floor, rule.limit)
        if reach.all:
            return found | reach.nodes
        found |= _left_without(graph, node, floor, rule.limit)
    return found | settled(graph, node, rule, large).nodes


def settled(graph: Graph, node: str, rule: Rule, large: Large = none_large) -> Component:
    """The component of a node at its rung."""
    for floor in rule.ladder[:-1]:
        reach = reached(graph, node, floor, rule.limit)
        if reach.all:
            return Component(reach.nodes, floor)
    return _at_the_top(graph, node, rule.ladder[-1], large)


def _at_the_top(graph: Graph, start: str, floor: float, large: Large) -> Component:
    """The component of a node by edges of at least `floor`, large groups in it by name instead of by their nodes."""
    found: set[str] = set()
    names: set[str] = set()
    seen, waiting = {start}, {start}
    while waiting:
        within = large(waiting)
        names.update(within.values())
        apart = waiting - within.keys()
        found |= apart
        waiting = {other for node in apart for other in graph.neighbours(node, floor)} - seen
        seen |= waiting
    return Component(found, floor, frozenset(names))


def reached(graph: Graph, start: str, floor: float, limit: int | None, without: str | None = None) -> Reach:
    """The nodes connected with `start` by edges of at least `floor`; no longer all where they are more than `limit`."""
    nodes, waiting = {start}, [start]
    while waiting:
        ahead = graph.neighbours(waiting.pop(), floor).keys() - nodes - {without}
        nodes |= ahead
        if limit is not None and len(nodes) > limit:
            return Reach(nodes, False)
        waiting += ahead
    return Reach(nodes, True)


def _left_without(graph: Graph, node: str, floor: float, limit: int) -> set[str]:
    """The nodes whose components would be small enough if `node`, which joins them to one too large, were not there."""
    small: set[str] = set()
    large: set[str] = set()
    for neighbour in graph.neighbours(node, floor):
        if neighbour not in small and neighbour not in large:
            reach = reached(graph, neighbour, floor, limit, without=node)
            (small if reach.all else large).update(reach.nodes)
    return small


def _grouped(
    graph: Graph,
    component: set[str],
    floor: float,
    rule: Rule,
    owner: Callable[[str], str],
    bonds: Callable[[str], Mapping[str, bool]],
) -> list[Group]:
    order = sorted(component)
    apart = [(a, b) for a in order for b, one in bonds(a).items() if not one and b in component]
    if len(order) > rule.limit and not apart:
        return [tuple(order)]
    position = {node: at for at, node in enumerate(order)}
    weights = np.full((len(order), len(order)), rule.unlinked)
    for a in order:
        for b, weight in graph.neighbours(a, floor).items():
            weights[position[a], position[b]] = weight
    owners = np.array([owner(node) for node in order])
    weights[(owners[:, None] == owners[None, :]) & (weights < BOUND)] = -np.inf
    for a, b in apart:
        weights[position[a], position[b]] = -np.inf
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
