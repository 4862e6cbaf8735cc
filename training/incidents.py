"""Learn from MUC-4's training articles what an incident is, and who had part in it.

    python -m training.incidents     # writes incident-*.tsv in onrecord/data

In three steps, each on the likelihoods that the one before gives for articles that it did not learn from. First a
logistic regression on the words of an article: whether it tells any incident. Then one on what is told of each
happening and of each who may have had part in it (`training.incident_fillers`). Then boosted trees
(`training.incident_trees`) on how these likelihoods stand to each other. A telling counts as a happening where the
benchmark's scorer maps it to an incident of the key. Also prints the benchmark's score from cross-validation, the
figure to believe. The same articles always give the same weights. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from benchmarks.score_cached import BENCHMARKS, articles_of, modelled
from onrecord.reading import pipeline
from onrecord.reading.incidents.evidence import Told, article_features, features_of
from onrecord.reading.incidents.fillers import WEIGHED
from onrecord.reading.incidents.section import filled, happenings_in, kept
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.weighing import (
    FILLERS,
    HAPPENINGS,
    Read,
    rows_of_fillers,
    rows_of_happenings,
    with_chances,
    with_likelihoods,
)
from onrecord.reading.schema import as_json
from onrecord.reading.syntax import sentence_numbers
from training import incident_fillers, incident_trees
from training.incident_fillers import Answer
from training.logistic import Example, Model, fitted

FOLDS = 5
PENALTY, ARTICLE_PENALTY = 20.0, 25.0
FEWEST = 4
LEAST_WEIGHT = 0.02
DATA = Path(__file__).resolve().parent.parent / "onrecord" / "data"
HEADER = """# How much each {what} (log odds).
# Columns: feature (see onrecord/reading/incidents/evidence.py); weight.
# Source: trained by training/incidents.py on the training articles of MUC-4. Licence: Apache-2.0.
feature\tweight
"""
OUT = {
    "incident-weights": "feature of a telling speaks for its being one happening that a record would keep",
    "incident-article-weights": "word of an article speaks for its telling any happening that a record would keep",
}


@dataclass(slots=True)
class Case:
    """An article: what it may tell, the key's answers, and for each telling the answer that it is of."""

    setting: Setting
    told: list[Told]
    answers: list[Answer]
    answer_of: list[Answer | None]
    labels: list[bool | None] = field(default_factory=list)
    """For each element of each telling whether the key has it; None where it does not say."""
    article: float = 0.5
    chances: list[float] = field(default_factory=list)

    @property
    def read(self) -> Read:
        """The tellings with the likelihoods that words give."""
        return Read(self.told, self.chances, self.article, self.setting)


def main() -> None:
    """Train, report and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parts", nargs="+", default=["train"])
    sys.path.insert(0, str(BENCHMARKS))
    train([case for part in parser.parse_args().parts for case in cases_of(part)])


def cases_of(part: str) -> Iterator[Case]:
    """The articles of a part with their answers."""
    articles = articles_of(BENCHMARKS / "incidents" / f"{part}.articles.jsonl")
    lines = (BENCHMARKS / "incidents" / f"{part}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row["incidents"] for row in map(json.loads, lines)}
    nlp = pipeline.load()
    docs = nlp.pipe(modelled(nlp, articles, f"incidents-{part}"), disable=[pipeline.MODEL, "onrecord.incidents"])
    return (case_of(doc, gold[doc._.article.id]) for doc in docs)


def train(cases: list[Case]) -> None:
    """Learn from the articles, report and write."""
    articles = _with_held_back_articles(cases)
    fillers = _with_held_back_words(cases)
    happenings = _with_held_back_likelihoods(cases)
    trees = {FILLERS: _with_held_back_people(cases), HAPPENINGS: _with_held_back_happenings(cases)}
    report(cases)
    incident_fillers.write(fillers)
    incident_trees.write(trees)
    _write("incident-weights", happenings)
    _write("incident-article-weights", articles)


def _write(name: str, model: Model) -> None:
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in sorted(model.weights.items()) if abs(weight) >= LEAST_WEIGHT]
    (DATA / f"{name}.tsv").write_text(HEADER.format(what=OUT[name]) + "".join(lines), encoding="utf-8")


def case_of(doc: Doc, answers: list[Answer]) -> Case:
    """An article with the tellings aligned to the key by who the parse says had part in them."""
    doc._.incidents = ()
    setting = Setting(doc, sentence_numbers(doc))
    told = happenings_in(setting, weights={})
    case = Case(setting, told, answers, [None] * len(told))
    _align(case, [filled(replace(each, candidates=()), setting) for each in told])
    case.labels = [
        label for each, answer in zip(told, case.answer_of, strict=True) for label in _labels(each, answer, setting)
    ]
    return case


def _labels(told: Told, answer: Answer | None, setting: Setting) -> list[bool | None]:
    return incident_fillers.labels_of(told, answer, setting)


def _align(case: Case, told: list[Told]) -> None:
    from scorers import incidents as scorer

    whole = reading_with(case, *told)
    each_alone = ({**whole, "incidents": [incident]} for incident in whole["incidents"])
    items = [(at, item) for at, reading in enumerate(each_alone) for item in scorer.incidents_of(reading)]
    pairs = scorer.align([item for _, item in items], case.answers, scorer.exact)
    answer_of = {id(item): answer for item, answer in pairs if item is not None}
    for at, item in items:
        case.answer_of[at] = answer_of[id(item)]


def reading_with(case: Case, *told: Told) -> dict[str, Any]:
    """The reading as JSON values with these happenings."""
    reading = pipeline.reading_of(case.setting.doc)
    return as_json(replace(reading, incidents=tuple(each.incident for each in told)))


def _folds(cases: Sequence[Case]) -> Iterator[tuple[list[Case], Sequence[Case]]]:
    """Each fold's articles to learn from, and those held back."""
    for fold in range(FOLDS):
        yield [case for at, case in enumerate(cases) if at % FOLDS != fold], cases[fold::FOLDS]


