"""Learn from reports on deadly happenings where and when the news of a report happened.

    python -m training.news_setting     # writes onrecord/data/news-setting-weights.tsv

Two logistic regressions on the features of `onrecord.reading.incidents.news_setting`, with a penalty on large weights.
A place that the report names is right where the benchmark's scorer takes it for the answer's; nothing is learned from
others nearby, which may hold it or lie in it, nor from countries. A day is right where it overlaps the answer's. Also
prints the benchmark's score with each article read by weights that were learned without it (five folds), which is the
figure to believe.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.score_cached import BENCHMARKS, articles_of, modelled
from onrecord.reading import pipeline
from onrecord.reading.incidents import news_setting, section
from onrecord.reading.incidents.news_setting import DAY, PLACE, NewsSetting, Option
from onrecord.reading.places.distance import kilometres
from onrecord.reading.schema import WIDE_LEVELS, DateRange, Entity, as_json
from training.logistic import Example, fitted

FOLDS = 5
PENALTY = 3.0
FEWEST = 5
LEAST_WEIGHT = 0.005
NEARBY = 60.0  # kilometres; what lies nearer to the right place may hold it or lie in it
OUT = Path(__file__).resolve().parent.parent / "onrecord" / "data" / "news-setting-weights.tsv"
HEADER = """# How much each feature of a place or day speaks for its being that of the news of its article (log odds).
# Columns: slot (place, day); feature (see onrecord/reading/incidents/news_setting.py); weight.
# Source: trained by training/news_setting.py on the reports of FA-KES (CC BY 4.0). Licence: Apache-2.0.
slot\tfeature\tweight
"""

Answer = dict[str, Any]
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """An article with all options for the place and day of its news."""

    doc: Doc
    options: tuple[Option, ...]


def main() -> None:
    """Train, report and write the weights."""
    sys.path.insert(0, str(BENCHMARKS))
    articles = articles_of(BENCHMARKS / "casualties" / "dev.articles.jsonl")
    lines = (BENCHMARKS / "casualties" / "dev.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row for row in map(json.loads, lines)}
    nlp = pipeline.load()
    docs = nlp.pipe(modelled(nlp, articles, "casualties-dev"), disable=[pipeline.MODEL, "onrecord.incidents"])
    cases = [_case(nlp, doc) for doc in docs]
    examples = [each for number, case in enumerate(cases) for each in _examples(number, case, gold)]
    _report(nlp, cases, examples, list(gold.values()))
    rows = [
        f"{slot}\t{name}\t{weight:.3f}\n"
        for slot, weights in learned(examples).items()
        for name, weight in sorted(weights.items())
        if abs(weight) >= LEAST_WEIGHT
    ]
    OUT.write_text(HEADER + "".join(rows), encoding="utf-8")


def learned(examples: Iterable[tuple[str, Example]]) -> Weights:
    """By slot, the weight of each feature that is frequent enough."""
    by_slot: dict[str, list[Example]] = {DAY: [], PLACE: []}
    for slot, example in examples:
        by_slot[slot].append(example)
    return {slot: fitted(own, PENALTY, FEWEST).weights for slot, own in by_slot.items()}


def _case(nlp: Language, doc: Doc) -> Case:
    """The options that the reading of the article weighs; none where it tells no happening."""
    seen: list[NewsSetting] = []

    class Watched(NewsSetting):
        """Remembers that it was asked."""

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            seen.append(self)

    with patch.object(section, "NewsSetting", Watched):
        section.incidents_of(doc)
    return Case(doc, tuple(option for each in seen for option in (*each.places(), *each.days())))


def _examples(number: int, case: Case, gold: dict[str, Answer]) -> Iterator[tuple[str, Example]]:
    answer = gold[case.doc._.article.id]
    entities = {entity.id: entity for entity in case.doc._.entities}
    right_places = [entities[id_] for id_ in _right_places(case, answer)]
    for option in case.options:
        if isinstance(option.answer, DateRange):
            right = _overlaps(option.answer, answer) if answer.get("date") else None
        else:
            right = _is_right(entities[option.answer], right_places)
        if right is not None:
            yield option.slot, Example(option.features, right, number)


def _right_places(case: Case, answer: Answer) -> Iterator[str]:
    """The ids of the places that the scorer takes for one of the answer's."""
    from scorers import casualties as scorer

    for option in case.options:
        if not isinstance(option.answer, str):
            continue
        names = [each.name for each in case.doc._.entities if each.id == option.answer]
        names += [mention.text for mention in case.doc._.mentions if mention.entity == option.answer]
        if any(scorer.same_place(wanted, name) for wanted in answer.get("places") or () for name in names):
            yield option.answer


def _is_right(place: Entity, right: list[Entity]) -> bool | None:
    """Whether the place is an answer; None where that is not known."""
    if place in right:
        return True
    if not right or place.level == "country" or any(_lie_together(place, other) for other in right):
        return None
    return False


def _lie_together(one: Entity, other: Entity) -> bool:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    near = kilometres((one.latitude, one.longitude), (other.latitude, other.longitude)) < NEARBY
    return near and not WIDE_LEVELS & {one.level, other.level}


def _overlaps(days: DateRange, answer: Answer) -> bool:
    last: str = answer.get("date_end") or answer["date"]
    return days.start[:10] <= last and days.end[:10] >= answer["date"]


def _report(nlp: Language, cases: list[Case], examples: list[tuple[str, Example]], gold: list[Answer]) -> None:
    from scorers import casualties as scorer

    readings: dict[str, Any] = {}
    for fold in range(FOLDS):
        weights = learned(each for each in examples if each[1].article % FOLDS != fold)
        with (
            patch.object(news_setting, "_weights", return_value=weights),
            nlp.select_pipes(enable=["onrecord.incidents"]),
        ):
            for doc in nlp.pipe(case.doc for case in cases[fold::FOLDS]):
                readings[doc._.article.id] = as_json(pipeline.reading_of(doc))
    score = scorer.score(gold, readings)
    print(json.dumps({name: score[name] for name in ("place_acc", "date_acc", "toll_f1")}, indent=1))


if __name__ == "__main__":
    main()
