"""How quick the desk is on a large record: first byte of every page at ten readers at once, sizes, memory when idle.

    python -m benchmarks.desk_speed                   # 100,000 articles
    python -m benchmarks.desk_speed 20000
    python -m benchmarks.desk_speed --docs            # writes the table into docs/desk.md, too

The record is generated from the sample and from readings that a program made up, and kept under `.cache/desk` for the
next time. The desk runs as users run it, in a process of its own. Of each kind of page many are asked for (other
incidents, places, outlets), so that most have to be made: first one after the other, then by ten readers at once, each
of whom asks for the next page as soon as the last has come. The processor time is that of the desk alone, so that it
tells what a page costs on a machine that has other work, too. Exits with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import http.client
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from subprocess import PIPE, Popen
from urllib.parse import quote_plus as quote
from urllib.parse import urlsplit

import psutil
from sqlalchemy import Connection, select

from benchmarks.desk_filling import ROOT, record_of
from onrecord.record import Filter, Record, selecting
from onrecord.record.listing_tables import listings
from onrecord.record.shapes import IncidentOnRecord

PAGE = ROOT / "docs" / "desk.md"
ARTICLES = 100_000
READERS, ROUNDS, ALONE = 10, 6, 8
"""Readers at once, how often each asks for a page of each kind, and pages of each kind asked for alone before."""
OF_A_KIND = 60
MEDIAN_BAR, SLOW_BAR = 0.150, 0.400
"""Seconds to the first byte, at the median and at the 95th percentile."""
SIZE_BAR = 300_000
"""Bytes of a page without the map's data."""
API = "API: "
MEMORY_BAR = 300e6
IDLE = 5.0
_MAP = re.compile(rb'<svg class="map".*?</svg>', re.DOTALL)


@dataclass(slots=True)
class Kind:
    """Pages of a kind, and what they took: seconds to the first byte, of processor time, and bytes."""

    name: str
    paths: list[str]
    processor: float = 0.0
    alone: list[float] = field(default_factory=list)
    crowded: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def slow(self) -> float:
        """The 95th percentile at many readers."""
        return quantiles(self.crowded, n=20)[-1]

    @property
    def over(self) -> bool:
        """Whether a bar is missed."""
        return median(self.crowded) > MEDIAN_BAR or self.slow > SLOW_BAR or self.size > SIZE_BAR


