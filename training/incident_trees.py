"""Boosted trees on rows of numbers, and how they are written down; `training.incidents` trains them.

LightGBM with one thread and fixed seeds: the same rows give the same trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

OUT = Path(__file__).resolve().parent.parent / "onrecord" / "data" / "incident-trees.tsv"
COMMON = {
    "objective": "binary",
    "num_leaves": 7,
    "min_child_samples": 40,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "boost_from_average": True,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
    "verbose": -1,
}
SETTINGS: Mapping[str, dict[str, float]] = {
    "fillers": {"learning_rate": 0.025, "feature_fraction": 0.6, "rounds": 360},
    "happenings": {"learning_rate": 0.02, "feature_fraction": 0.5, "rounds": 300},
}
HEADER = """# Boosted trees: which tellings are a happening, and who had part in it, against all others of an article.
# Columns: model (happenings, fillers); root (x: the first node of a tree); column (of the rows that weighing.py in
# onrecord/reading/incidents makes); threshold; below, above (the node, counted within the model from 0, for numbers up
# to the threshold, and beyond it; empty: a leaf); value (of a leaf, in log odds).
# Source: trained by training/incidents.py on the training articles of MUC-4. Licence: Apache-2.0.
model\troot\tcolumn\tthreshold\tbelow\tabove\tvalue
"""

Trees = lightgbm.Booster


def boosted(name: str, described: Sequence[Sequence[float]], right: Sequence[bool]) -> Trees:
    """The trees for rows and their answers."""
    settings = {**COMMON, **SETTINGS[name]}
    rounds = int(settings.pop("rounds"))
    data = lightgbm.Dataset(np.asarray(described, dtype=np.float64), np.asarray(right, dtype=np.float64))
    return lightgbm.train(settings, data, rounds)


def chances(trees: Trees, described: Sequence[Sequence[float]]) -> list[float]:
    """The likelihood of each row."""
    found: list[float] = trees.predict(np.asarray(described, dtype=np.float64)).tolist() if described else []
    return found


def write(models: Mapping[str, Trees]) -> None:
    """Write the trees, one row a node."""
    lines = [line for name in sorted(models) for line in _lines(name, models[name])]
    OUT.write_text(HEADER + "".join(lines), encoding="utf-8")


def _lines(name: str, trees: Trees) -> Iterator[str]:
    nodes: list[list[str]] = []
    for tree in trees.dump_model()["tree_info"]:
        _add(tree["tree_structure"], nodes, root="x")
    yield from ("\t".join([name, *node]) + "\n" for node in nodes)


def _add(node: dict[str, Any], nodes: list[list[str]], root: str = "") -> int:
    at = len(nodes)
    nodes.append([])
    if "leaf_value" in node and "split_feature" not in node:
        nodes[at] = [root, "", "", "", "", f"{node['leaf_value']:.5f}"]
        return at
    below, above = _add(node["left_child"], nodes), _add(node["right_child"], nodes)
    nodes[at] = [root, str(node["split_feature"]), repr(float(node["threshold"])), str(below), str(above), ""]
    return at