def _with_held_back_articles(cases: Sequence[Case]) -> Model:
    for others, own in _folds(cases):
        model = _of_articles(others)
        for case in own:
            case.article = model.chance(article_features(case.setting))
    return _of_articles(cases)


def _of_articles(cases: Iterable[Case]) -> Model:
    """The weights of words; articles that only have what the key calls optional are left out."""
    examples = [
        Example(article_features(case.setting), bool(case.answers))
        for case in cases
        if not case.answers or any(not answer["optional"] for answer in case.answers)
    ]
    return fitted(examples, ARTICLE_PENALTY, FEWEST)


def _with_held_back_words(cases: Sequence[Case]) -> incident_fillers.Weights:
    """The weights of the fillers; sets in each case the likelihoods that the other folds' weights give."""
    for others, own in _folds(cases):
        weights = incident_fillers.learned(_filler_examples(others))
        for case in own:
            case.told = [incident_fillers.with_chances(each, weights) for each in case.told]
    return incident_fillers.learned(_filler_examples(cases))


def _filler_examples(cases: Iterable[Case]) -> Iterator[tuple[str, Example]]:
    for case in cases:
        elements = (each for told in case.told for each in incident_fillers.elements(told))
        for (slot, each), label in zip(elements, case.labels, strict=True):
            if label is not None:
                yield slot, Example(each.features, label)


def _with_held_back_likelihoods(cases: Sequence[Case]) -> Model:
    for others, own in _folds(cases):
        model = _of_happenings(others)
        for case in own:
            case.chances = [model.chance(features_of(each, case.setting, case.article)) for each in case.told]
    return _of_happenings(cases)


def _of_happenings(cases: Iterable[Case]) -> Model:
    """The weights that tell happenings from remarks; those that the key calls optional are neither."""
    examples = [
        Example(features_of(told, case.setting, case.article), label)
        for case in cases
        for told, label in zip(case.told, _happenings(case), strict=True)
        if label is not None
    ]
    return fitted(examples, PENALTY, FEWEST)


def _happenings(case: Case) -> list[bool | None]:
    """For each telling whether the key has it; None where it is optional or of another type."""
    return [
        None if told.incident.type not in WEIGHED or (answer is not None and answer["optional"]) else answer is not None
        for told, answer in zip(case.told, case.answer_of, strict=True)
    ]


def _with_held_back_people(cases: Sequence[Case]) -> incident_trees.Trees:
    rows = {id(case): rows_of_fillers(case.read) for case in cases}
    labels = {id(case): case.labels for case in cases}
    for others, own in _folds(cases):
        trees = _boosted(FILLERS, others, rows, labels)
        for case in own:
            case.told = with_chances(case.read, incident_trees.chances(trees, rows[id(case)])).told
    return _boosted(FILLERS, cases, rows, labels)


def _with_held_back_happenings(cases: Sequence[Case]) -> incident_trees.Trees:
    rows = {id(case): rows_of_happenings(case.read) for case in cases}
    labels = {
        id(case): [label for told, label in zip(case.told, _happenings(case), strict=True) if _is_weighed(told)]
        for case in cases
    }
    for others, own in _folds(cases):
        trees = _boosted(HAPPENINGS, others, rows, labels)
        for case in own:
            case.told = with_likelihoods(case.read, incident_trees.chances(trees, rows[id(case)]))
    return _boosted(HAPPENINGS, cases, rows, labels)


def _is_weighed(told: Told) -> bool:
    return told.draft.type in WEIGHED


def _boosted(
    name: str, cases: Iterable[Case], rows: dict[int, list[list[float]]], labels: dict[int, list[bool | None]]
) -> incident_trees.Trees:
    known = [
        (row, label)
        for case in cases
        for row, label in zip(rows[id(case)], labels[id(case)], strict=True)
        if label is not None
    ]
    return incident_trees.boosted(name, [row for row, _ in known], [label for _, label in known])


def report(cases: list[Case]) -> None:
    """Print the benchmark's score, each article read by weights that were learned without it."""
    from scorers import incidents as scorer

    gold = [{"id": str(number), "incidents": case.answers} for number, case in enumerate(cases)]
    readings = {str(number): reading_with(case, *_kept(case)) for number, case in enumerate(cases)}
    print(json.dumps(scorer.score(gold, readings), indent=1))


def _kept(case: Case) -> list[Told]:
    return [filled(told, case.setting) for told in kept(case.told, case.setting)]


if __name__ == "__main__":
    main()