def main() -> int:
    """Fill, serve, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", nargs="?", type=int, default=ARTICLES)
    parser.add_argument("--docs", action="store_true", help="write the table into docs/desk.md")
    arguments = parser.parse_args()
    path = record_of(arguments.articles)
    kinds = kinds_of(path)
    with served(path) as (address, desk):
        process = psutil.Process(desk.pid)
        _ask_alone(address, process, kinds)
        _ask_together(address, kinds)
        time.sleep(IDLE)
        memory = process.memory_info().rss
    found = list(lines(arguments.articles, kinds, memory))
    print("\n".join(found))
    if arguments.docs:
        _write(found)
    return int(memory > MEMORY_BAR or any(kind.over for kind in kinds))


def kinds_of(path: Path) -> list[Kind]:
    """Every kind of page, with filters and without."""
    random = Random(0)
    with Record.open(path) as record:
        incidents, pages = record.count("incident"), max(1, record.count("article") // 50)
        with record.connection() as connection:
            # Their ids, as what is listed of a copy still has the ids of what it was copied from.
            ids = [id for part in range(4) for id in _ids(connection, "incident", part * incidents // 4, 30)]
            truces = list(_ids(connection, "truce", 0, OF_A_KIND))
            lately = select(listings.c.day).where(listings.c.kind == "incident").order_by(listings.c.day.desc())
            days = list(connection.scalars(lately.limit(400)))
        some = [record.incident(id) for id in ids]
        random.shuffle(some)
    return [Kind(name, list(islice(cycle(paths), OF_A_KIND))) for name, paths in _addresses(some, truces, days, pages)]


def _ids(connection: Connection, kind: str, offset: int, limit: int) -> Iterator[str]:
    return selecting.ids(connection, kind, Filter(limit=limit, offset=offset))


def _addresses(
    some: list[IncidentOnRecord], truces: list[str], days: list[str], pages: int
) -> Iterator[tuple[str, list[str]]]:
    places = sorted({quote(incident.places[0].name) for incident in some if incident.places})
    actors = sorted({quote(name) for incident in some for name in incident.perpetrators})
    articles = [account.article for incident in some for account in incident.accounts]
    outlets = sorted({quote(article.outlet) for article in articles if article.outlet})
    yield "overview", ["/"]
    yield "overview of a place", [f"/?place={place}" for place in places]
    yield (
        "overview of some weeks",
        [f"/?since={min(two)}&until={max(two)}" for two in zip(days, days[90:], strict=False)],
    )
    yield "overview of an actor", [f"/?actor={actor}" for actor in actors]
    yield "incidents", [f"/incidents?page={at}" for at in range(1, OF_A_KIND)]
    yield "incidents of a place", [f"/incidents?place={place}" for place in places]
    yield "incidents of an outlet, the deadliest", [f"/incidents?order=toll&outlet={outlet}" for outlet in outlets]
    yield "incidents that are contradicted", [f"/incidents?show=disputed&page={at}" for at in range(1, OF_A_KIND)]
    yield "an incident", [f"/incidents/{incident.id}" for incident in some]
    yield "articles", [f"/articles?page={at * pages // OF_A_KIND + 1}" for at in range(OF_A_KIND)]
    yield "an article", [f"/articles/{article.id}" for article in articles]
    yield "a source", [f"/articles/{article.id}/source" for article in articles]
    yield "a story", [f"/stories/{article.story}" for article in articles]
    yield "truces", [f"/truces?page={at}" for at in range(1, OF_A_KIND)]
    yield "a truce", [f"/truces/{truce}" for truce in truces]
    yield "labels", ["/labels"]
    yield "labels of an outlet", [f"/labels?outlet={outlet}" for outlet in outlets]
    yield "uses of a label", [f"/labels/uses?label=terrorists&by={outlet}" for outlet in outlets]
    yield "claims", [f"/claims?place={place}" for place in places] + ["/claims"]
    yield "claims of a speaker", [f"/claims?actor=residents&page={at}" for at in range(1, OF_A_KIND)]
    yield "outlets", ["/outlets"]
    yield "an outlet", [f"/outlets/{outlet.replace('+', '%20')}" for outlet in outlets]
    yield "search for a place", [f"/search?q={place}" for place in places]
    yield "search for two words", [f"/search?q=bakery+{place}" for place in places]
    yield "review", [f"/review?page={at}" for at in range(1, OF_A_KIND)]
    for name in ("decisions", "alerts", "releases", "add"):
        yield name, [f"/{name}"]
    yield f"{API}incidents", [f"/api/incidents?limit=25&offset={at * 25}" for at in range(OF_A_KIND)]
    yield f"{API}incidents of a place", [f"/api/incidents?limit=25&place={place}" for place in places]
    yield f"{API}articles", [f"/api/articles?limit=25&offset={at * 25}" for at in range(OF_A_KIND)]
    yield f"{API}an incident", [f"/api/incidents/{incident.id}" for incident in some]


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


def _ask_alone(address: str, desk: psutil.Process, kinds: list[Kind]) -> None:
    """The first pages of each kind, one after the other."""
    ask(address, "/add")  # what is only done once is done
    for kind in kinds:
        before = _processor(desk)
        for path in kind.paths[:ALONE]:
            seconds, size = ask(address, path)
            kind.alone.append(seconds)
            kind.size = max(kind.size, size)
        kind.processor = (_processor(desk) - before) / ALONE


def _processor(desk: psutil.Process) -> float:
    used = desk.cpu_times()
    return float(used.user + used.system)


def _ask_together(address: str, kinds: list[Kind]) -> None:
    """Each reader asks for pages of every kind several times, one after the other, each beginning at another kind."""
    turn = threading.Lock()

    def read(number: int) -> None:
        for at in range(ROUNDS * len(kinds)):
            kind = kinds[(at + number * 3) % len(kinds)]
            round_ = at // len(kinds)
            seconds, size = ask(address, kind.paths[(number * ROUNDS + round_) % len(kind.paths)])
            with turn:
                kind.crowded.append(seconds)
                kind.size = max(kind.size, size)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()


def ask(address: str, path: str) -> tuple[float, int]:
    """Seconds to the first byte of the answer, and how many bytes it has without the data of a map."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    try:
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        first = answer.read(1)
        seconds = time.perf_counter() - began
        body = first + answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return seconds, len(_MAP.sub(b"", body))
    finally:
        connection.close()


def lines(articles: int, kinds: list[Kind], memory: int) -> Iterator[str]:
    """The figures as a table in Markdown."""
    every = [seconds for kind in kinds for seconds in kind.crowded]
    yield f"{articles:,} articles, {READERS} readers at once; milliseconds, kB."
    yield ""
    yield "| page | median | 95 % | alone | processor time | kB |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind in kinds:
        times = (median(kind.crowded), kind.slow, median(kind.alone), kind.processor)
        mark = " **over**" if kind.over else ""
        yield f"| {kind.name}{mark} | " + " | ".join(f"{s * 1000:.0f}" for s in times) + f" | {kind.size / 1000:.0f} |"
    used, alone = mean(kind.processor for kind in kinds), median(second for kind in kinds for second in kind.alone)
    times = (median(every), quantiles(every, n=20)[-1], alone, used)
    yield "| **all** | " + " | ".join(f"{seconds * 1000:.0f}" for seconds in times) + " | |"
    yield ""
    yield f"Memory when idle after it: {memory / 1e6:.0f} MB{' (over)' if memory > MEMORY_BAR else ''}."


def _write(found: list[str]) -> None:
    """Put the table between its marks."""
    begins, ends = "<!-- desk speed -->", "<!-- end of desk speed -->"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begins)
    after = rest.partition(ends)[2]
    PAGE.write_text("\n".join([before + begins, *found, ends]) + after, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
