"""From the network's scores to spans and trees."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.spelling import is_address

BUCKETS_A_DOUBLING, FARTHEST_BUCKET = 4, 31
NO_NAME, ANOTHER_NAME = 0.75, 1.5
"""What being no name is helped by, and by how much a name right behind one of its kind must begin rather than go on:
the heads make up more names than they miss, and cut some in two (set on the dev parts of EWT and GUM)."""
BEYOND_DOUBT = 1000.0
PROPER_NOUN = 0.5
"""What being a proper noun is hindered by: common nouns are taken for one more often than the other way round (set
there, too)."""

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


def tags_of(scores: Floats, labels: Sequence[str]) -> list[str]:
    """The best sequence of BIO tags, shape (words, labels), in which I follows only B or I of its kind.

    Where taking each word's best tag breaks that, a stretch around the break is decoded anew (Viterbi), as long as it
    takes for the best whole sequence to be found.
    """
    best: Integers = scores.argmax(1)
    stretches: list[tuple[int, int]] = []
    for at in range(len(best)):
        if not _follows(labels, best, at):
            stretches.append(_mended(scores, labels, best, at, stretches))
    return [labels[at] for at in best]


def parts_of_speech(scores: Floats, labels: Sequence[str]) -> list[str]:
    """The universal part of speech of each word, by scores of shape (words, labels)."""
    hindered = (np.array(labels) == "PROPN") * np.float32(PROPER_NOUN)
    return [labels[at] for at in (scores - hindered).argmax(1).tolist()]


def name_tags(scores: Floats, labels: Sequence[str], words: Sequence[str]) -> list[str]:
    """The tags of names, by scores of shape (words, labels) and what the heads make up and part too often.

    An address is no name.
    """
    addresses = np.array([is_address(word) for word in words], np.bool_)[:, None]
    none = (np.array(labels) == "O") * np.where(addresses, np.float32(BEYOND_DOUBT), np.float32(NO_NAME))
    tags = tags_of(scores + none, labels)
    for at in range(1, len(tags)):
        kind = tags[at][2:]
        if tags[at].startswith("B-") and tags[at - 1][2:] == kind:
            begins, goes_on = scores[at, labels.index(f"B-{kind}")], scores[at, labels.index(f"I-{kind}")]
            tags[at] = f"I-{kind}" if begins - goes_on < ANOTHER_NAME else tags[at]
    return tags


def spans_of(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, kind) of each span that the BIO tags mark; `end` is exclusive."""
    spans: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((at, at + 1, tag[2:]))
        elif tag.startswith("I-") and spans:
            start, _, kind = spans[-1]
            spans[-1] = (start, at + 1, kind)
    return spans


def tree_of(scores: Floats, root: Floats) -> Integers:
    """The best tree over one sentence: the head of each word, itself for the single root.

    `scores[d, h]` is the score of head h for dependent d, `root[d]` that of d as the root. Chu & Liu 1965, Edmonds
    1967; where taking each word's best head gives a tree, nothing more is done.
    """
    size = len(root)
    with_root = np.full((size + 1, size + 1), -np.inf)
    with_root[1:, 1:] = scores
    with_root[1:, 0] = root
    np.fill_diagonal(with_root, -np.inf)
    heads = with_root.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() != 1 or _cycle(heads) is not None:
        heads = _single_rooted(with_root)
    tree: Integers = np.where(heads[1:] == 0, np.arange(size), heads[1:] - 1)
    return tree


def distance_bucket(distance: Integers) -> Integers:
    """For distances in words (negative: to the left), fine for near and coarse for far ones, a number from 0 on."""
    steps = np.minimum(np.log2(np.abs(distance) + 1.0) * BUCKETS_A_DOUBLING, FARTHEST_BUCKET).astype(np.int64)
    buckets: Integers = np.where(distance < 0, -steps, steps) + FARTHEST_BUCKET
    return buckets


def _follows(labels: Sequence[str], tags: Integers, at: int) -> bool:
    """Whether the tag may stand where it does, after the one before it."""
    tag = labels[tags[at]]
    return tag[0] != "I" or (at > 0 and labels[tags[at - 1]][1:] == tag[1:])


