"""`kill -9` at random acts of every kind of work: nothing lost, nothing twice, `verify` clean."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KILLS = 16


def test_a_record_survives_being_killed_at_any_moment() -> None:
    # In a process of its own, which forks those that are killed.
    command = [sys.executable, "-m", "benchmarks.kills", "--kills", str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"killed {KILLS} times" in done.stdout and "; 0 records not as they should be" in done.stdout
