"""Windows that overlap, as one: each word is read where it stands farther from an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

import numpy as np

from onrecord.reading.model.network import Scores
from onrecord.reading.model.windows import Window

Read = tuple[Window, Scores]


def joined(read: Iterable[Read]) -> Iterator[Read]:
    """The windows of a document with their scores, in order; those that overlap as one window."""
    before: Read | None = None
    for after in read:
        if before is None:
            before = after
        elif after[0].tokens[0] <= before[0].tokens[-1]:
            before = _one(before, after)
        else:
            yield before
            before = after
    if before is not None:
        yield before


def _one(before: Read, after: Read) -> Read:
    """Two windows, cut and put together in the middle of what they share."""
    (first, first_scores), (second, second_scores) = before, after
    shared = len(first.tokens) - first.tokens.index(second.tokens[0])
    skipped = shared // 2
    kept = len(first.tokens) - (shared - skipped)
    window = Window(
        [*first.tokens[:kept], *second.tokens[skipped:]],
        [*first.words[:kept], *second.words[skipped:]],
        [*first.breaks[:kept], *second.breaks[skipped:]],
    )
    pairs = ((getattr(first_scores, part.name), getattr(second_scores, part.name)) for part in fields(Scores))
    return window, Scores(*(np.concatenate([left[:kept], right[skipped:]]) for left, right in pairs))