def _mended(
    scores: Floats, labels: Sequence[str], best: Integers, at: int, stretches: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Decode a stretch around a break and give its bounds; one of `stretches`, decoded before, is taken in whole.

    Left of the stretch each word keeps its own best tag, so that what is found is the best of all sequences as soon as
    the stretch needs nothing of what stands left of it.
    """
    end = at + 1
    while end < len(best) and labels[best[end]][0] == "I":
        end += 1
    reach = 1
    while True:
        first = max(0, at - reach)
        first = next((begin for begin, until in stretches if begin <= first < until), first)
        best[first:end] = _viterbi(scores[first:end], labels, opens=first == 0)
        if _follows(labels, best, first):
            return first, end
        reach *= 2


def _viterbi(scores: Floats, labels: Sequence[str], *, opens: bool) -> Integers:
    """The best tags of a stretch; its first may be an I unless it opens the text."""
    penalty = _penalty(tuple(labels))
    total = scores[0] + (np.where([tag[0] == "I" for tag in labels], -np.inf, 0.0) if opens else 0.0)
    back = np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        paths = total[:, None] + penalty
        back[at] = paths.argmax(0)
        total = paths.max(0) + scores[at]
    best = [int(total.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        best.append(int(back[at, best[-1]]))
    return np.array(best[::-1])


@cache
def _penalty(labels: tuple[str, ...]) -> NDArray[np.float64]:
    """Nothing from one tag to another that may follow it, else minus infinity; shape (before, after)."""
    return np.array([[0.0 if to[0] != "I" or to[1:] == before[1:] else -np.inf for to in labels] for before in labels])


def _cycle(heads: Integers) -> list[int] | None:
    """The nodes of a cycle among the heads (0 is the root), or None."""
    above: list[int] = heads.tolist()
    seen = [0] * len(above)
    for first in range(1, len(above)):
        node = first
        while node != 0 and seen[node] == 0:
            seen[node] = first
            node = above[node]
        if node != 0 and seen[node] == first:
            cycle, at = [node], above[node]
            while at != node:
                cycle.append(at)
                at = above[at]
            return cycle
    return None


def _single_rooted(scores: NDArray[np.float64]) -> Integers:
    """The best tree with one child of the root: each word is tried as that child, as long as it may give a better one.

    No tree in which a word is the only child is better than that word's score as such with all others' best heads.
    """
    best_heads = scores[1:, 1:].max(1)
    bounds = scores[1:, 0] + best_heads.sum() - best_heads if len(scores) > 2 else scores[1:, 0]
    best, best_score = None, -np.inf
    for child in np.argsort(-bounds) + 1:
        if bounds[child - 1] <= best_score:
            break
        limited = scores.copy()
        limited[1:, 0] = -np.inf
        limited[child, :] = -np.inf
        limited[child, 0] = scores[child, 0]
        heads = _arborescence(limited)
        score = scores[np.arange(1, len(scores)), heads[1:]].sum()
        if best is None or score > best_score:
            best, best_score = heads, score
    assert best is not None
    return best


def _arborescence(scores: NDArray[np.float64]) -> Integers:
    heads: Integers = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    return _expanded(scores, heads, cycle)


def _expanded(scores: NDArray[np.float64], heads: Integers, cycle: list[int]) -> Integers:
    """Contract the cycle to one node, solve the smaller problem, and open the cycle where its best entry is."""
    inside = np.array(cycle)
    rest = np.array([at for at in range(len(scores)) if at not in set(cycle)])
    inner = scores[inside, heads[inside]]
    entering = scores[np.ix_(inside, rest)] - inner[:, None]  # what it costs to break the cycle at each of its nodes
    leaving = scores[np.ix_(rest, inside)]
    size = len(rest)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[np.ix_(rest, rest)]
    smaller[size, :size] = entering.max(0)
    smaller[:size, size] = leaving.max(1)
    solved = _arborescence(smaller)
    result = heads.copy()
    for at, node in enumerate(rest):
        if node != 0:
            result[node] = inside[leaving[at].argmax()] if solved[at] == size else rest[solved[at]]
    entry = int(solved[size])
    broken = int(entering[:, entry].argmax())
    result[inside[broken]] = rest[entry]
    return result
