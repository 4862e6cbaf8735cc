"""Killed at any moment and run again, adding ends with the record of one undisturbed run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

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
tellings = list(telling({ARTICLES}, seed={SEED}))
with Record.open(sys.argv[1]) as record:
    print("open", flush=True)
    for number in sys.argv[2:]:
        told = tellings[int(number)]
        if not record.holds(told.source.sha256, told.source.origin):
            record.add(told.source, told.reading)
            print(told.source.origin, flush=True)
"""
RUN = settings(
    deadline=None,
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Each example starts processes, so there are few."""


def started(at: str, order: Iterable[int] = range(ARTICLES)) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADD, at, *map(str, order)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=dict(os.environ))


def killed_after(at: str, lines: int, seconds: float) -> None:
    """Run until so many articles are said to be on record and so much longer, then `kill -9`."""
    with started(at) as process:
        assert process.stdout
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a record holds to which one process added everything."""
    with Record.open(tmp_path_factory.mktemp("undisturbed") / "onrecord.db") as record:
        for told in telling(ARTICLES, seed=SEED):
            record.add(told.source, told.reading)
        return state_of(record)


MOMENTS = st.lists(st.tuples(st.integers(0, 5), st.floats(0, 0.05)), min_size=1, max_size=3)


@given(moments=MOMENTS)
@example(moments=[(0, 0.3), (1, 0.0), (2, 0.004), (2, 0.011), (3, 0.007)])
@RUN
def test_killed_at_any_moment_and_run_again_it_ends_with_the_same_record(
    places: Places, expected: dict[str, Any], moments: Sequence[tuple[int, float]]
) -> None:
    disturbed = places()
    for lines, seconds in moments:
        killed_after(disturbed, lines, seconds)
    with started(disturbed) as process:
        assert process.wait(timeout=120) == 0
    with Record.open(disturbed) as record:
        assert state_of(record) == expected
    assert expected["summary"]["articles"] == ARTICLES


@given(orders=st.lists(st.permutations(range(ARTICLES)), min_size=2, max_size=3))
@RUN
def test_processes_that_add_at_once_in_any_orders_lose_and_double_nothing(
    places: Places, expected: dict[str, Any], orders: Sequence[Sequence[int]]
) -> None:
    together = places()
    processes = [started(together, order) for order in orders]
    assert [process.wait(timeout=120) for process in processes] == [0] * len(orders)
    with Record.open(together) as record:
        assert state_of(record) == expected
