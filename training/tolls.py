"""Learn from reports on deadly happenings which tolls are of the happening that a report is about.

    python -m training.tolls            # writes onrecord/data/toll-weights.tsv

A logistic regression on the features of `onrecord.reading.casualties.news`, with a penalty on large weights. The
benchmark's answers say what the main toll is: a toll with that figure is of the news, a larger one in the same slot is
not; of a smaller one the answers do not tell, and nothing is learned from it. Also prints the score of the whole
program with weights learned without the article that is scored (five folds), which is the figure to believe.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.score_cached import BENCHMARKS, articles_of, modelled
from onrecord.reading import pipeline
from onrecord.reading.casualties import news
from onrecord.reading.casualties.section import tellings_in
from onrecord.reading.schema import as_json
from training.logistic import Example, fitted

FOLDS = 5
PENALTY = 2.0
FEWEST = 5
OUT = Path(__file__).resolve().parent.parent / "onrecord" / "data" / "toll-weights.tsv"
HEADER = """# How much each feature of a toll speaks for its being of the happening that its article is on (log odds).
# Columns: feature (see onrecord/reading/casualties/news.py); weight.
# Source: trained by training/tolls.py on the reports of FA-KES (CC BY 4.0). Licence: Apache-2.0.
feature\tweight
"""

Answer = dict[str, Any]
Weights = dict[str, float]


def main() -> None:
    """Train, report and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-folds", action="store_true", help="leave the cross-validation out")
    arguments = parser.parse_args()
    sys.path.insert(0, str(BENCHMARKS))
    articles = articles_of(BENCHMARKS / "casualties" / "dev.articles.jsonl")
    lines = (BENCHMARKS / "casualties" / "dev.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row for row in map(json.loads, lines)}
    nlp = pipeline.load()
    docs = list(nlp.pipe(modelled(nlp, articles, "casualties-dev"), disable=[pipeline.MODEL]))
    examples = [each for number, doc in enumerate(docs) for each in _examples(number, doc, gold[doc._.article.id])]
    print(f"{len(examples)} tolls, {sum(example.right for example in examples)} of them of the news")
    if not arguments.no_folds:
        _report(nlp, docs, examples, list(gold.values()))
    rows = sorted(learned(examples).items())
    OUT.write_text(HEADER + "".join(f"{name}\t{weight:.3f}\n" for name, weight in rows), encoding="utf-8")


def learned(examples: list[Example]) -> Weights:
    """The weight of each feature that is frequent enough."""
    return fitted(examples, PENALTY, FEWEST).weights


def _examples(number: int, doc: Doc, row: Answer) -> Iterator[Example]:
    for telling in tellings_in(doc):
        if telling.toll.effect == "killed":
            kept = _is_wanted(telling, row)
            if kept is not None:
                yield Example(news.features_of(telling), kept, number)


def _is_wanted(telling: news.Telling, row: Answer) -> bool | None:
    """Whether the answers have the toll; None where they do not say."""
    from scorers import casualties as scorer

    slot, quantity = _slot(telling), telling.toll.victims.quantity
    accepted = scorer._accepted(row, slot)
    figures = [answer for answer in accepted if isinstance(answer, int)]
    everywhere = [answer for each in scorer.SLOTS for answer in scorer._accepted(row, each) if isinstance(answer, int)]
    if quantity.count is None or quantity.qualifier == "vague":
        return None if figures else "vague" in accepted
    if quantity.count in figures:
        return True
    if quantity.count in everywhere:
        return None
    return None if figures and quantity.count < max(figures) else False


def _slot(telling: news.Telling) -> str:
    kind = telling.toll.kind
    if kind.group in ("children", "women"):
        return kind.group
    return "combatants" if kind.status == "combatant" else "civilians"


def _report(nlp: Language, docs: list[Doc], examples: list[Example], gold: list[Answer]) -> None:
    from scorers import casualties as scorer

    readings: dict[str, Any] = {}
    right = 0
    for fold in range(FOLDS):
        weights = learned([example for example in examples if example.article % FOLDS != fold])
        held_out = [example for example in examples if example.article % FOLDS == fold]
        with patch.object(news, "_weights", return_value=weights):
            right += sum((news.likelihood(example.features) >= news.LEAST) == example.right for example in held_out)
            readings |= dict(_read(nlp, docs[fold::FOLDS]))
    print(f"right, each by weights learned without its article: {right / len(examples):.4f}")
    print(json.dumps(scorer.score(gold, readings), indent=1))


def _read(nlp: Language, docs: Iterable[Doc]) -> Iterator[tuple[str, dict[str, Any]]]:
    with nlp.select_pipes(enable=["onrecord.incidents"]):
        for doc in nlp.pipe(docs):
            yield doc._.article.id, as_json(pipeline.reading_of(doc))


if __name__ == "__main__":
    main()
