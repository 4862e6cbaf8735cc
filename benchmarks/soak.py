"""Does a record end the same when its making is killed again and again?

    python -m benchmarks.soak                  # 5 rounds
    python -m benchmarks.soak --rounds 50 --seed 7

Each round adds the sample to a new record, kills the process at a random moment, starts it again, until it ends by
itself, and compares what is then on record with a record that was made without disturbance. Exits with 1 where they
differ.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from onrecord.record import Record

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LONGEST = 12.0  # seconds until a process is killed


def add(record: Path, seconds: float | None) -> bool:
    """Add the sample, killed after so many seconds; whether it came to its end."""
    command = [sys.executable, "-m", "onrecord.cli", "add", str(SAMPLES), "--record", str(record)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        return False
    if running.returncode != 0:
        raise SystemExit(f"onrecord add ended with {running.returncode}")
    return True


def content(at: Path) -> dict[str, object]:
    """Everything that the record says, but for when it was put there."""
    with Record.open(at) as record:
        kinds = {
            "articles": record.articles(),
            "incidents": record.incidents(),
            "tolls": record.tolls(),
            "truces": record.truces(),
            "labels": record.labels(),
            "claims": record.claims(),
            "stories": record.stories(),
        }
        return {kind: [_timeless(dataclasses.asdict(value)) for value in values] for kind, values in kinds.items()}


def _timeless(value: dict[str, object]) -> object:
    def without(pairs: list[tuple[str, object]]) -> dict[str, object]:
        return {key: inner for key, inner in pairs if key not in {"added", "at"}}

    return json.loads(json.dumps(value), object_pairs_hook=without)


def main() -> int:
    """Make, kill, compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        add(Path(folder, "undisturbed.db"), None)
        undisturbed = content(Path(folder, "undisturbed.db"))
        for number in range(arguments.rounds):
            record, kills, begun = Path(folder, f"{number}.db"), 0, time.perf_counter()
            while not add(record, chance.uniform(0.5, LONGEST) if kills < 20 else None):
                kills += 1
            same = content(record) == undisturbed
            differing += not same
            took = time.perf_counter() - begun
            print(f"round {number + 1}: killed {kills} times, {took:.0f} s, {'the same' if same else 'DIFFERENT'}")
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main())
