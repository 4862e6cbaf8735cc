"""A watcher: polls its feeds, fetches what is new, reads it, and says what it met.

Fetching and reading go on side by side and know of each other only through the queue in the database, so that neither
stops when the other fails, and nothing is lost when the program is killed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from onrecord.errors import OnRecordError
from onrecord.record import Record
from onrecord.sources.fetching import Policy
from onrecord.watch import arrivals, queue
from onrecord.watch.arrivals import Arrival, Reader, read_source
from onrecord.watch.pace import MINUTE, Pace
from onrecord.watch.polling import poll

SIDE_BY_SIDE = 8
"""Hosts that are asked at the same time; each is asked by one thread alone, with pauses."""
LONGEST_NAP = 30.0
SHORTEST_NAP = 1.0

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a watcher has to say: what came, or the fault, of which address."""

    address: str
    arrival: Arrival | None = None
    fault: OnRecordError | None = None
    new: int = 0
    """Entries of a feed that were not known."""


@dataclass(slots=True)
class Watcher:
    """Watches feeds for a record.

    `every` is how many seconds pass between two polls of a feed, `say` is told of everything that happens (from
    several threads, one at a time), `reader` makes a reading of a source.
    """

    record: Record
    feeds: Sequence[str]
    policy: Policy
    every: float = 15 * MINUTE
    pace: Pace = field(default_factory=Pace)
    say: Callable[[Said], None] = lambda said: None
    reader: Reader = read_source
    stop: threading.Event = field(default_factory=threading.Event)
    """Ends `run`, and keeps it from taking anything more in hand."""
    _saying: threading.Lock = field(default_factory=threading.Lock, init=False)

    def round(self) -> list[Arrival]:
        """Poll what is due, fetch what is new, read it; the articles that came of it."""
        self.subscribe()
        self.fetch_due()
        return self.read_due()

    def run(self, each: Callable[[], None] = lambda: None) -> None:
        """Watch until `stop` is set; `each` is called after each look at what waits to be read."""
        self.subscribe()
        faults: list[BaseException] = []
        fetching = threading.Thread(target=self._keep_fetching, args=(faults,), name="fetching", daemon=True)
        fetching.start()
        try:
            while not self.stop.is_set():
                read = self._guarded(self.read_due) or []
                self._guarded(each)
                if not read:
                    self.stop.wait(SHORTEST_NAP)
        finally:
            self.stop.set()
            fetching.join()
        if faults:
            raise faults[0]

    def subscribe(self) -> None:
        """Have the feeds among those that are polled."""
        with self.record.connection(writes=True) as connection:
            queue.subscribe(connection, self.feeds, self.pace.now())

    def fetch_due(self) -> int:
        """Poll the feeds that are due, then fetch the pages that are; how many of both there were."""
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="fetching") as pool:
            polled = sum(pool.map(lambda _: self._poll_some(), range(min(SIDE_BY_SIDE, len(self.feeds)))))
            with self.record.connection() as connection:
                waiting = queue.due_pages(connection, "fetch", self.pace.now())
            fetched = sum(pool.map(self._capture_some, _by_host(waiting)))
        return polled + fetched

    def read_due(self) -> list[Arrival]:
        """Read the pages that were fetched; the articles that came of it."""
        with self.record.connection() as connection:
            waiting = queue.due_pages(connection, "read", self.pace.now())
        arrivals_met = (self._read(number) for number, _ in waiting if not self.stop.is_set())
        return [arrival for arrival in arrivals_met if arrival is not None]

    def _poll_some(self) -> int:
        """Poll feeds as long as there is one that is due and that nobody polls."""
        polled = 0
        while not self.stop.is_set():
            with self.record.connection(writes=True) as connection:
                feed = queue.take_feed(connection, self.feeds, self.pace.now())
            if feed is None:
                break
            polled += 1
            found = poll(self.record, feed, policy=self.policy, pace=self.pace, every=self.every)
            if isinstance(found, OnRecordError):
                self._say(Said(feed.address, fault=found))
            elif found:
                self._say(Said(feed.address, new=found))
        return polled

    def _capture_some(self, numbers: Sequence[int]) -> int:
        """Fetch pages of one host, one after the other."""
        taken = 0
        for number in numbers:
            if self.stop.is_set():
                break
            with self.record.connection(writes=True) as connection:
                page = queue.take_page(connection, number, "fetch", self.pace.now())
            if page is None:
                continue
            taken += 1
            fault = arrivals.capture(self.record, page, policy=self.policy, pace=self.pace)
            if fault is not None:
                self._say(Said(page.address, fault=fault))
        return taken

    def _read(self, number: int) -> Arrival | None:
        with self.record.connection(writes=True) as connection:
            page = queue.take_page(connection, number, "read", self.pace.now())
        if page is None:
            return None
        found = arrivals.read(self.record, page, pace=self.pace, reader=self.reader)
        if isinstance(found, OnRecordError):
            self._say(Said(page.address, fault=found))
            return None
        self._say(Said(page.address, arrival=found))
        return found

    def _keep_fetching(self, faults: list[BaseException]) -> None:
        try:
            while not self.stop.is_set():
                if not self._guarded(self.fetch_due):
                    self.stop.wait(self._nap())
        except BaseException as fault:  # of this program: it must not stop half of the watch unseen
            faults.append(fault)
            self.stop.set()

    def _nap(self) -> float:
        with self.record.connection() as connection:
            due = queue.next_due(connection, self.feeds)
        return max(SHORTEST_NAP, min(LONGEST_NAP, LONGEST_NAP if due is None else due - self.pace.now()))

    def _guarded(self, step: Callable[[], Thing]) -> Thing | None:
        """What a step gives; None where the record could not be written just now, which is said and tried again."""
        try:
            return step()
        except OnRecordError as fault:
            self._say(Said("", fault=fault))
            return None

    def _say(self, said: Said) -> None:
        with self._saying:
            self.say(said)


def _by_host(waiting: Iterable[tuple[int, str]]) -> list[list[int]]:
    """The numbers of the pages, those of one host together."""
    hosts: dict[str, list[int]] = {}
    for number, address in waiting:
        hosts.setdefault(urlsplit(address).hostname or "", []).append(number)
    return list(hosts.values())
