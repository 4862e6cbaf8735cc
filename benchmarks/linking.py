"""Does the record take each account for what it tells of? On generated accounts of like attacks on one town.

    python -m benchmarks.linking                 # 2,000 accounts of 400 attacks
    python -m benchmarks.linking --attacks 60

Prints the pairwise F1 of accounts that share an incident, and in how many of the pairs of attacks on one day no account
of the one is with an account of the other. Exits with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

from benchmarks.generated import Attack, Told, one_town
from onrecord.record import Record

PAIR_F1, KEPT_APART = 0.95, 0.9


def linked(tellings: Iterable[Told], at: Path) -> dict[str, tuple[Attack, str]]:
    """The attack that each article tells of, and the incident that the record takes it for."""
    attacks: dict[str, Attack] = {}
    found: dict[str, tuple[Attack, str]] = {}
    with Record.open(at) as record:
        for told in tellings:
            attacks[record.add(told.source, told.reading)] = told.attack
        for incident in record.incidents():
            for account in incident.accounts:
                found[account.article.id] = (attacks[account.article.id], incident.id)
    return found


def pair_scores(found: Mapping[str, tuple[Attack, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs of accounts that are of one incident."""
    both = Counter((attack.number, incident) for attack, incident in found.values())
    attacks = Counter(attack.number for attack, _ in found.values())
    incidents = Counter(incident for _, incident in found.values())
    right, true, given = (sum(n * (n - 1) // 2 for n in each.values()) for each in (both, attacks, incidents))
    precision, recall = right / max(given, 1), right / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def kept_apart(found: Mapping[str, tuple[Attack, str]]) -> tuple[int, int]:
    """The pairs of attacks on one day that share no incident, and all such pairs."""
    incidents: dict[int, set[str]] = defaultdict(set)
    days: dict[object, set[int]] = defaultdict(set)
    for attack, incident in found.values():
        incidents[attack.number].add(incident)
        days[attack.day].add(attack.number)
    pairs = [pair for numbers in days.values() for pair in combinations(sorted(numbers), 2)]
    return sum(not incidents[a] & incidents[b] for a, b in pairs), len(pairs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attacks", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = linked(one_town(arguments.attacks, seed=arguments.seed), Path(folder) / "town.db")
    precision, recall, f1 = pair_scores(found)
    apart, pairs = kept_apart(found)
    print(f"{len(found)} accounts of {arguments.attacks} attacks on one town")
    print(f"pairs of accounts: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} (bar {PAIR_F1})")
    print(f"two attacks on one day kept apart: {apart} of {pairs} (bar {KEPT_APART})")
    return 0 if f1 >= PAIR_F1 and apart >= KEPT_APART * pairs else 1


if __name__ == "__main__":
    sys.exit(main())
