"""Learn from MUC-4's training articles what an incident is, and who had part in it.

    python -m training.incidents     # writes onrecord/data/incident-filler-weights.tsv and incident-weights.tsv

Two logistic regressions with a penalty on large weights: who and what had part (`training.incident_fillers`), and, on
the likelihoods that this gives for articles that it did not learn from, which tellings are of one happening that a
record would keep. A telling counts as a happening where the benchmark's scorer maps it to an incident of the key. Also
prints the benchmark's score from cross-validation, the figure to believe. The same articles always give the same
weights. Takes some minutes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from benchmarks.score_cached import BENCHMARKS, articles_of, modelled
from onrecord.reading import pipeline
from onrecord.reading.incidents.evidence import Told, features_of
from onrecord.reading.incidents.fillers import WEIGHED
from onrecord.reading.incidents.section import filled, happenings_in, is_kept
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.schema import as_json
from onrecord.reading.syntax import sentence_numbers
from training import incident_fillers
from training.incident_fillers import Answer
from training.logistic import Example, Model, fitted

FOLDS = 5
PENALTY = 20.0
FEWEST = 4
LEAST_WEIGHT = 0.01
OUT = Path(__file__).resolve().parent.parent / "onrecord" / "data" / "incident-weights.tsv"
HEADER = """# How much each feature of a telling speaks for its being one happening that a record would keep (log odds).
# Columns: feature (see onrecord/reading/incidents/evidence.py); weight.
# Source: trained by training/incidents.py on the training articles of MUC-4. Licence: Apache-2.0.
feature\tweight
"""


@dataclass(slots=True)
class Case:
    """An article: what it may tell, the key's answers, and for each telling the answer that it is of."""

    setting: Setting
    told: list[Told]
    answers: list[Answer]
    answer_of: list[Answer | None]
    chances: list[float]


def main() -> None:
    """Train, report and write the weights."""
    sys.path.insert(0, str(BENCHMARKS))
    articles = articles_of(BENCHMARKS / "incidents" / "train.articles.jsonl")
    lines = (BENCHMARKS / "incidents" / "train.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row["incidents"] for row in map(json.loads, lines)}
    nlp = pipeline.load()
    docs = nlp.pipe(modelled(nlp, articles, "incidents-train"), disable=[pipeline.MODEL, "onrecord.incidents"])
    train([case_of(doc, gold[doc._.article.id]) for doc in docs])


def train(cases: list[Case]) -> None:
    """Learn from the articles, report and write."""
    fillers = with_held_back_chances(cases)
    model = _learned(cases)
    report(cases)
    incident_fillers.write(fillers)
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in sorted(model.weights.items()) if abs(weight) >= LEAST_WEIGHT]
    OUT.write_text(HEADER + "".join(lines), encoding="utf-8")


def case_of(doc: Doc, answers: list[Answer]) -> Case:
    """An article with the tellings aligned to the key by who the parse says had part in them."""
    doc._.incidents = ()
    setting = Setting(doc, sentence_numbers(doc))
    told = happenings_in(setting, weights={})
    case = Case(setting, told, answers, [None] * len(told), [1.0] * len(told))
    by_parse = [replace(each, candidates=()) for each in told]
    _align(case, [filled(each, 1.0, setting) for each in by_parse])
    return case


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


def with_held_back_chances(cases: list[Case]) -> incident_fillers.Weights:
    """The weights of the fillers; sets in each case the likelihoods that the other folds' weights give."""
    for fold in range(FOLDS):
        weights = incident_fillers.learned(_filler_examples(_without(cases, fold)))
        for case in cases[fold::FOLDS]:
            case.told = [incident_fillers.with_chances(each, weights) for each in case.told]
    for fold in range(FOLDS):
        model = _learned(_without(cases, fold))
        for case in cases[fold::FOLDS]:
            case.chances = [model.chance(features_of(each, case.setting)) for each in case.told]
    return incident_fillers.learned(_filler_examples(cases))


def _without(cases: list[Case], fold: int) -> list[Case]:
    return [case for at, case in enumerate(cases) if at % FOLDS != fold]


def _filler_examples(cases: Iterable[Case]) -> Iterator[tuple[str, Example]]:
    for case in cases:
        for told, answer in zip(case.told, case.answer_of, strict=True):
            if answer is not None:
                yield from incident_fillers.examples_of(told, answer, case.setting)


def _learned(cases: Iterable[Case]) -> Model:
    """The weights that tell happenings from remarks; those that the key calls optional are neither."""
    examples = [
        Example(features_of(told, case.setting), answer is not None)
        for case in cases
        for told, answer in zip(case.told, case.answer_of, strict=True)
        if told.incident.type in WEIGHED and not (answer is not None and answer["optional"])
    ]
    return fitted(examples, PENALTY, FEWEST)


def report(cases: list[Case]) -> None:
    """Print the benchmark's score, each article read by weights that were learned without it."""
    from scorers import incidents as scorer

    gold = [{"id": str(number), "incidents": case.answers} for number, case in enumerate(cases)]
    readings = {str(number): reading_with(case, *_kept(case)) for number, case in enumerate(cases)}
    print(json.dumps(scorer.score(gold, readings), indent=1))


def _kept(case: Case) -> list[Told]:
    pairs = zip(case.told, case.chances, strict=True)
    return [filled(told, chance, case.setting) for told, chance in pairs if is_kept(told, chance, case.setting)]


if __name__ == "__main__":
    main()
