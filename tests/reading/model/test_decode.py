from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.reading.model.decode import (
    FARTHEST_BUCKET,
    distance_bucket,
    name_tags,
    spans_of,
    tags_of,
    tree_of,
)

LABELS = ("O", "B-person", "I-person", "B-place", "I-place")
SCORE = st.floats(-5, 5, width=32)


def scores_of(*rows: dict[str, float]) -> np.ndarray:
    return np.array([[row.get(label, -5.0) for label in LABELS] for row in rows], np.float32)


def test_an_inside_tag_without_a_beginning_is_mended_at_the_least_cost() -> None:
    scores = scores_of({"O": 1.0}, {"I-place": 2.0, "B-place": 1.5}, {"I-place": 3.0})
    assert tags_of(scores, LABELS) == ["O", "B-place", "I-place"]


def test_a_name_that_is_hardly_surer_to_begin_than_to_go_on_goes_on() -> None:
    scores = scores_of({"B-person": 3.0}, {"B-person": 2.1, "I-person": 2.0}, {"B-person": 4.0, "I-person": 1.0})
    assert name_tags(scores, LABELS, ["Lena", "Sabry", "Omar"]) == ["B-person", "I-person", "B-person"]


def test_what_is_hardly_surer_to_be_a_name_is_none() -> None:
    scores = scores_of({"B-place": 1.2, "O": 1.0}, {"B-place": 2.0, "O": 1.0})
    assert name_tags(scores, LABELS, ["Dune", "Homs"]) == ["O", "B-place"]


@pytest.mark.parametrize(
    "address", ["desk@b.example", "Lena.Sabry@B.example", "https://a.example/Homs", "news.example"]
)
def test_an_address_is_no_name(address: str) -> None:
    scores = scores_of({"B-person": 4.0, "O": 1.0}, {"I-person": 4.0, "O": 1.0}, {"B-place": 4.0})
    assert name_tags(scores, LABELS, ["Sabry", address, "Homs"]) == ["B-person", "O", "B-place"]


@pytest.mark.parametrize("name", ["Mosul.net", "U.S.", "u.s."])
def test_an_outlet_or_land_with_stops_in_its_name_is_one(name: str) -> None:
    assert name_tags(scores_of({"B-place": 4.0}), LABELS, [name]) == ["B-place"]


def test_spans_end_where_another_begins() -> None:
    tags = ["B-person", "I-person", "B-person", "O", "B-place"]
    assert spans_of(tags) == [(0, 2, "person"), (2, 3, "person"), (4, 5, "place")]


@given(arrays(np.float32, st.tuples(st.integers(1, 40), st.just(len(LABELS))), elements=SCORE))
def test_decoded_tags_are_the_best_of_all_that_are_allowed(scores: np.ndarray) -> None:
    def is_allowed(tags: tuple[str, ...]) -> bool:
        pairs = zip(("O", *tags), tags, strict=False)
        return all(tag[0] != "I" or before[2:] == tag[2:] for before, tag in pairs)

    found = tags_of(scores, LABELS)
    assert is_allowed(tuple(found))
    total = sum(scores[at, LABELS.index(tag)] for at, tag in enumerate(found))
    if len(scores) <= 4:
        sequences = filter(is_allowed, product(LABELS, repeat=len(scores)))
        best = max(sum(scores[at, LABELS.index(tag)] for at, tag in enumerate(tags)) for tags in sequences)
        assert np.isclose(total, best, atol=1e-4)


@st.composite
def arc_scores(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    size = draw(st.integers(1, 6))
    return draw(arrays(np.float32, (size, size), elements=SCORE)), draw(arrays(np.float32, (size,), elements=SCORE))


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(at == head for at, head in enumerate(heads)) != 1:
        return False
    for at in range(len(heads)):
        for _ in heads:
            at = heads[at]
        if heads[at] != at:
            return False
    return True


@given(arc_scores())
def test_heads_form_the_best_tree_with_one_root(scores: tuple[np.ndarray, np.ndarray]) -> None:
    arcs, root = scores

    def value(heads: tuple[int, ...]) -> float:
        return float(sum(root[at] if head == at else arcs[at, head] for at, head in enumerate(heads)))

    found = tuple(int(head) for head in tree_of(arcs, root))
    assert is_tree(found)
    if len(root) <= 4:
        best = max(value(heads) for heads in product(range(len(root)), repeat=len(root)) if is_tree(heads))
        assert np.isclose(value(found), best, atol=1e-3)


def test_distances_fall_into_buckets_that_grow_with_them() -> None:
    buckets = distance_bucket(np.array([-400, -3, 0, 1, 2, 500]))
    assert list(buckets) == sorted(buckets)
    assert buckets[2] == FARTHEST_BUCKET
    assert buckets.min() == 0 and buckets.max() == 2 * FARTHEST_BUCKET
