"""Reading side by side: workers that die cost time alone, on this machine and on a cluster."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from distributed import LocalCluster

from onrecord.errors import OnRecordError
from onrecord.reading.workers import Hiring, cluster, pool, worked_off

NAMES = [f"item {number}" for number in range(12)]
LONGEST = 120.0


def pairs(names: Sequence[str]) -> list[list[str]]:
    return [list(names[at : at + 2]) for at in range(0, len(names), 2)]


def read(paths: Sequence[str]) -> list[str]:
    """Stands in for reading; whoever first has the item that is `held` waits for its end."""
    for path in paths:
        Path(f"{path} by {os.getpid()}").touch()
        if path.endswith("held") and len(list(Path(path).parent.glob("*held by *"))) == 1:
            time.sleep(LONGEST)
    return [Path(path).name for path in paths]


def read_or_die(names: Sequence[str]) -> list[str]:
    if "bad" in names:
        os.kill(os.getpid(), signal.SIGKILL)
    return list(names)


def lost(item: str) -> str:
    return f"lost: {item}"


@pytest.fixture(scope="module")
def dask() -> Iterator[str]:
    """The address of a cluster of three processes."""
    with LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as running:
        yield running.scheduler_address


@pytest.fixture(params=["processes", "cluster"])
def hiring(request: pytest.FixtureRequest) -> Hiring:
    return pool(2) if request.param == "processes" else cluster(request.getfixturevalue("dask"))


def killed_over(held: Path) -> int:
    """Wait until a worker has the item, and kill that worker."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        for found in held.parent.glob(f"{held.name} by *"):
            process = int(found.name.rpartition(" ")[2])
            os.kill(process, signal.SIGKILL)
            return process
        threading.Event().wait(0.02)
    raise AssertionError("nobody was given the item")


def test_results_come_in_order(hiring: Hiring) -> None:
    assert list(worked_off(hiring, pairs(NAMES), read_or_die, lost)) == NAMES


def test_what_a_killed_worker_had_is_read_by_another(hiring: Hiring, tmp_path: Path) -> None:
    names = [*NAMES[:5], "held", *NAMES[5:]]
    tasks = pairs([str(tmp_path / name) for name in names])
    with ThreadPoolExecutor(1) as thread:
        results = thread.submit(lambda: list(worked_off(hiring, tasks, read, lost)))
        killed = killed_over(tmp_path / "held")
        assert results.result(LONGEST) == names
    readers = {int(path.name.rpartition(" ")[2]) for path in tmp_path.glob("held by *")}
    assert killed in readers and len(readers) == 2


def test_the_one_item_that_kills_whoever_reads_it_is_named_and_the_others_are_read() -> None:
    names = [*NAMES[:3], "bad", *NAMES[3:]]
    found = list(worked_off(pool(2), pairs(names), read_or_die, lost))
    assert found == ["lost: bad" if name == "bad" else name for name in names]


def test_a_fault_of_the_work_itself_is_passed_on(hiring: Hiring) -> None:
    with pytest.raises(ZeroDivisionError):
        list(worked_off(hiring, pairs(NAMES), divided_by_nothing, lost))


def divided_by_nothing(names: Sequence[str]) -> list[str]:
    return [name[1 // 0] for name in names]


def test_where_no_scheduler_is_one_is_told_so() -> None:
    with pytest.raises(OnRecordError, match="no Dask scheduler answers"):
        list(worked_off(cluster("tcp://127.0.0.1:1", seconds=1), pairs(NAMES), read_or_die, lost))
