"""Does adding to a large record cost more than adding to an empty one?

    python -m benchmarks.adding                      # 500 articles after 0 and after 5,000
    python -m benchmarks.adding --held 2000 --added 200

On readings made up by a program, so that reading takes no part in it. Both costs are processor time of one process,
which adds some articles to the one record and then to the other, so that what else the machine does touches both alike.
Exits with 1 where the ratio is above the bar.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generated import Told, telling
from onrecord.record import Record

BAR = 1.5
PORTION = 25
"""Articles added to one record before it is the other's turn."""


def seconds(record: Record, tellings: Sequence[Told]) -> float:
    """Processor time of this process for adding these."""
    start = time.process_time()
    for told in tellings:
        record.add(told.source, told.reading)
    return time.process_time() - start


def in_turn(none: Record, many: Record, tellings: Sequence[Told]) -> tuple[float, float]:
    """Processor time for adding these to the one record and to the other, in portions by turns."""
    empty = full = 0.0
    for at in range(0, len(tellings), PORTION):
        empty += seconds(none, tellings[at : at + PORTION])
        full += seconds(many, tellings[at : at + PORTION])
    return empty, full


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--held", type=int, default=5000, help="articles on record before the second measurement")
    parser.add_argument("--added", type=int, default=500, help="articles added in each measurement")
    arguments = parser.parse_args()
    tellings = list(telling(arguments.held + arguments.added))
    with (
        tempfile.TemporaryDirectory() as folder,
        Record.open(Path(folder) / "empty.db") as none,
        Record.open(Path(folder) / "full.db") as many,
    ):
        seconds(many, tellings[: arguments.held])
        empty, full = in_turn(none, many, tellings[arguments.held :])
    ratio = full / empty
    print(f"adding {arguments.added} articles to an empty record: {empty:.2f} s of processor time")
    print(f"adding {arguments.added} articles to one of {arguments.held}: {full:.2f} s, {ratio:.2f} times as long")
    print(f"bar: {BAR} times; {'held' if ratio <= BAR else 'missed'}")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
