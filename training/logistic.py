"""Logistic regression on named features, with a penalty on large weights; the same examples give the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.reading.incidents.fillers import chance_of

STEPS = 200

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """Features by name, and whether it is one of those to be found."""

    features: frozenset[str]
    right: bool
    article: int = 0
    """Which article it is of, for those who hold some back."""


@dataclass(frozen=True, slots=True)
class Model:
    """The weight of each feature in log odds."""

    weights: dict[str, float]

    def chance(self, features: frozenset[str]) -> float:
        """The likelihood of an example with these features."""
        return chance_of(self.weights, features)


def fitted(examples: Sequence[Example], penalty: float, fewest: int) -> Model:
    """The model that makes the answers likeliest (L-BFGS); features of fewer than `fewest` examples are left out."""
    counts = Counter(feature for example in examples for feature in example.features)
    names = sorted(name for name, count in counts.items() if count >= fewest)
    table = _table(examples, names)
    answers = np.array([float(example.right) for example in examples])

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        sums = table @ weights
        misfit = np.logaddexp(0, sums).sum() - answers @ sums
        slope = table.T @ (1 / (1 + np.exp(-sums)) - answers) + penalty * weights
        return float(misfit + penalty / 2 * (weights @ weights)), slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return Model(dict(zip(names, found.x.tolist(), strict=True)))


def _table(examples: Sequence[Example], names: Sequence[str]) -> csr_matrix:
    """A row of ones an example, a column a feature."""
    column = {name: at for at, name in enumerate(names)}
    rows = [sorted(column[each] for each in example.features if each in column) for example in examples]
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns = np.array([at for row in rows for at in row], dtype=np.int64)
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
