"""Groups do not depend on the order in which nodes come, and only what can have changed is worked out again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record.grouping import BOUND, Component, Rule, affected, average_link, regrouped, settled

RULE = Rule(ladder=(0.2, 0.5, 0.8), cut=0.4, limit=4)
NODES = [f"n{number}" for number in range(9)]
EDGES = st.dictionaries(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda ends: ends[0] < ends[1]),
    st.sampled_from([0.2, 0.3, 0.45, 0.5, 0.6, 0.8, 0.9, 1.0]),
)


class Edges:
    def __init__(self) -> None:
        self.by_node: dict[str, dict[str, float]] = defaultdict(dict)

    def put(self, a: str, b: str, weight: float) -> None:
        self.by_node[a][b] = self.by_node[b][a] = weight

    def neighbours(self, node: str, floor: float) -> dict[str, float]:
        return {other: weight for other, weight in self.by_node[node].items() if weight >= floor}


def owner(node: str) -> str:
    return {"n0": "one", "n1": "one"}.get(node, node)


def arrived(edges: dict[tuple[str, str], float], order: list[str]) -> dict[str, tuple[str, ...]]:
    graph, groups, there = Edges(), {}, set()
    for node in order:
        there.add(node)
        for (a, b), weight in edges.items():
            if node in (a, b) and {a, b} <= there:
                graph.put(a, b, weight)
        groups |= {member: group for group in regrouped(graph, [node], RULE, owner).groups for member in group}
    return groups


@given(EDGES, st.permutations(NODES))
@settings(max_examples=150, deadline=None)
def test_the_order_of_arrival_does_not_matter(edges: dict[tuple[str, str], float], order: list[str]) -> None:
    assert arrived(edges, order) == arrived(edges, NODES)


def joined(edges: dict[tuple[str, str], float], order: list[str]) -> dict[str, tuple[str, ...]]:
    """As `arrived`, but large groups are known, and only what is new in them is looked at."""
    graph, groups, there = Edges(), {}, set()

    def large(nodes: Collection[str]) -> dict[str, str]:
        return {node: groups[node][0] for node in nodes if len(groups.get(node, ())) > RULE.limit}

    for node in order:
        there.add(node)
        for (a, b), weight in edges.items():
            if node in (a, b) and {a, b} <= there:
                graph.put(a, b, weight)
        found = regrouped(graph, [node], RULE, owner, large=large)
        whole = [sorted({*new, *(each for name in names for each in groups[name])}) for new, names in found.grown]
        groups |= {member: tuple(group) for group in [*found.groups, *whole] for member in group}
    return groups


@given(EDGES, st.permutations(NODES))
@settings(max_examples=300, deadline=None)
def test_a_large_group_that_is_known_grows_as_one_that_is_looked_through(
    edges: dict[tuple[str, str], float], order: list[str]
) -> None:
    edges = {ends: min(1.0, weight + 0.3) for ends, weight in edges.items()}
    assert joined(edges, order) == arrived(edges, NODES)


@given(EDGES, st.sampled_from(NODES))
@settings(max_examples=100, deadline=None)
def test_who_leaves_leaves_what_there_was_without_it(edges: dict[tuple[str, str], float], gone: str) -> None:
    groups = arrived(edges, NODES)
    graph = Edges()
    for (a, b), weight in edges.items():
        if gone not in (a, b):
            graph.put(a, b, weight)
    left = sorted({a if b == gone else b for a, b in edges if gone in (a, b)})
    for node in left:
        groups |= {member: group for group in regrouped(graph, [node], RULE, owner).groups for member in group}
    del groups[gone]
    without = [node for node in NODES if node != gone]
    assert groups == arrived({ends: weight for ends, weight in edges.items() if gone not in ends}, without)


BONDS = st.dictionaries(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda ends: ends[0] < ends[1]),
    st.booleans(),
    max_size=6,
)


class Bound(Edges):
    """Edges, and what people decided on pairs of nodes."""

    def __init__(self) -> None:
        super().__init__()
        self.by_people: dict[str, dict[str, bool]] = defaultdict(dict)

    def bind(self, a: str, b: str, one: bool) -> None:
        self.by_people[a][b] = self.by_people[b][a] = one

    def bonds(self, node: str) -> dict[str, bool]:
        return self.by_people[node]

    def neighbours(self, node: str, floor: float) -> dict[str, float]:
        return super().neighbours(node, floor) | {other: BOUND for other, one in self.bonds(node).items() if one}


def bound(edges: dict[tuple[str, str], float], decided: dict[tuple[str, str], bool]) -> dict[str, tuple[str, ...]]:
    graph = Bound()
    for (a, b), weight in edges.items():
        graph.put(a, b, weight)
    for (a, b), one in decided.items():
        graph.bind(a, b, one)
    found = regrouped(graph, NODES, RULE, owner, bonds=graph.bonds).groups
    return {node: group for group in found for node in group}


@given(EDGES, BONDS)
@settings(max_examples=150, deadline=None)
def test_what_people_decided_holds_in_the_groups(
    edges: dict[tuple[str, str], float], decided: dict[tuple[str, str], bool]
) -> None:
    groups = bound(edges, decided)
    apart = [pair for pair, one in decided.items() if not one]
    assert all(groups[a] != groups[b] for a, b in apart)
    if not apart:
        assert all(groups[a] == groups[b] or "n0" in {a, b} or "n1" in {a, b} for a, b in decided)


@given(EDGES, BONDS, st.permutations(NODES))
@settings(max_examples=150, deadline=None)
def test_the_order_of_arrival_does_not_matter_to_what_people_decided(
    edges: dict[tuple[str, str], float], decided: dict[tuple[str, str], bool], order: list[str]
) -> None:
    """A node that comes brings its edges, then its bonds: as an article that comes back does on record."""
    graph, groups, there = Bound(), {}, set()
    for node in order:
        there.add(node)
        for (a, b), weight in edges.items():
            if node in (a, b) and {a, b} <= there:
                graph.put(a, b, weight)
        groups |= {
            each: group for group in regrouped(graph, [node], RULE, owner, bonds=graph.bonds).groups for each in group
        }
        new = {pair: one for pair, one in decided.items() if node in pair and set(pair) <= there}
        ends = {end for pair in new for end in pair}
        touched = ends | {each for end in ends for each in affected(graph, end, RULE)}
        for (a, b), one in new.items():
            graph.bind(a, b, one)
        again = regrouped(graph, sorted(touched), RULE, owner, bonds=graph.bonds).groups
        groups |= {each: group for group in again for each in group}
    assert groups == bound(edges, decided)


@given(EDGES)
def test_nodes_of_one_owner_stay_apart(edges: dict[tuple[str, str], float]) -> None:
    groups = arrived({ends: min(weight, 0.7) for ends, weight in edges.items()}, NODES)
    assert groups["n0"] != groups["n1"]


def test_a_chain_that_is_too_long_is_cut_at_its_weak_edges() -> None:
    graph = Edges()
    for at in range(8):
        graph.put(NODES[at], NODES[at + 1], 0.9 if at % 2 == 0 else 0.3)
    assert settled(graph, "n0", RULE) == Component({"n0", "n1"}, 0.5)


def test_groups_merge_by_their_mean_weight() -> None:
    weights = np.array([[0, 0.9, 0.1, 0], [0.9, 0, 0.5, 0], [0.1, 0.5, 0, 0.6], [0, 0, 0.6, 0]])
    assert average_link(weights, 0.4) == [[0, 1], [2, 3]]
    assert average_link(weights, 0.1) == [[0, 1, 2, 3]]
    assert average_link(weights, 1.0) == [[0], [1], [2], [3]]
