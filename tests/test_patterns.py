"""No pattern, in code or data, takes for ever; `python -m benchmarks.patterns` measures how they grow."""

from __future__ import annotations

import re

from benchmarks.patterns import LONGEST, attacks, endless, gathered, steepest


def test_no_pattern_takes_for_ever() -> None:
    found = gathered()
    assert len(found) > 400
    taken = {where: endless(pattern, flags) for (pattern, flags), where in found.items()}
    assert {where: text for where, text in taken.items() if text is not None} == {}


def test_a_pattern_that_would_take_for_ever_is_found() -> None:
    assert ("", "a") in set(attacks(r"(?:a+)+$", 0))
    assert endless(r"(?:a+)+$", 0) is not None and LONGEST < 10
    assert endless(r"(?:a++)++$", 0) is None


def test_one_that_grows_with_the_square_of_the_length_is_found() -> None:
    found = steepest(r"\s*=\s*y", re.IGNORECASE, "here")
    assert found is not None and found.power > 1.5
