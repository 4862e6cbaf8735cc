"""One connection a host at a time, with a pause between two, whichever threads ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MOST_HOSTS = 10_000
"""Hosts that are remembered; of more, those that were asked longest ago are forgotten."""


@dataclass(slots=True)
class _Host:
    """When a host may be asked next, on the clock of `Turns`, and who asks it now or waits."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_from: float = 0.0
    users: int = 0


class Turns:
    """Who may ask which host when; `clock` gives seconds that only grow, `sleep` waits for so many."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """The right to ask a host, once the one before has ended and `delay` seconds have passed."""
        entry = self._entered(host)
        try:
            with entry.lock:
                wait = entry.free_from - self._clock()
                if wait > 0:
                    self._sleep(wait)
                try:
                    yield
                finally:
                    entry.free_from = self._clock() + delay
        finally:
            with self._lock:
                entry.users -= 1

    def _entered(self, host: str) -> _Host:
        with self._lock:
            entry = self._hosts.pop(host, None) or _Host()
            self._hosts[host] = entry  # at the end: the first are those asked longest ago
            entry.users += 1
            if len(self._hosts) > MOST_HOSTS:
                self._forget_idle()
            return entry

    def _forget_idle(self) -> None:
        """Drop a tenth of the hosts, those asked longest ago, but for any that is being asked."""
        idle = [name for name, known in self._hosts.items() if not known.users]
        for name in idle[: MOST_HOSTS // 10]:
            del self._hosts[name]
