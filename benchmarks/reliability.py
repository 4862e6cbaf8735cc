"""Everything that is done to a record to break it, with the figures written to docs/reliability.md.

    python -m benchmarks.reliability                                  # what a release is made with: some three hours
    python -m benchmarks.reliability --kills 50 --flips 100 --fuzz 100 --minutes 5

Exits with 1 where anything was lost, doubled or not found.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import feed_soak, flips, fuzz, kills
from onrecord import __version__

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was done, and how often it went wrong."""

    rows: tuple[tuple[str, str, str, str], ...]
    """What was done, by which command, how much of it, what became of it."""
    wrong: int


def measured(arguments: argparse.Namespace) -> Figures:
    """Do all of it; what takes longest comes last."""
    done, unsound = kills.kill_and_prove(arguments.kills, arguments.seed)
    each = ", ".join(f"{work} {number}" for work, number in sorted(done.items()))
    flipped, missed = flips.flipped(arguments.flips, arguments.seed)
    became, failed = fuzz.fuzzed(arguments.fuzz, arguments.seed)
    soak = feed_soak.soaked(arguments.minutes, arguments.seed)
    wrong_in_soak = soak.lost + soak.doubled + (soak.broken is not None) + (soak.growth > feed_soak.MOST_GROWTH)
    rows = (
        (
            "`kill -9` at a random act",
            "`python -m benchmarks.kills`",
            f"{done.total()} ({each})",
            f"{len(unsound)} records not as they should be",
        ),
        (
            "a bit flipped in the record's file",
            "`python -m benchmarks.flips`",
            f"{flipped}",
            f"{flipped - len(missed)} found, {len(missed)} not",
        ),
        (
            "a broken input read",
            "`python -m benchmarks.fuzz`",
            f"{arguments.fuzz}",
            f"{became['read']} articles read, {became['named as a fault']} named as faults, {len(failed)} failures",
        ),
        (
            "a feed followed",
            "`python -m benchmarks.feed_soak`",
            f"{arguments.minutes:g} minutes: {soak.rounds} rounds, {soak.served} entries, "
            f"{soak.faults.total()} faults of the site, {soak.back_ups} back-ups",
            f"{soak.lost} lost, {soak.doubled} doubled; {soak.broken or '`verify` found it whole'}; memory "
            f"{soak.megabytes_early:.0f} MB at half the time, {soak.megabytes_late:.0f} MB at the end",
        ),
    )
    return Figures(rows, len(unsound) + len(missed) + len(failed) + wrong_in_soak)


def page(figures: Figures, command: str) -> str:
    """The page on it."""
    table = "\n".join(f"| {' | '.join(row)} |" for row in figures.rows)
    today = datetime.now(UTC).date().isoformat()
    made = f"onrecord {__version__}, {today}, Python {platform.python_version()}, {os.cpu_count()} cores"
    return f"""# How a record stands what happens to it

Made by `{command}`
({made}). Anybody can run it again; without options it does more of each.

| what was done | by | how often | what became of it |
| --- | --- | --- | --- |
{table}

After each kill the work was done again: nothing may be lost, nothing be there twice, and `onrecord verify` must find
the record whole. The reader in the kills and the feed is a stand-in for the model, so that the record is what is tried.

Tried in `tests/faults` besides: a full disk, a folder that may not be written, a clock set back, two programs on one
record. What verification proves, and what it cannot, stands in [evidence.md](evidence.md).
"""


def main() -> int:
    """Break, prove, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--fuzz", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    figures = measured(arguments)
    options = " ".join(f"--{name} {value:g}" for name, value in vars(arguments).items())
    PAGE.write_text(page(figures, f"python -m benchmarks.reliability {options}"), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    return bool(figures.wrong)


if __name__ == "__main__":
    sys.exit(main())
