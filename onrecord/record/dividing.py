"""Two happenings of one kind are told in much the same words: what tells them apart is found among their articles.

A group of articles that are alike by the words of news at large (two earthquakes in one country, two raids on one town)
is looked at by itself. What all of them say weighs nothing there; names, numbers and turns that some share and others
do not weigh most. The group is cut in two where the normalised cut of that graph is least (J. Shi and J. Malik,
"Normalized cuts and image segmentation", 2000), if it is low enough, and so on with the parts.

Articles in nearly the same words (an agency's text, as many sites print it) count as one: what little tells them apart
(a site's own line, a correction) would else weigh most.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, log2

import numpy as np

from onrecord.record.wording import Vector

FEWEST = 2
"""Articles in a part; one alone may just be told in other words."""

_MANY = 30
"""Articles beyond which a group's size says no more of how low its best cut is."""

Group = list[int]


SAME = 0.85
"""Cosine from which two articles are of one text; so are those that hang together by such pairs."""


def divided(articles: Sequence[Vector]) -> list[Group]:
    """The happenings among articles, as groups of their positions."""
    texts = texts_among(articles)
    parts = _divided([_mean([articles[at] for at in text]) for text in texts], list(range(len(texts))))
    return [sorted(at for text in part for at in texts[text]) for part in parts]


def texts_among(articles: Sequence[Vector]) -> list[Group]:
    """The articles that are of one text together, in the order of the first of each."""
    weights = _weights(articles)
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    weights /= np.where(lengths > 0, lengths, 1.0)
    same = np.round(weights @ weights.T, 9) >= SAME
    left, texts = set(range(len(articles))), []
    while left:
        text, waiting = set(), {min(left)}
        while waiting:
            text |= waiting
            waiting = {int(at) for one in waiting for at in np.flatnonzero(same[one])} - text
        left -= text
        texts.append(sorted(text))
    return texts


def _mean(articles: Sequence[Vector]) -> Vector:
    """What several articles say together; one is given back as it is."""
    if len(articles) == 1:
        return articles[0]
    words = sorted({word for article in articles for word in article})
    return {word: fsum(article.get(word, 0.0) for article in articles) / len(articles) for word in words}


def _weights(articles: Sequence[Vector]) -> np.ndarray:
    """A row for each article, a column for each word."""
    vocabulary = {word: at for at, word in enumerate(sorted({word for article in articles for word in article}))}
    weights = np.zeros((len(articles), len(vocabulary)))
    for row, article in enumerate(articles):
        weights[row, [vocabulary[word] for word in article]] = list(article.values())
    return weights


def loose_enough(articles: int, smaller: int) -> float:
    """The normalised cut below which a group of so many articles is two happenings, the smaller part having so many.

    The best cut of a group that is one happening is the lower, the fewer articles there are to choose from, and rather
    cuts a few off than in halves. Set on the train and dev parts of the benchmark `stories`.
    """
    return 0.40 + 0.12 * log2(min(articles, _MANY) / 11) + 0.03 * min(smaller - 4, 4)


def _divided(articles: Sequence[Vector], group: Group) -> list[Group]:
    if len(group) < 2 * FEWEST:
        return [group]
    likeness = _likeness([articles[at] for at in group])
    looseness, part = least_cut(likeness)
    if looseness >= loose_enough(len(group), min(int(part.sum()), len(group) - int(part.sum()))):
        return [group]
    one = [at for at, inside in zip(group, part, strict=True) if inside]
    other = [at for at, inside in zip(group, part, strict=True) if not inside]
    return _divided(articles, one) + _divided(articles, other)


def _likeness(articles: Sequence[Vector]) -> np.ndarray:
    """The cosines of articles by the words that some of them, but not all, share; 0 between each and itself."""
    weights = _weights(articles)
    holding = (weights > 0).sum(axis=0)
    telling = np.log((len(articles) + 1) / (holding + 1))
    telling[holding < 2] = 0.0
    weights *= telling
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    weights /= np.where(lengths > 0, lengths, 1.0)
    likeness: np.ndarray = np.round(weights @ weights.T, 9)
    np.fill_diagonal(likeness, 0.0)
    return likeness


def least_cut(likeness: np.ndarray) -> tuple[float, np.ndarray]:
    """The normalised cut (0 to 2) of the best division in two along the second eigenvector, and who is in one part."""
    degrees = likeness.sum(axis=1) + 1e-9
    scale = np.sqrt(degrees)
    _, vectors = np.linalg.eigh(likeness / np.outer(scale, scale))
    order = np.argsort(np.round(vectors[:, -2] / scale, 9), kind="stable")
    best, size = min((_cut(likeness, degrees, order[:size]), size) for size in range(FEWEST, len(order) - FEWEST + 1))
    part = np.zeros(len(order), dtype=bool)
    part[order[:size]] = True
    return best, part


def _cut(likeness: np.ndarray, degrees: np.ndarray, inside: np.ndarray) -> float:
    part = np.zeros(len(degrees), dtype=bool)
    part[inside] = True
    between = float(likeness[part][:, ~part].sum())
    return round(between / float(degrees[part].sum()) + between / float(degrees[~part].sum()), 9)
