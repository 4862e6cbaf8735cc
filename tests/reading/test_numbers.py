"""Numbers in words and digits, and what the words around them allow."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.numbers import Quantity, quantities_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numbers.toml").read_text(encoding="utf-8"))["case"]
TOKENIZER = spacy.blank("en")
SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def found_in(text: str) -> list[Quantity]:
    return list(quantities_of(TOKENIZER(text)))


def shown(text: str) -> list[list[str | int]]:
    doc = TOKENIZER(text)
    return [
        [
            doc[quantity.start : quantity.end].text,
            *(-1 if figure is None else figure for figure in (quantity.count, quantity.low, quantity.high)),
            quantity.qualifier,
        ]
        for quantity in quantities_of(doc)
    ]


def in_words(number: int) -> str:
    """The number as English writes it, up to 999,999."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        rest = f"-{SMALL[number % 10]}" if number % 10 else ""
        return TENS[number // 10 - 2] + rest
    unit, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    rest = number % unit
    joint = " and " if rest < 100 else " "
    return f"{in_words(number // unit)} {name}" + (joint + in_words(rest) if rest else "")


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_number_is_read_with_the_range_that_its_words_allow(case: dict[str, object]) -> None:
    assert shown(str(case["text"])) == case["found"]


@given(st.integers(0, 999_999))
def test_a_number_in_words_is_read_back(number: int) -> None:
    assert [quantity.count for quantity in found_in(f"{in_words(number)} people")] == [number]


@given(st.integers(0, 10_000_000))
def test_a_number_in_digits_is_read_back_with_and_without_separators(number: int) -> None:
    for written in (str(number), f"{number:,}"):
        assert [quantity.count for quantity in found_in(f"killed {written} people")] == [number]


@given(st.text(alphabet=st.sampled_from("ab 1-,.and dozen at least hundred to "), max_size=60))
def test_quantities_stand_in_order_and_within_the_text(text: str) -> None:
    doc = TOKENIZER(text)
    edges = [0]
    for quantity in quantities_of(doc):
        assert quantity.start <= quantity.first < quantity.last <= quantity.end
        edges += [quantity.first, quantity.last]
    assert edges == sorted(edges)
    assert edges[-1] <= len(doc)


@given(st.integers(1, 500), st.integers(1, 500))
def test_the_best_figure_lies_in_its_range(first: int, second: int) -> None:
    for quantity in found_in(f"between {first} and {second} people"):
        assert quantity.count is not None
        assert (quantity.low or 0) <= quantity.count <= (quantity.high or quantity.count)
