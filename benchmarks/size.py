"""Does a record of a million articles answer as fast, and link one more as fast, as one of ten thousand?

    python -m benchmarks.size                                        # 10,000, 100,000 and 1,000,000 on SQLite
    python -m benchmarks.size --record postgresql://HOST/EMPTY --articles 100000
    python -m benchmarks.size --docs docs/scale.md                   # writes the table into the page

On readings made up by a program (`benchmarks.filling`): a hundred articles a day. Each cost is told in processor time,
that of PostgreSQL's processes on this machine counted in, and as it was waited for: on a machine that has other work
the first is what it costs, the second that and the others' work. A record that has its first articles is filled on.
Exits with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from sqlalchemy import text

from benchmarks.filling import BLOCK, begin, copy_back, generated
from onrecord.record import Filter, Record
from onrecord.record.database import open_database

SIZES = (10_000, 100_000, 1_000_000)
LINKED = 100
"""Articles that are added to measure what one costs."""
TIMES = 9
PAGE = 25
SECONDS, RATIO, EXPORT = 0.1, 1.5, 60.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: of processors, and as waited for; medians where several were measured."""

    used: float
    waited: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What a record of some size costs; memory and size in bytes."""

    articles: int
    linking: Cost
    pages: dict[str, Cost]
    counting: dict[str, Cost]
    streamed: Cost
    """For 100,000 incidents with all their accounts, or as many as there are, in proportion."""
    memory: int
    """Of the process that measured, at most."""
    size: int


def pages(record: Record) -> dict[str, Callable[[int], object]]:
    """The pages that are asked for, by name; the number varies what is asked for."""
    towns = list(islice(_towns(record), 12))
    days = [incident.since for incident in islice(record.incidents(Filter(newest=True, limit=400)), 0, 400, 40)]

    def of(kind: str, **given: object) -> Callable[[int], object]:
        return lambda n: list(getattr(record, kind)(Filter(limit=PAGE, newest=True, **given)))  # type: ignore[arg-type]

    def town(kind: str) -> Callable[[int], object]:
        return lambda n: of(kind, place=towns[n % len(towns)])(n)

    return {
        "incidents": of("incidents"),
        "incidents, page 40": lambda n: list(record.incidents(Filter(limit=PAGE, offset=39 * PAGE, newest=True))),
        "incidents in a town": town("incidents"),
        "incidents in a country": of("incidents", place="XZ"),
        "incidents of a week": lambda n: list(
            record.incidents(Filter(since=days[n % len(days)], until=days[n % len(days)], limit=PAGE, newest=True))
        ),
        "incidents by outlet and type": lambda n: of("incidents", outlet=f"Outlet {n}", type="aerial")(n),
        "incidents by actor and town": lambda n: of("incidents", actor="the River Brigades", place=towns[n % 12])(n),
        "articles": of("articles"),
        "articles of an outlet": lambda n: of("articles", outlet=f"Outlet {n}")(n),
        "stories": of("stories"),
        "tolls": of("tolls"),
        "claims": of("claims"),
        "claims of a speaker": of("claims", actor="residents"),
        "labels": lambda n: list(record.labels(Filter(limit=PAGE), sentences=3)),
        "search: a town": lambda n: list(record.search(towns[n % len(towns)], Filter(limit=PAGE))),
        "search: a phrase": lambda n: list(record.search(f'"the market in {towns[n % 12]}"', Filter(limit=PAGE))),
        "search: three words": lambda n: list(record.search(f"shells bakery {towns[n % 12]}", Filter(limit=PAGE))),
        "search: a beginning": lambda n: list(record.search(f"{towns[n % 12][:5]}*", Filter(limit=PAGE))),
        "search: a word of every article": lambda n: list(record.search("terrorists", Filter(limit=PAGE))),
    }


def counts(record: Record) -> dict[str, Callable[[int], object]]:
    """What is counted beside pages."""
    return {
        "count of incidents": lambda n: record.count("incident"),
        "count of incidents in a country": lambda n: record.count("incident", Filter(place="XZ")),
        "summary": lambda n: record.summary(),
    }


def measured(at: str, articles: int, first: int) -> Measured:
    """What a record costs now; `first`: the newcomers from which on are not on record yet."""
    with Record.open(at) as record:
        clock, newcomers = clock_of(record), generated(LINKED, first=first)
        linking = _median(clock, [partial(record.add, told.source, told.reading) for told in newcomers])
        asked = {name: _asked(clock, page) for name, page in pages(record).items()}
        counted = {name: _asked(clock, page, 3) for name, page in counts(record).items()}
        streamed = _streamed(clock, record)
        return Measured(articles, linking, asked, counted, streamed, _memory(), _size(record, at))


def _towns(record: Record) -> Iterator[str]:
    seen: set[str] = set()
    for incident in record.incidents(Filter(newest=True)):
        for place in incident.places:
            if place.name not in seen:
                seen.add(place.name)
                yield place.name


Clock = Callable[[], float]


def clock_of(record: Record) -> Clock:
    """The processor time of this process and of the server's processes that work for it, in seconds.

    Those that PostgreSQL starts for a part of one question are counted when they have ended, as its main process does;
    with them whatever else it starts and ends meanwhile.
    """
    with record.connection() as connection:
        if connection.dialect.name == "sqlite":
            return time.process_time
        backend = Path("/proc", str(connection.scalar(text("SELECT pg_backend_pid()"))))
    if not backend.exists():
        return time.process_time  # a server elsewhere
    main = backend.with_name(_status(backend)[1])
    return lambda: time.process_time() + int((backend / "schedstat").read_text().split()[0]) / 1e9 + _ended(main)


def _ended(process: Path) -> float:
    """Seconds of processor time that the ended children of a process took (proc(5), `cutime` and `cstime`)."""
    used, of_system = _status(process)[13:15]
    return (int(used) + int(of_system)) / os.sysconf("SC_CLK_TCK")


def _status(process: Path) -> list[str]:
    """The fields of /proc/PID/stat from the third (the state) on."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def _asked(clock: Clock, page: Callable[[int], object], times: int = TIMES) -> Cost:
    page(0)
    return _median(clock, [partial(page, n) for n in range(1, times + 1)])


