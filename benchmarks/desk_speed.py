"""How quick the desk is on a large record: first byte of every page at ten readers at once, sizes, memory when idle.

    python -m benchmarks.desk_speed [ARTICLES] [RECORD]

The record is generated (and kept, where a path is given, for the next time); the desk runs as users run it, in a
process of its own. Each page is asked for once to see how long it takes at first, then by ten readers at once.
"""

from __future__ import annotations

import http.client
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from subprocess import PIPE, Popen
from urllib.parse import quote, urlsplit

import psutil

from benchmarks.generated import telling
from onrecord.desk.digests import Keeper
from onrecord.record import Filter, Record

ARTICLES = 10_000
READERS = 10
ROUNDS = 6
MEDIAN_BAR, SLOW_BAR = 0.150, 0.400
"""Seconds to the first byte, at the median and at the 95th percentile."""
SIZE_BAR = 300_000
MEMORY_BAR = 300


def main() -> None:
    """Fill, serve, measure, print."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder, "onrecord.db")
        fill(path, articles)
        paths = pages_of(path)
        with served(path) as (address, desk):
            _report(address, desk, paths)


def fill(path: Path, articles: int) -> None:
    """Put so many generated articles on record, and digest them, where that is not done yet."""
    began = time.monotonic()
    with Record.open(path) as record:
        held = sum(1 for _ in record.articles(Filter(limit=1)))
        if not held:
            for told in telling(articles, towns=300):
                record.add(told.source, told.reading)
        filled = time.monotonic()
        Keeper(record).refresh()
    print(f"{articles:,} articles on record in {filled - began:.0f} s, digested in {time.monotonic() - filled:.0f} s")


def pages_of(path: Path) -> list[str]:
    """Every kind of page, with filters and without."""
    with Record.open(path) as record:
        incident = next(iter(record.incidents(Filter(limit=1))))
        truce = next(iter(record.truces(Filter(limit=1))))
        article = incident.accounts[0].article
    place = quote(incident.places[0].name)
    return [
        "/",
        f"/?place={place}",
        "/?since=2032-01&until=2032-03",
        "/incidents",
        f"/incidents?place={place}",
        "/incidents?show=disputed&order=toll&page=3",
        f"/incidents/{incident.id}",
        "/articles",
        "/articles?page=50",
        f"/articles/{article.id}",
        f"/articles/{article.id}/source",
        f"/stories/{article.story}",
        "/truces",
        f"/truces/{truce.id}",
        "/labels",
        f"/labels?outlet={quote(article.outlet or '')}",
        "/claims",
        "/claims?actor=residents",
        "/outlets",
        f"/outlets/{quote(article.outlet or '')}",
        "/search?q=bakery",
        f"/search?q={place}",
        "/review",
        "/decisions",
        "/releases",
        "/add",
    ]


@contextmanager
def served(path: Path) -> Iterator[tuple[str, Popen[str]]]:
    """The desk on a record, in a process of its own."""
    command = [sys.executable, "-m", "onrecord.cli", "serve", "--record", str(path), "--port", "0"]
    with Popen(command, stdout=PIPE, text=True) as desk:
        assert desk.stdout is not None
        line = desk.stdout.readline()
        try:
            yield next(word for word in line.split() if word.startswith("http")), desk
        finally:
            desk.terminate()


def _report(address: str, desk: Popen[str], paths: list[str]) -> None:
    first = {path: _ask(address, path) for path in paths}
    began = time.monotonic()
    times = _crowd(address, paths)
    asked = sum(map(len, times.values()))
    print(f"{asked} pages for {READERS} readers at once in {time.monotonic() - began:.1f} s")
    print(f"{'median':>8} {'95 %':>8} {'at first':>9} {'bytes':>8}  page  (milliseconds to the first byte)")
    for path in paths:
        slow = quantiles(times[path], n=20)[-1]
        seconds, size = first[path]
        over = " over" if median(times[path]) > MEDIAN_BAR or slow > SLOW_BAR or size > SIZE_BAR else ""
        print(f"{median(times[path]) * 1000:8.0f} {slow * 1000:8.0f} {seconds * 1000:9.0f} {size:8,}  {path}{over}")
    every = [seconds for of_page in times.values() for seconds in of_page]
    print(f"{median(every) * 1000:8.0f} {quantiles(every, n=20)[-1] * 1000:8.0f}  all")
    memory = psutil.Process(desk.pid).memory_info().rss / 1e6
    print(f"{memory:.0f} MB of memory when idle{' over' if memory > MEMORY_BAR else ''}")


def _crowd(address: str, paths: list[str]) -> dict[str, list[float]]:
    """Each reader asks for every page several times, one after the other, each beginning at another one."""
    times: dict[str, list[float]] = defaultdict(list)
    turn = threading.Lock()

    def read(number: int) -> None:
        for at in range(ROUNDS * len(paths)):
            path = paths[(at + number * 3) % len(paths)]
            seconds, _ = _ask(address, path)
            with turn:
                times[path].append(seconds)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


def _ask(address: str, path: str) -> tuple[float, int]:
    """Seconds to the first byte of the answer, and how many bytes it has."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    try:
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        first = answer.read(1)
        seconds = time.perf_counter() - began
        size = len(first) + len(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return seconds, size
    finally:
        connection.close()


if __name__ == "__main__":
    main()
