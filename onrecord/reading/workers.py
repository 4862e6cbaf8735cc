"""Who reads: processes of this machine, or a Dask cluster of many; either through an executor of `concurrent.futures`.

A worker that dies (killed, out of memory) costs time alone: what it had under way is read again by another. What was
under way each time that workers died is read by itself in the end, so that the one source that brings them down is
found, named and left out, and all others are read.
"""

from __future__ import annotations

import atexit
import gc
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar

from onrecord.errors import OnRecordError

Item = TypeVar("Item")
Result = TypeVar("Result")
TASKS_AHEAD = 3
"""Tasks for each worker, so that none waits and memory stays bounded."""
TRIES = 3
"""How often a task is under way when workers die before it is suspected."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers behind an executor; `ahead`: how many tasks they are given at most before the first must be done."""

    executor: Executor
    ahead: int
    broken: tuple[type[Exception], ...] = (BrokenExecutor,)
    """What an executor raises whose workers died over a task."""


Hiring = Callable[[], AbstractContextManager[Crew]]
"""Gives a crew for as long as the context lasts."""


@dataclass(slots=True)
class _Task(Generic[Item, Result]):
    items: Sequence[Item]
    future: Future[list[Result]] | None = None
    tries: int = 0


def pool(workers: int) -> Hiring:
    """Fresh processes with one thread each for the network; nothing is left running behind them."""

    @contextmanager
    def hire() -> Iterator[Crew]:
        import multiprocessing

        fresh = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(workers, mp_context=fresh, initializer=_begin)
        try:
            yield Crew(executor, workers * TASKS_AHEAD)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise
        executor.shutdown()

    return hire


def cluster(address: str, *, seconds: float = 20.0) -> Hiring:
    """The workers of the Dask cluster whose scheduler is at an address (`tcp://10.0.0.7:8786`).

    `seconds`: how long it is waited for. Raises `OnRecordError` where `distributed` is not installed, or no scheduler
    answers.
    """

    @contextmanager
    def hire() -> Iterator[Crew]:
        try:
            import distributed
        except ImportError as fault:
            advice = "install it: pip install 'onrecord[dask]'"
            raise OnRecordError("Dask is not installed here", where=address, advice=advice) from fault
        try:
            client: Any = distributed.Client(address, timeout=seconds, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError, ValueError) as fault:
            advice = "see that the scheduler runs there, and that this machine can reach it"
            raise OnRecordError("no Dask scheduler answers", where=address, advice=advice) from fault
        with client:
            client.run(_one_thread)
            threads = sum(client.nthreads().values())
            broken = (BrokenExecutor, distributed.KilledWorker)
            yield Crew(client.get_executor(pure=False), max(1, threads) * TASKS_AHEAD, broken)

    return hire


def worked_off(
    hiring: Hiring,
    tasks: Iterable[Sequence[Item]],
    work: Callable[[Sequence[Item]], list[Result]],
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """The results of `work` on each task, in their order, whatever becomes of single workers.

    `lost` gives the result of an item over which workers die whenever they have it.
    """
    waiting: Iterator[_Task[Item, Result]] = (_Task(items) for items in tasks)
    running: deque[_Task[Item, Result]] = deque()
    while True:
        try:
            with hiring() as crew:
                yield from _run(crew, waiting, running, work)
            return
        except BrokenExecutor:
            # The pool is gone with all that it had under way, which is in `running` still.
            _log.warning("a worker died; what it was reading is read again")
        for task in running:
            task.future, task.tries = None, task.tries + 1
        while running and running[0].tries >= TRIES:
            yield from _one_by_one(hiring, running.popleft().items, work, lost)
        waiting = chain(list(running), waiting)
        running.clear()


def _run(
    crew: Crew,
    waiting: Iterator[_Task[Item, Result]],
    running: deque[_Task[Item, Result]],
    work: Callable[[Sequence[Item]], list[Result]],
) -> Iterator[Result]:
    for task in waiting:
        running.append(task)
        task.future = crew.executor.submit(work, task.items)
        if len(running) >= crew.ahead:
            yield from _done(crew, running)
    while running:
        yield from _done(crew, running)


def _done(crew: Crew, running: deque[_Task[Item, Result]]) -> list[Result]:
    """The results of the first task; it stays among those that run if its worker died."""
    future = running[0].future
    assert future is not None
    try:
        results = future.result()
    except crew.broken as fault:
        if not isinstance(fault, BrokenExecutor):
            running[0].tries = TRIES  # a cluster has tried it on several workers already
            raise BrokenExecutor(str(fault)) from fault
        raise
    running.popleft()
    return results


def _one_by_one(
    hiring: Hiring,
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], list[Result]],
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    for item in items:
        with hiring() as crew:
            try:
                results = crew.executor.submit(work, [item]).result()
            except crew.broken:
                results = [lost(item)]
        yield from results


def _begin() -> None:
    """What a fresh process does first."""
    _one_thread()
    atexit.register(gc.freeze)  # else its end takes 0.3 s, in which all lexicons are looked through for garbage


def _one_thread() -> None:
    import os

    os.environ["ONRECORD_THREADS"] = "1"
    os.environ["OMP_NUM_THREADS"] = "1"