def _median(clock: Clock, done: list[Callable[[], object]]) -> Cost:
    costs = [cost_of(clock, each) for each in done]
    return Cost(median(cost.used for cost in costs), median(cost.waited for cost in costs))


def cost_of(clock: Clock, do: Callable[[], object]) -> Cost:
    """What it costs to do something once."""
    used, begun = clock(), time.perf_counter()
    do()
    return Cost(clock() - used, time.perf_counter() - begun)


def _streamed(clock: Clock, record: Record) -> Cost:
    number = 0

    def stream() -> None:
        nonlocal number
        for _ in record.incidents(Filter(limit=100_000)):
            number += 1

    cost = cost_of(clock, stream)
    share = 100_000 / max(1, number)
    return Cost(cost.used * share, cost.waited * share)


def _memory() -> int:
    """The most that this process held; `ru_maxrss` would be that of the one that began it, where that held more."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def _size(record: Record, at: str) -> int:
    if "://" not in at:
        return Path(at).stat().st_size
    with record.connection() as connection:
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def lines(found: list[Measured]) -> Iterator[str]:
    """The figures as a table in Markdown."""
    yield "| | " + " | ".join(f"{each.articles:,} articles" for each in found) + " |"
    yield "| --- |" + " ---: |" * len(found)
    yield "| linking one more | " + _row(each.linking for each in found)
    for name in found[0].pages:
        yield f"| {name} | " + _row(each.pages[name] for each in found)
    for name in found[0].counting:
        yield f"| {name} | " + _row(each.counting[name] for each in found)
    streamed = (f"{each.streamed.used:.0f} s ({each.streamed.waited:.0f} s)" for each in found)
    yield "| 100,000 incidents with all accounts, streamed | " + " | ".join(streamed) + " |"
    yield "| greatest memory of who asked | " + " | ".join(f"{e.memory / 1e6:.0f} MB" for e in found) + " |"
    yield "| size of the database | " + " | ".join(f"{e.size / 1e9:.2f} GB" for e in found) + " |"
    yield "| bytes an article | " + " | ".join(f"{e.size / e.articles:,.0f}" for e in found) + " |"


def _row(costs: Iterable[Cost]) -> str:
    return " | ".join(f"{cost.used * 1000:.1f} ms ({cost.waited * 1000:.0f} ms)" for cost in costs) + " |"


def main() -> int:
    """Fill, measure, fill on, measure again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", help="an empty PostgreSQL database or a new file; else a file that is taken away")
    parser.add_argument("--articles", type=int, default=SIZES[-1], help="of the largest record, a multiple of 5,000")
    parser.add_argument("--json", type=Path, help="keep the figures in this file")
    parser.add_argument(
        "--docs", type=Path, help="write the table into this page, in place of the one of this database"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        at = arguments.record or str(Path(folder, "size.db"))
        sizes = sorted({size for size in SIZES if size < arguments.articles} | {arguments.articles})
        found = list(_growing(at, sizes, arguments.json))
    for line in lines(found):
        print(line)
    if arguments.docs:
        _write(arguments.docs, "postgresql" if "://" in at else "sqlite", found)
    return 0 if _held(found) else 1


def _write(page: Path, engine: str, found: list[Measured]) -> None:
    """Put the table between the marks of its engine."""
    begins, ends = f"<!-- {engine} -->", f"<!-- end of {engine} -->"
    before, _, rest = page.read_text().partition(begins)
    page.write_text("\n".join([before + begins, *lines(found), ends]) + rest.partition(ends)[2])


def _growing(at: str, sizes: list[int], keep: Path | None) -> Iterator[Measured]:
    with Record.open(at) as record:
        if not record.count("article"):
            begin(record)
        added = record.count("article")
    copies, found = 0, []
    for size in sizes:
        start, used, more = time.perf_counter(), time.process_time(), size // BLOCK - 1 - copies
        if more:
            engine = open_database(at)
            copy_back(engine, copies, more)
            engine.dispose()
            copies += more
        filled = f"{time.perf_counter() - start:.0f} s ({time.process_time() - used:.0f} s of this processor)"
        print(f"{size:,} articles after {filled}", file=sys.stderr, flush=True)
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # so that memory is that of asking alone
            found.append(apart.submit(measured, at, size, added).result())
        added += LINKED
        if keep:
            keep.write_text(json.dumps([asdict(each) for each in found], indent=2))
        for line in lines(found[-1:]):
            print(line, file=sys.stderr, flush=True)
        yield found[-1]


def _held(found: list[Measured]) -> bool:
    first, last = found[0], found[-1]
    slow = [name for name, cost in last.pages.items() if cost.used > SECONDS]
    ratio = last.linking.used / first.linking.used
    print(f"linking one more: {ratio:.2f} times as long (bar {RATIO})")
    print(f"pages over {SECONDS * 1000:.0f} ms: {', '.join(slow) or 'none'}; streaming {last.streamed.used:.0f} s")
    return not slow and ratio <= RATIO and last.streamed.used <= EXPORT


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
