"""How much is lost where a text has lost its commas, its case or its quote marks: tolls and their setting on less text.

python -m benchmarks.robustness                 # the first 100 dev articles of `casualties`
python -m benchmarks.robustness --limit 346
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace

from benchmarks.score_cached import BENCHMARKS, articles_of, lines_of
from onrecord.articles.article import Article
from onrecord.reading import pipeline
from onrecord.reading.schema import as_json

Change = Callable[[str], str]
LOST: dict[str, Change] = {
    "as it is": lambda text: text,
    "no commas": lambda text: re.sub(r",(?!\d)", "", text),
    "no quote marks": lambda text: re.sub('["“”„«»]', "", text),
    "lower case": str.lower,
}
SHOWN = ("toll_f1", "place_acc", "weapon_f1", "perpetrator_f1", "date_acc")


def main() -> None:
    """Score each of the ways to lose something, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, default=100)
    limit = parser.parse_args().limit
    sys.path.insert(0, str(BENCHMARKS))
    folder = BENCHMARKS / "casualties"
    articles = articles_of(folder / "dev.articles.jsonl")[:limit]
    print("| text | " + " | ".join(SHOWN) + " |")
    print("| --- |" + " --- |" * len(SHOWN))
    for name, change in LOST.items():
        figures = scores_of([replace(article, text=change(article.text), boilerplate=()) for article in articles])
        print(f"| {name} | " + " | ".join(f"{figures[metric]:.3f}" for metric in SHOWN) + " |", flush=True)


def scores_of(articles: list[Article]) -> dict[str, float]:
    """The benchmark's figures for these articles, read now."""
    from scorers import casualties as scorer

    nlp = pipeline.load()
    docs = nlp.pipe(pipeline.document_of(nlp, article) for article in articles)
    readings = {doc._.article.id: as_json(pipeline.reading_of(doc)) for doc in docs}
    gold = (json.loads(line) for line in lines_of(BENCHMARKS / "casualties" / "dev.gold.jsonl"))
    figures: dict[str, float] = scorer.score([row for row in gold if row["id"] in readings], readings)
    return figures


if __name__ == "__main__":
    main()
