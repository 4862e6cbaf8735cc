"""Boosted trees must give what their nodes say, however many rows are asked for at once."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.incidents.trees import joined, trees_of

NODES = [  # one tree of two steps, one of none
    {"root": "x", "column": "0", "threshold": "2.5", "below": "1", "above": "2", "value": ""},
    {"root": "", "column": "", "threshold": "", "below": "", "above": "", "value": "-1.0"},
    {"root": "", "column": "1", "threshold": "0", "below": "3", "above": "4", "value": ""},
    {"root": "", "column": "", "threshold": "", "below": "", "above": "", "value": "0.5"},
    {"root": "", "column": "", "threshold": "", "below": "", "above": "", "value": "2.0"},
    {"root": "x", "column": "", "threshold": "", "below": "", "above": "", "value": "0.25"},
]


@pytest.mark.parametrize(
    ("row", "odds"), [([1.0, 9.0], -0.75), ([2.5, 9.0], -0.75), ([3.0, 0.0], 0.75), ([3.0, 0.1], 2.25)]
)
def test_each_row_gets_the_leaves_that_its_numbers_lead_to(row: list[float], odds: float) -> None:
    (chance,) = joined(NODES).chances([row])
    assert chance == pytest.approx(1 / (1 + math.exp(-odds)))


def test_no_rows_have_no_likelihoods() -> None:
    assert joined(NODES).chances([]) == []


@pytest.mark.parametrize(("model", "columns"), [("fillers", 36), ("happenings", 35)])
@given(data=st.data())
def test_packaged_trees_give_likelihoods_row_by_row(model: str, columns: int, data: st.DataObject) -> None:
    number = st.floats(-20, 50)
    table = data.draw(st.lists(st.lists(number, min_size=columns, max_size=columns), min_size=1, max_size=4))
    trees = trees_of(model)
    together = trees.chances(table)
    assert all(0 < chance < 1 for chance in together)
    assert together == [trees.chances([row])[0] for row in table]
