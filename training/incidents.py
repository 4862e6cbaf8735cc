"""Learn from MUC-4's training articles which tellings are of one happening that a record would keep.

    python -m training.incidents            # writes onrecord/data/incident-weights.tsv

A logistic regression on the features of `onrecord.reading.incidents.evidence`, with a penalty on large weights; the
same articles always give the same weights. A telling counts as a happening where the benchmark's scorer maps it to an
incident of the answer key. Also prints, from five-fold cross-validation, the score for each least likelihood.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from benchmarks.score_cached import BENCHMARKS, articles_of, modelled
from onrecord.reading import pipeline
from onrecord.reading.incidents.evidence import Told, features_of
from onrecord.reading.incidents.section import WEIGHED, happenings_in
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.schema import as_json
from onrecord.reading.syntax import sentence_numbers

FOLDS = 5
PENALTY = 2.0
STEPS = 400
RATE = 0.05
FEWEST = 4
OUT = Path(__file__).resolve().parent.parent / "onrecord" / "data" / "incident-weights.tsv"
HEADER = """# How much each feature of a telling speaks for its being one happening that a record would keep (log odds).
# Columns: feature (see onrecord/reading/incidents/evidence.py); weight.
# Source: trained by training/incidents.py on the training articles of MUC-4. Licence: Apache-2.0.
feature\tweight
"""

Numbers = NDArray[np.float64]
Answer = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One telling: its features, whether the key has it, and the slots (right, given) that keeping it adds."""

    article: int
    features: frozenset[str]
    kept: bool | None
    right: int
    given: int


def main() -> None:
    """Train, report and write the weights."""
    sys.path.insert(0, str(BENCHMARKS))
    articles = articles_of(BENCHMARKS / "incidents" / "train.articles.jsonl")
    lines = (BENCHMARKS / "incidents" / "train.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row["incidents"] for row in map(json.loads, lines)}
    nlp = pipeline.load()
    docs = nlp.pipe(modelled(nlp, articles, "incidents-train"), disable=[pipeline.MODEL])
    train(docs, gold)


def train(docs: Iterable[Doc], gold: dict[str, list[Answer]]) -> None:
    """Learn from documents that the pipeline has read and the answers by article id."""
    examples = [each for number, doc in enumerate(docs) for each in _examples(number, doc, gold[doc._.article.id])]
    wanted = sum(_slots(answer) for answers in gold.values() for answer in answers if not answer["optional"])
    _report(examples, wanted)
    names = names_in(examples)
    weights = fitted(matrix_of(examples, names), answers_of(examples))
    rows = sorted(zip(names, weights, strict=True))
    OUT.write_text(HEADER + "".join(f"{name}\t{weight:.3f}\n" for name, weight in rows), encoding="utf-8")


def _slots(answer: Answer) -> int:
    from scorers.incidents import SLOTS

    return 1 + sum(len(answer[slot]) for slot in SLOTS)


def _examples(number: int, doc: Doc, answers: list[Answer]) -> Iterator[Example]:
    from scorers import incidents as scorer

    setting = Setting(doc, sentence_numbers(doc))
    told = [each for each in happenings_in(setting) if each.incident.type in WEIGHED]
    found = [(each, item) for each in told for item in scorer.incidents_of(reading_with(doc, each))]
    pairs = scorer.align([item for _, item in found], answers, scorer.exact)
    answer_of = {id(item): answer for item, answer in pairs if item is not None}
    for each, item in found:
        answer = answer_of[id(item)]
        if answer["optional"] if answer else not item["in_scope"]:
            continue
        counts = scorer.total(list(scorer.compare(item, answer, scorer.exact).values()))
        yield Example(number, features_of(each, setting), answer is not None, counts[0], counts[1])


def reading_with(doc: Doc, told: Told) -> dict[str, Any]:
    """The reading as JSON values with this one happening."""
    reading = pipeline.reading_of(doc)
    return as_json(replace(reading, incidents=(told.incident,)))


def names_in(examples: Iterable[Example], fewest: int = FEWEST) -> list[str]:
    """The features that are frequent enough to learn from, sorted."""
    counts = Counter(feature for example in examples for feature in example.features)
    return sorted(feature for feature, count in counts.items() if count >= fewest)


@dataclass(frozen=True)
class Matrix:
    """A sparse matrix of ones: a row an example, a column a feature; `rows` and `columns` say where it has one."""

    shape: tuple[int, int]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]

    def times(self, weights: Numbers) -> Numbers:
        """The sum of its weights for each row."""
        return np.bincount(self.rows, weights=weights[self.columns], minlength=self.shape[0]).astype(np.float64)

    def gathered(self, values: Numbers) -> Numbers:
        """The sum of the rows' values for each column."""
        return np.bincount(self.columns, weights=values[self.rows], minlength=self.shape[1]).astype(np.float64)


def matrix_of(examples: list[Example], names: list[str]) -> Matrix:
    """The examples' features, by the order of the names."""
    column = {name: at for at, name in enumerate(names)}
    cells = [(row, column[each]) for row, example in enumerate(examples) for each in example.features if each in column]
    rows, columns = np.array(sorted(cells), dtype=np.int64).T
    return Matrix((len(examples), len(names)), rows, columns)


def answers_of(examples: list[Example]) -> Numbers:
    """1 for each example that the key has."""
    return np.array([float(bool(example.kept)) for example in examples])


def fitted(matrix: Matrix, answers: Numbers) -> Numbers:
    """The weights by gradient ascent with a step of its own for each feature (Adam), with an L2 penalty."""
    weights, speed, size = (np.zeros(matrix.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        gradient = matrix.gathered(answers - chances(matrix, weights)) - PENALTY * weights
        speed = 0.9 * speed + 0.1 * gradient
        size = 0.999 * size + 0.001 * gradient**2
        weights = weights + RATE * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
    return weights


def chances(matrix: Matrix, weights: Numbers) -> Numbers:
    """The likelihood of each row."""
    return 1 / (1 + np.exp(-matrix.times(weights)))


def _report(examples: list[Example], wanted: int) -> None:
    chance = np.zeros(len(examples))
    for fold in range(FOLDS):
        inside = [example for example in examples if example.article % FOLDS != fold]
        outside = [at for at, example in enumerate(examples) if example.article % FOLDS == fold]
        names = names_in(inside)
        weights = fitted(matrix_of(inside, names), answers_of(inside))
        chance[outside] = chances(matrix_of([examples[at] for at in outside], names), weights)
    print(f"{len(examples)} tellings, {sum(bool(example.kept) for example in examples)} of them in the key")
    for least in np.arange(0.0, 0.8, 0.05):
        right = sum(example.right for example, each in zip(examples, chance, strict=True) if each >= least)
        given = sum(example.given for example, each in zip(examples, chance, strict=True) if each >= least)
        print(
            f"least {least:.2f}: F1 {2 * right / (given + wanted):.4f}  P {right / given:.3f}  R {right / wanted:.3f}"
        )


if __name__ == "__main__":
    main()
