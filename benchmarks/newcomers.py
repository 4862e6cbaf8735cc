"""How much longer does it take to link one more on a large record than on a small one, side by side?

    python -m benchmarks.size --record small.db --articles 10000
    python -m benchmarks.size --record large.db
    python -m benchmarks.newcomers small.db large.db

What one newcomer costs depends on what else the machine does just then: a figure of the large record is comparable with
one of the small record only where both were taken at one time. So newcomers are added to both by turns, and the median
of what they cost is compared: processor time, that of PostgreSQL's processes on this machine counted in. Exits with 1
where the bar is missed.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from functools import partial
from statistics import median

from benchmarks.filling import BLOCK, generated
from benchmarks.size import RATIO, clock_of, cost_of
from onrecord.record import Record

_FIRST = 20
"""Newcomers whose cost is left out: nothing that they need was ever read before."""


def newcomers_of(record: Record) -> int:
    """How many of the generated articles are on a record that `benchmarks.size` filled: all else are copies."""
    return BLOCK + record.count("article") % BLOCK


def side_by_side(small: Record, large: Record, newcomers: int) -> tuple[float, float]:
    """The median of what linking one more costs on each, in seconds of processor time."""
    coming = [generated(newcomers + _FIRST, first=newcomers_of(record)) for record in (small, large)]
    clocks = [clock_of(record) for record in (small, large)]
    used: tuple[list[float], list[float]] = ([], [])
    for pair in zip(*coming, strict=True):
        for record, told, clock, costs in zip((small, large), pair, clocks, used, strict=True):
            costs.append(cost_of(clock, partial(record.add, told.source, told.reading)).used)
    return median(used[0][_FIRST:]), median(used[1][_FIRST:])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("small", help="a record of 10,000 articles that benchmarks.size filled")
    parser.add_argument("large", help="a larger one")
    parser.add_argument("--newcomers", type=int, default=200)
    arguments = parser.parse_args()
    with ExitStack() as opened:
        small, large = (opened.enter_context(Record.open(at)) for at in (arguments.small, arguments.large))
        sizes = [record.count("article") for record in (small, large)]
        costs = side_by_side(small, large, arguments.newcomers)
    for size, cost in zip(sizes, costs, strict=True):
        print(f"one more of {size:,} articles: {cost * 1000:.1f} ms")
    ratio = costs[1] / costs[0]
    print(f"{ratio:.2f} times as long (bar {RATIO})")
    return 0 if ratio <= RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
