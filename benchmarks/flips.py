"""Is a flipped bit anywhere in a record found?

    python -m benchmarks.flips                     # 200 flips that change what the database says

Flips one bit at a random place of the record's file, and lets `verify` look for it. Flips in pages that hold nothing do
not count. Exits with 1 where a flip was not found.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
from pathlib import Path

from benchmarks.generated import telling
from onrecord.archive.broken import Broken
from onrecord.archive.proving import prove
from onrecord.errors import RecordError
from onrecord.record import Record

ARTICLES = 12


def content(path: Path) -> list[str] | None:
    """All that the database says but for how its tables are defined; None where it cannot be said."""
    connection = sqlite3.connect(path)
    try:
        return [line for line in connection.iterdump() if not line.startswith(("CREATE TABLE", "CREATE INDEX"))]
    except (sqlite3.Error, UnicodeDecodeError, ValueError):
        return None
    finally:
        connection.close()


def is_found(path: Path) -> bool:
    """Whether anything is found to be wrong with the record at a path."""
    try:
        with Record.open(path) as record:
            return any(isinstance(found, Broken) for found in prove(record))
    except RecordError:
        return True


def flipped(flips: int, seed: int) -> tuple[int, list[int]]:
    """How many bits were flipped that changed something, and the places of those that were not found."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="onrecord-flips-") as place:
        whole, broken = Path(place, "whole.db"), Path(place, "broken.db")
        with Record.open(whole) as record:
            for told in telling(ARTICLES, seed=seed):
                record.add(told.source, told.reading)
        data, before = whole.read_bytes(), content(whole)
        done, missed = 0, []
        while done < flips:
            changed = bytearray(data)
            at = chance.randrange(len(data))
            changed[at] ^= 1 << chance.randrange(8)
            broken.write_bytes(changed)
            if content(broken) != before:
                done += 1
                missed += [] if is_found(broken) else [at]
    return done, missed


def main() -> int:
    """Flip, look, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    done, missed = flipped(arguments.flips, arguments.seed)
    print(f"{done} bits flipped, {done - len(missed)} found (seed {arguments.seed}); not found at {missed}")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
