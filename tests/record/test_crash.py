"""Killed at any moment and run again, adding ends with the record of one undisturbed run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.generated import telling
from onrecord.record import Record
from tests.record.conftest import Places
from tests.record.state import state_of

ROOT = Path(__file__).resolve().parents[2]
ARTICLES, SEED = 12, 5
ADD = f"""
import sys
from benchmarks.generated import telling
from onrecord.record import Record
with Record.open(sys.argv[1]) as record:
    print("open", flush=True)
    for told in telling({ARTICLES}, seed={SEED}):
        if not record.holds(told.source.sha256, told.source.origin):
            record.add(told.source, told.reading)
            print(told.source.origin, flush=True)
"""


def started(at: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADD, at], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=dict(os.environ)
    )


def killed_after(at: str, lines: int, seconds: float) -> None:
    """Run until so many articles are said to be on record and so much longer, then `kill -9`."""
    with started(at) as process:
        assert process.stdout
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def test_killed_at_any_moment_and_run_again_it_ends_with_the_same_record(places: Places) -> None:
    disturbed, undisturbed = places(), places()
    for lines, seconds in ((0, 0.3), (1, 0.0), (2, 0.004), (2, 0.011), (3, 0.007)):
        killed_after(disturbed, lines, seconds)
    with started(disturbed) as process:
        assert process.wait(timeout=120) == 0
    with Record.open(undisturbed) as record:
        for told in telling(ARTICLES, seed=SEED):
            record.add(told.source, told.reading)
        expected = state_of(record)
    with Record.open(disturbed) as record:
        assert state_of(record) == expected
    assert expected["summary"]["articles"] == ARTICLES


def test_two_processes_that_add_at_once_lose_and_double_nothing(places: Places) -> None:
    together = places()
    processes = [started(together) for _ in range(2)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    with Record.open(together) as record, Record.open(places()) as alone:
        for told in telling(ARTICLES, seed=SEED):
            alone.add(told.source, told.reading)
        assert state_of(record) == state_of(alone)
