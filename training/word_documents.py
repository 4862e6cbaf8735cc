"""Count in how many articles each word occurs: makes `onrecord/data/word-documents.tsv`.

    python -m training.word_documents

Only counts leave the articles, of words that at least three of them have.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.lexicon import DATA
from onrecord.record.wording import words_of

BENCHMARKS = Path(__file__).resolve().parents[2] / "shared" / "bench"
ARTICLES = (
    "attribution/train.articles.jsonl.gz",
    "casualties/dev.articles.jsonl",
    "incidents/train.articles.jsonl",
    "labels/dev.articles.jsonl",
    "places/train.articles.jsonl",
    "stories/train.articles.jsonl",
    "times/dev.articles.jsonl",
    "truces/dev.articles.jsonl",
)
FEWEST = 3
HEADER = """\
# In how many news articles a word occurs: what makes rare words weigh more when articles are compared.
# Columns: word (small letters), articles that have it; the word "*" counts all articles.
# Made by training/word_documents.py from the articles of the benchmarks' train parts (and dev parts of those without
# one, stories apart); only words that three articles have. Counts, no text. Licence: Apache-2.0.
word\tarticles
"""


def main() -> None:
    counts: Counter[str] = Counter()
    articles = 0
    for name in ARTICLES:
        for text in texts(BENCHMARKS / name):
            counts.update(set(words_of(text)))
            articles += 1
    kept = sorted((word, n) for word, n in counts.items() if n >= FEWEST)
    lines = [f"*\t{articles}", *(f"{word}\t{n}" for word, n in kept)]
    (DATA / "word-documents.tsv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(kept)} words of {articles} articles")


def texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines if line.strip())


if __name__ == "__main__":
    main()
