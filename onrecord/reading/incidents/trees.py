"""Boosted decision trees: the likelihood of what is described by a row of numbers.

Trained by `training/incidents.py`; the trees stand in `data/incident-trees.tsv`, one row a node.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon import rows

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
_LEAF = -1


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees one after the other: by which column they part, at what number, where each side goes on."""

    roots: Places
    column: Places
    threshold: Numbers
    below: Places
    above: Places
    value: Numbers
    depth: int

    def chances(self, described: Sequence[Sequence[float]]) -> list[float]:
        """The likelihood of each row; what is at most the threshold of a node goes below."""
        if not described:
            return []
        table = np.asarray(described, dtype=np.float64)
        each = np.arange(len(table))[:, None]
        at = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        for _ in range(self.depth):
            at = np.where(table[each, self.column[at]] <= self.threshold[at], self.below[at], self.above[at])
        found: list[float] = (1 / (1 + np.exp(-self.value[at].sum(axis=1)))).tolist()
        return found


@cache
def trees_of(model: str) -> Trees:
    """The packaged trees of that name."""
    return joined([row for row in rows("incident-trees") if row["model"] == model])


def joined(nodes: Sequence[dict[str, str]]) -> Trees:
    """The trees of these nodes, as columns of text."""
    numbers = np.array([[float(node[each] or _LEAF) for each in ("below", "above")] for node in nodes]).astype(np.int64)
    own = np.arange(len(nodes))
    leaf = numbers[:, 0] == _LEAF
    below, above = (np.where(leaf, own, side) for side in (numbers[:, 0], numbers[:, 1]))
    return Trees(
        roots=np.array([at for at, node in enumerate(nodes) if node["root"]], dtype=np.int64),
        column=np.array([int(node["column"] or 0) for node in nodes], dtype=np.int64),
        threshold=np.array([float(node["threshold"] or 0) for node in nodes]),
        below=below,
        above=above,
        value=np.array([float(node["value"] or 0) for node in nodes]),
        depth=_depth(nodes, below, above),
    )


def _depth(nodes: Sequence[dict[str, str]], below: Places, above: Places) -> int:
    """How many steps lead from a root to the farthest leaf."""
    level = {at for at, node in enumerate(nodes) if node["root"]}
    depth = 0
    while inner := {at for at in level if below[at] != at}:
        level = {int(side) for at in inner for side in (below[at], above[at])}
        depth += 1
    return depth
