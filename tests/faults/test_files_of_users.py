"""Own tables, settings, dumps, reference lists, lists of feeds, archives, back-ups: broken, each is taken or named."""

from __future__ import annotations

from benchmarks.fuzz_files import files, fuzzed

ROUNDS = 3


def test_every_broken_file_of_a_user_is_taken_or_named_as_a_fault() -> None:
    each, became, failed = fuzzed(ROUNDS * len(files()), seed=11)
    assert failed == []
    assert set(each.values()) == {ROUNDS} and became.total() == each.total()
