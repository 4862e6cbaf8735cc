"""The pairs of articles on a record that are nearest to the limit of being copies, to be read side by side.

    onrecord add ../shared/bench/casualties/dev.articles.jsonl --record dev.db
    python -m benchmarks.copies dev.db                 # the 60 nearest, on both sides of the limit
    python -m benchmarks.copies dev.db --pairs 10 --words 120

For each pair: whether the record takes one for a copy of the other, what they have in common, how they begin, and the
runs of words that stand in both. Whether a pair is a copy is for the reader to say; docs/linking.md has what was found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from onrecord.record import copies, tables
from onrecord.record.database import open_database

_RUN = 7
"""Words of a run that is shown."""


class Text(NamedTuple):
    """An article with what it is compared by."""

    id: str
    outlet: str
    published: str
    words: list[str]
    features: bytes


def closeness(common: copies.Common) -> float:
    """How near two articles are to the limit, by the rule that they come nearest to: copies from 1 on."""
    lead, near = common.lead, common.near
    shares = [
        common.jaccard / copies.VERBATIM,
        min(common.jaccard / copies.NEAR, lead / copies.SAME_LEAD),
        min(common.contained / copies.CONTAINED, lead / copies.SAME_LEAD) * common.long,
        min(common.contained / copies.MOSTLY, lead / copies.MOSTLY_LEAD) * common.long * near,
        min(common.contained / copies.REWORDED_TEXT, lead / copies.REWORDED_LEAD) * common.long * near,
        min(common.named / copies.REWORDED_NAMES, lead / copies.REWORDED_LEAD) * near,
    ]
    return max(shares)


def nearest(texts: Sequence[Text], most: int) -> list[tuple[float, copies.Common, Text, Text]]:
    """The pairs nearest to the limit, on its two sides together, the nearest to a copy first."""
    pairs = ((copies.in_common(a.features, b.features), a, b) for a, b in combinations(texts, 2))
    measured = [(closeness(common), common, a, b) for common, a, b in pairs]
    measured.sort(key=lambda pair: (abs(pair[0] - 1.0), pair[2].id, pair[3].id))
    return sorted(measured[:most], key=lambda pair: -pair[0])


def shared_runs(a: Sequence[str], b: Sequence[str]) -> Iterator[str]:
    """The runs of words that stand in both texts, in the order of the first; case and punctuation apart."""
    ours, theirs = (["".join(filter(str.isalnum, word)).casefold() for word in text] for text in (a, b))
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        if block.size >= _RUN:
            yield " ".join(a[block.a : block.a + block.size])


def texts_of(record: Path) -> list[Text]:
    """The articles of a record."""
    nodes, articles = tables.nodes.c, tables.articles.c
    wanted = (
        select(articles.id, articles.outlet, articles.published, articles.text, nodes.features)
        .join(tables.nodes, nodes.article == articles.id)
        .where(nodes.kind == "copy")
        .order_by(articles.id)
    )
    with open_database(record).connect() as connection:
        rows = connection.execute(wanted).all()
    return [Text(row.id, row.outlet or "?", row.published or "undated", row.text.split(), row.features) for row in rows]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("record", type=Path)
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--words", type=int, default=60, help="of the beginning of each that are shown")
    arguments = parser.parse_args()
    for number, (near, common, a, b) in enumerate(nearest(texts_of(arguments.record), arguments.pairs), start=1):
        copy = copies.resemblance(a.features, b.features) >= copies.NEAR
        print(f"{number}. {'COPY' if copy else 'none'} at {near:.2f} of the limit; {common}")
        for text in (a, b):
            print(f"   {text.outlet}, {text.published}: {' '.join(text.words[: arguments.words])}")
        for run in shared_runs(a.words, b.words):
            print(f"   = {run}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
