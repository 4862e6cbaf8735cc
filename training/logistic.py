"""Logistic regression on named features, with a penalty on large weights; the same examples give the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.incidents.fillers import chance_of

STEPS = 200
RATE = 0.08

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


class _Matrix:
    """A sparse matrix of ones: a row an example, a column a feature; each row and each column has at least one."""

    def __init__(self, columns_of_rows: Sequence[Sequence[int]]) -> None:
        lengths = [len(columns) for columns in columns_of_rows]
        self._columns = np.array([at for columns in columns_of_rows for at in columns])
        self._row_starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        by_column = np.argsort(self._columns, kind="stable")
        self._rows = np.repeat(np.arange(len(lengths)), lengths)[by_column]
        counts = np.bincount(self._columns)
        self._column_starts = np.concatenate([[0], np.cumsum(counts)[:-1]])

    def times(self, weights: Numbers) -> Numbers:
        """The sum of its weights for each row."""
        sums: Numbers = np.add.reduceat(weights[self._columns], self._row_starts)
        return sums

    def gathered(self, values: Numbers) -> Numbers:
        """The sum of the rows' values for each column."""
        sums: Numbers = np.add.reduceat(values[self._rows], self._column_starts)
        return sums


def fitted(examples: Sequence[Example], penalty: float, fewest: int) -> Model:
    """The model by gradient ascent with a step of its own for each feature (Adam); rarer features are left out.

    Each example must have a feature that is as frequent: a constant one.
    """
    counts = Counter(feature for example in examples for feature in example.features)
    names = sorted(name for name, count in counts.items() if count >= fewest)
    matrix = _matrix(examples, names)
    answers = np.array([float(example.right) for example in examples])
    weights, speed, size = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        chances = 1 / (1 + np.exp(-matrix.times(weights)))
        gradient = matrix.gathered(answers - chances) - penalty * weights
        speed = 0.9 * speed + 0.1 * gradient
        size = 0.999 * size + 0.001 * gradient**2
        weights = weights + RATE * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
    return Model(dict(zip(names, weights.tolist(), strict=True)))


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> _Matrix:
    column = {name: at for at, name in enumerate(names)}
    return _Matrix([sorted(column[each] for each in example.features if each in column) for example in examples])
