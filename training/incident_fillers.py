"""Learn from MUC-4's training articles which phrases name those who did it, and those it was done to.

    python -m training.incident_fillers     # writes onrecord/data/incident-filler-weights.tsv

A logistic regression for each slot on the features of `onrecord.reading.incidents.fillers`, over the phrases in the
sentences of the happenings that the answer key has. Also prints, from five-fold cross-validation, precision and recall
by likelihood.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from benchmarks.score_cached import BENCHMARKS, articles_of, modelled
from onrecord.reading import pipeline
from onrecord.reading.incidents.evidence import Told
from onrecord.reading.incidents.fillers import features_of
from onrecord.reading.incidents.participants import candidates_of
from onrecord.reading.incidents.section import happenings_in
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.syntax import sentence_numbers
from training.incidents import Answer, Example, answers_of, chances, fitted, matrix_of, names_in, reading_with

FOLDS = 5
FEWEST = 6
OUT = Path(__file__).resolve().parent.parent / "onrecord" / "data" / "incident-filler-weights.tsv"
SLOTS = {
    "perpetrator": ("perpetrator_individuals", "perpetrator_organisations"),
    "target": ("targets", "victims"),
}
HEADER = """# How much each feature of a phrase speaks for its naming a perpetrator or target of a happening (log odds).
# Columns: feature (slot, then what onrecord/reading/incidents/fillers.py says of it); weight.
# Source: trained by training/incident_fillers.py on the training articles of MUC-4. Licence: Apache-2.0.
feature\tweight
"""


def main() -> None:
    """Train, report and write the weights."""
    sys.path.insert(0, str(BENCHMARKS))
    articles = articles_of(BENCHMARKS / "incidents" / "train.articles.jsonl")
    lines = (BENCHMARKS / "incidents" / "train.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row["incidents"] for row in map(json.loads, lines)}
    nlp = pipeline.load()
    train(nlp.pipe(modelled(nlp, articles, "incidents-train"), disable=[pipeline.MODEL]), gold)


def train(docs: Iterable[Doc], gold: dict[str, list[Answer]]) -> None:
    """Learn from documents that the pipeline has read and the answers by article id."""
    examples: dict[str, list[Example]] = {slot: [] for slot in SLOTS}
    for number, doc in enumerate(docs):
        for slot, example in _examples(number, doc, gold[doc._.article.id]):
            examples[slot].append(example)
    rows: list[tuple[str, float]] = []
    for slot, its_examples in examples.items():
        _report(slot, its_examples)
        names = names_in(its_examples, FEWEST)
        rows += zip(names, fitted(matrix_of(its_examples, names), answers_of(its_examples)), strict=True)
    OUT.write_text(HEADER + "".join(f"{name}\t{weight:.3f}\n" for name, weight in sorted(rows)), encoding="utf-8")


def _examples(number: int, doc: Doc, answers: list[Answer]) -> Iterator[tuple[str, Example]]:
    from scorers import incidents as scorer

    if not answers:
        return
    setting = Setting(doc, sentence_numbers(doc))
    told = [each for each in happenings_in(setting) if each.incident.type == "ASSAULT"]
    found = [(each, item) for each in told for item in scorer.incidents_of(reading_with(doc, each))]
    answer_of = {
        id(item): answer for item, answer in scorer.align([item for _, item in found], answers, scorer.exact) if item
    }
    for each, item in found:
        answer = answer_of[id(item)]
        if answer is not None:
            yield from _of_happening(number, each, answer, setting)


def _of_happening(number: int, told: Told, answer: Answer, setting: Setting) -> Iterator[tuple[str, Example]]:
    from scorers.incidents import agree, exact

    optional = answer.get("optional_fillers") or {}
    for candidate, span, entity in candidates_of(told.draft, setting):
        names = [span.text, *_names(entity, setting)]
        wanted = [filler for slot in SLOTS[candidate.slot] for filler in answer[slot]]
        doubtful = [filler for slot in SLOTS[candidate.slot] for filler in optional.get(slot, [])]
        if any(agree(names, filler, exact) for filler in doubtful):
            continue
        right = any(agree(names, filler, exact) for filler in wanted)
        features = features_of(candidate, told.draft, setting)
        yield candidate.slot, Example(number, features, right, int(right), int(bool(candidate.given)))


def _names(entity: str | None, setting: Setting) -> list[str]:
    if entity is None:
        return []
    mentions = [mention.text for mention in setting.doc._.mentions if mention.entity == entity]
    return [setting.entities[entity].name, *mentions]


def _report(slot: str, examples: list[Example]) -> None:
    chance = np.zeros(len(examples))
    for fold in range(FOLDS):
        inside = [example for example in examples if example.article % FOLDS != fold]
        outside = [at for at, example in enumerate(examples) if example.article % FOLDS == fold]
        names = names_in(inside, FEWEST)
        weights = fitted(matrix_of(inside, names), answers_of(inside))
        chance[outside] = chances(matrix_of([examples[at] for at in outside], names), weights)
    right, given = answers_of(examples), np.array([example.given for example in examples])
    print(
        f"{slot}: {len(examples)} phrases, {right.sum():.0f} right; of {given.sum()} that the parse gives "
        f"{(right * given).sum():.0f}"
    )
    for least in np.arange(0.0, 0.8, 0.1):
        for name, group in (("given", given == 1), ("added", given == 0)):
            kept = (chance >= least) & group
            print(f"  {name} from {least:.1f}: {kept.sum()} kept, {(right * kept).sum():.0f} right", end=";")
        print()


if __name__ == "__main__":
    main()
