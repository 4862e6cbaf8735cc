"""Like attacks on one town: their accounts find each other, and two of one day are kept apart."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generated import one_town
from benchmarks.linking import KEPT_APART, PAIR_F1, kept_apart, linked, pair_scores


def test_accounts_of_like_attacks_on_one_town_find_their_own(tmp_path: Path) -> None:
    """Copies, tolls that rise later and second attacks on the same day among them; the bars of the benchmark."""
    found = linked(one_town(24, seed=1), tmp_path / "town.db")
    assert len(found) == 24 * 5
    _, _, f1 = pair_scores(found)
    apart, pairs = kept_apart(found)
    assert f1 >= PAIR_F1
    assert pairs == 6 and apart >= KEPT_APART * pairs
