"""The best figure of a toll by one of three rules, which the user chooses; low and high are the same by all of them.

After S. van Baalen and K. Höglund, "Trials and Triangulations" (2025), and the aggregations of the MAVERICK data and of
the R package `eventreport`: one set of reports gives a conservative, an informative and a representative figure. Low,
best and high are UCDP GED's. Each rule works on the figures that are shown with the toll and on nothing else: an origin
counts with what it said last, however many repeat it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.reading.schema import Qualifier

RangeRule = Literal["representative", "conservative", "informative"]
RULES: tuple[RangeRule, ...] = ("representative", "conservative", "informative")


@dataclass(frozen=True, slots=True)
class Vote:
    """What one origin says: the number, and on which day it was said last ("" where that is not known)."""

    number: int
    qualifier: Qualifier
    day: str


def best_of(votes: Sequence[Vote], rule: RangeRule) -> int:
    """The best figure of what independent origins say (one vote each, one at least), by a rule.

    `representative`: the number that most origins give; of those that are level the one said last, then the lower.
    `conservative`: the lowest number that any origin gives.
    `informative`: the number of the origin that says it most exactly (an exact number before "about 30", that before
    "at least 30" and "up to 30", that before "dozens"); of those that are level the one said last, then the higher.
    """
    return _CHOICES[rule](votes)


def disagreement(votes: Sequence[Vote]) -> float:
    """One minus the share of origins that give the number which most of them give: 0 where all agree."""
    (_, most), *_ = Counter(vote.number for vote in votes).most_common(1)
    return round(1 - most / len(votes), 4)


def _representative(votes: Sequence[Vote]) -> int:
    days: dict[int, list[str]] = defaultdict(list)
    for vote in votes:
        days[vote.number].append(vote.day)
    return max(days, key=lambda number: (len(days[number]), max(days[number]), -number))


def _conservative(votes: Sequence[Vote]) -> int:
    return min(vote.number for vote in votes)


def _informative(votes: Sequence[Vote]) -> int:
    return max(votes, key=lambda vote: (_EXACTNESS[vote.qualifier], vote.day, vote.number)).number


_EXACTNESS: Mapping[Qualifier, int] = {"exact": 3, "about": 2, "at-least": 1, "at-most": 1, "vague": 0}
_CHOICES: Mapping[RangeRule, Callable[[Sequence[Vote]], int]] = {
    "representative": _representative,
    "conservative": _conservative,
    "informative": _informative,
}
