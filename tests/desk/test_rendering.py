"""Words as the pages show them."""

from __future__ import annotations

import pytest

from onrecord.desk.rendering import quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("nine were killed", "“nine were killed”"),
        ('"We know the workshop,"', "“We know the workshop,”"),
        ("“It is over”", "“It is over”"),
        ('"We know," he said, "the workshop"', '“"We know," he said, "the workshop"”'),
    ],
)
def test_marks_that_enclose_a_quotation_stand_once(words: str, shown: str) -> None:
    assert quoted(words) == shown
