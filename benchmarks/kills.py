"""Does a record survive `kill -9` at any moment of whatever is done to it?

    python -m benchmarks.kills                     # 300 kills
    python -m benchmarks.kills --kills 1000 --seed 7
    python -m benchmarks.kills --kills 40 --server postgresql://user@host     # a new database for each
    python -m benchmarks.kills --kills 8 --work link --articles 500           # linking a larger record anew

A process of its own adds to, links anew, decides on, captures for, migrates, exports, releases or backs up a small
record and kills itself at its n-th act, n drawn at random: an act is a statement or a commit of the database, or a file
opened, renamed or removed. Then the work is done again to its end. What is on record must be what undisturbed work
leaves, nothing may be left behind, and `verify` must find it whole. Exits with 1 where it does not.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.generated import telling
from onrecord.archive.backing_up import back_up
from onrecord.archive.broken import Broken, Unproved
from onrecord.archive.capturing import keep
from onrecord.archive.giving import give_out
from onrecord.archive.proving import prove
from onrecord.record import Record
from onrecord.record.decisions.acts import Merge
from onrecord.record.releases import Releases
from onrecord.record.shapes import Filter
from onrecord.sources.fetching import Exchange, Fetched
from onrecord.views.exports import export_bytes
from onrecord.views.release import make_release

ARTICLES = 6
FIRST = Path(__file__).resolve().parent.parent / "tests" / "record" / "data" / "first-version.db.gz"
"""A record that the first version made."""
OF_THE_FIRST = 10
_NUMBERS = count(1)
FILE_ACTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"})
PAGE = (
    b"<html><body><p>Two people were killed on Friday when shells fell on the market, the mayor said.</p></body></html>"
)


def add(folder: Path) -> None:
    """Add articles, as `onrecord add` does: what is there is passed over."""
    with Record.open(address(folder)) as record:
        for told in telling(_articles(folder), seed=5):
            if not record.holds(told.source.sha256, told.source.origin):
                record.add(told.source, told.reading)


def _articles(folder: Path) -> int:
    """How many articles the record that is worked on in a folder has."""
    named = folder / "articles"
    return int(named.read_text()) if named.exists() else ARTICLES


def decide(folder: Path) -> None:
    """Merge two incidents and so link their articles anew."""
    with Record.open(address(folder)) as record:
        if not list(record.decisions()):
            incidents = [incident.id for incident in record.incidents()]
            record.decide(Merge(tuple(incidents[:2])), by="A. Coder", why="The same raid.")


def capture(folder: Path) -> None:
    """Keep what was fetched."""
    answer = Exchange(
        url="https://news.example/a",
        address="192.0.2.1",
        begun="2031-03-01T08:30:00.000+00:00",
        ended="2031-03-01T08:30:01.000+00:00",
        request=b"GET /a HTTP/1.1\r\nHost: news.example\r\n\r\n",
        response=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"),),
        payload=PAGE,
        body=PAGE,
    )
    with Record.open(address(folder)) as record:
        keep(record, Fetched(answer.url, (answer,)))


def export(folder: Path) -> None:
    """Give the archive out, and the record as a table."""
    with Record.open(address(folder)) as record:
        give_out(record, folder / "archive.wacz")
        (folder / "incidents.csv").write_bytes(b"".join(export_bytes(record, Filter(), "csv", None)))


def release(folder: Path) -> None:
    """Release a version, if that has not been done."""
    releases = Releases.beside(folder / "onrecord.db")
    with Record.open(folder / "onrecord.db") as record:
        released = list(record.journal(kind="released"))
        releases.finish(released)
        if not released:
            make_release(record, releases, "2031-03", by="A. Coder")


def backup(folder: Path) -> None:
    """Back the record up, if that has not been done."""
    if not (folder / "copy.db").exists():
        with Record.open(address(folder)) as record:
            back_up(record, folder / "copy.db")


def link(folder: Path) -> None:
    """Link all articles anew."""
    with Record.open(address(folder)) as record:
        record.link_anew()


def migrate(folder: Path) -> None:
    """Open a record that the first version made."""
    with Record.open(folder / "onrecord.db"):
        pass


def address(folder: Path) -> str:
    """Where the record is that is worked on in a folder: on a server, or in the folder."""
    named = folder / "address"
    return named.read_text() if named.exists() else str(folder / "onrecord.db")


WORKS: dict[str, Callable[[Path], None]] = {
    work.__name__: work for work in (add, link, decide, capture, export, release, backup, migrate)
}
ON_A_SERVER = ("add", "link", "decide", "capture", "export", "backup")
"""Releases and the copy before a migration stand beside a file."""
MOST_ACTS = {
    "add": 500,
    "link": 500,
    "decide": 150,
    "capture": 40,
    "export": 120,
    "release": 160,
    "backup": 80,
    "migrate": 600,
}
"""Of which the one to die at is drawn; the work ends before the last of them."""


def prepared(work: str, folder: Path) -> None:
    """Make what the work begins with."""
    if work == "migrate":
        (folder / "onrecord.db").write_bytes(gzip.decompress(FIRST.read_bytes()))
    elif work != "add" and (folder / "address").exists():
        add(folder)
    elif work != "add":
        (folder / "onrecord.db").write_bytes(_filled(_articles(folder)))


@cache
def _filled(articles: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="onrecord-kills-") as place:
        Path(place, "articles").write_text(str(articles))
        add(Path(place))
        return Path(place, "onrecord.db").read_bytes()


def killed(work: str, folder: Path, at: int) -> bool:
    """Do the work in a process that kills itself at its act of this number; whether it came to that."""
    process = os.fork()
    if process == 0:
        try:
            _doomed(work, folder, at)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"{work} ended with {os.WEXITSTATUS(status)} before its act {at}")
    return os.WIFSIGNALED(status)


def _doomed(work: str, folder: Path, at: int) -> None:
    acts = 0

    def act(*_: object) -> None:
        nonlocal acts
        acts += 1
        if acts == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", act)
    event.listen(Engine, "commit", act)
    sys.addaudithook(lambda name, _: act() if name in FILE_ACTS else None)
    WORKS[work](folder)


def survived(work: str, folder: Path) -> str | None:
    """What is wrong after the work was killed and then done again; None where nothing is."""
    at = address(folder)
    if "://" in at or Path(at).exists():
        found = broken(at)
        if found:
            return f"after the kill: {found}"
    WORKS[work](folder)
    found = broken(at)
    if found:
        return f"after the work was done again: {found}"
    if work == "backup" and content(str(folder / "copy.db")) != content(at):
        return "the back-up is another record"
    left = [path.name for path in folder.iterdir() if path.name.startswith(".onrecord-")]
    if left and "://" not in at:
        return f"{left[0]} was left behind"
    with Record.open(at) as record:
        held = [article.reading_id for article in record.articles()]
    expected = OF_THE_FIRST if work == "migrate" else _articles(folder)
    return None if len(held) == len(set(held)) == expected else f"{len(held)} articles in place of {expected}"


def broken(at: str) -> str | None:
    """What is not whole of a record, its releases included."""
    with Record.open(at) as record:
        for found in prove(record, releases=None if "://" in at else Releases.beside(at)):
            if isinstance(found, Broken):
                return f"{found.where} {found.what}"
            if isinstance(found, Unproved):
                return f"{found.part} {found.what}"
    return None


def content(at: str) -> list[object]:
    """What a record says."""
    with Record.open(at) as record:
        return [asdict(value) for values in (record.articles(), record.incidents(), record.tolls()) for value in values]


def kill_and_prove(
    kills: int,
    seed: int,
    tell: Callable[[str], None] = print,
    *,
    server: str | None = None,
    works: Sequence[str] = (),
    articles: int = ARTICLES,
) -> tuple[Counter[str], list[str]]:
    """How often which work was killed, and what was wrong afterwards; those that ended before do not count.

    `server` is the address of a PostgreSQL server on which new databases can be made; records are files without it.
    `works` are the kinds of work, all without it.
    """
    chance = random.Random(seed)
    done: Counter[str] = Counter()
    wrong: list[str] = []
    names = list(works or (ON_A_SERVER if server else WORKS))
    most = {work: acts * max(1, articles // ARTICLES) for work, acts in MOST_ACTS.items()}
    while done.total() < kills:
        work = names[done.total() % len(names)]
        with tempfile.TemporaryDirectory(prefix="onrecord-kills-") as place:
            folder = Path(place)
            (folder / "articles").write_text(str(articles))
            if server:
                (folder / "address").write_text(new_database(server))
            prepared(work, folder)
            at = chance.randint(1, most[work])
            if not killed(work, folder, at):
                most[work] = max(1, at - 1)
                continue
            done[work] += 1
            fault = survived(work, folder)
            if fault:
                wrong.append(f"{work}, killed at act {at}: {fault}")
                tell(wrong[-1])
    return done, wrong


def new_database(server: str) -> str:
    """The address of a new, empty database on a PostgreSQL server."""
    import psycopg

    name = f"kills_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return f"{server}/{name}"


def main() -> int:
    """Kill, prove, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", choices=list(WORKS), action="append", default=[])
    parser.add_argument("--articles", type=int, default=ARTICLES, help="on the record that is worked on")
    parser.add_argument("--server", help="a PostgreSQL server on which to make the records")
    arguments = parser.parse_args()
    done, wrong = kill_and_prove(
        arguments.kills, arguments.seed, server=arguments.server, works=arguments.work, articles=arguments.articles
    )
    each = ", ".join(f"{work} {number}" for work, number in sorted(done.items()))
    print(f"killed {done.total()} times ({each}; seed {arguments.seed}); {len(wrong)} records not as they should be")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
