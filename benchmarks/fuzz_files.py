"""Does every file that a user hands in beside the news, however broken, give what it holds or a named fault?

    python -m benchmarks.fuzz_files                # 1,000 inputs
    python -m benchmarks.fuzz_files --count 10000 --seed 7

Breaks, as `benchmarks.fuzz` does, the files of docs/own-files.md (own tables of each kind, onrecord.toml), a dump of a
gazetteer, reference lists of ACLED and UCDP, lists of feeds (OPML and text), an archive that was given out and a
back-up; takes each in as the command that it is for does. Prints each input that failed, and exits with 1 if one did.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir
from functools import cache
from pathlib import Path

from benchmarks.fuzz import BREAKS, complaint
from benchmarks.generated import telling
from onrecord.errors import OnRecordError

PAGE = Path(__file__).resolve().parent.parent / "docs" / "own-files.md"
LONGEST = 30.0
"""Seconds of the processor for one input."""
DUMP = (
    "9000001\tKafr Nowhere\tKafr Nowhere\tKafr Nuwhir,كفر\t36.5\t37.1\tP\tPPL\tSY\t\t09\t\t\t\t120\t\t300\tAsia\t2016\n"
    "9000003\tNowhere Camp\tNowhere Camp\t\t36.6\t37.2\tL\tCMPRF\tSY\t\t09\t\t\t\t0\t\t300\tAsia/Damascus\t2016-10-14\n"
)
OPML = (
    '<?xml version="1.0"?><opml version="2.0"><body><outline text="War"><outline xmlUrl="https://a.example/rss"/>'
    '</outline><outline xmlUrl="https://b.example/feed?x=1&amp;y=2"/></body></opml>'
)
FEEDS = "# feeds\nhttps://a.example/rss\n\nhttps://b.example/feed\n"


def own_tables(path: Path) -> None:
    """An article read with the user's own tables."""
    from onrecord.reading.batch import read_sources
    from onrecord.sources import sources_in

    with chdir(path.parent):
        for outcome in read_sources(sources_in(["article.txt"])):
            wrong = complaint(outcome)
            if wrong:
                raise AssertionError(wrong)
            if outcome.fault is not None:
                raise outcome.fault


def dump(path: Path) -> None:
    """`onrecord gazetteer import`, and a look-up in what it made."""
    from onrecord.reading.places.gazetteer_file import add_to
    from onrecord.reading.places.geonames_dump import entries_of

    add_to(path.with_name("own.sqlite"), entries_of(path))


def reference(path: Path) -> None:
    """`onrecord compare`."""
    from onrecord.views.comparison import compare, read_reference

    compare(iter(()), read_reference(path))


def feeds(path: Path) -> None:
    """`onrecord watch` with a list of feeds."""
    from onrecord.watch.subscriptions import feeds_named

    feeds_named([str(path)])


def archive(path: Path) -> None:
    """`onrecord add` of a web archive; what cannot be read in it is named."""
    from onrecord.sources import sources_in

    for source in sources_in([str(path)]):
        if isinstance(source, OnRecordError) and not source.advice:
            raise AssertionError(f"no advice: {source}")


def back_up(path: Path) -> None:
    """`onrecord restore`."""
    from onrecord.archive.backing_up import restore

    restore(path, str(path.with_name("made.db")))


Enter = Callable[[Path], None]


@cache
def examples() -> dict[str, str]:
    """The files of the page on own files, by name."""
    blocks = re.findall(r"^```\w+ ([\w.-]+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return dict(blocks)


def files() -> dict[str, tuple[bytes, Enter]]:
    """By name: a file that is whole, and what takes it in."""
    own = {name: text for name, text in examples().items() if name.endswith((".tsv", ".toml"))}
    given = _given_out()
    return {
        **{name: (text.encode(), own_tables) for name, text in own.items()},
        "SY.txt": (DUMP.encode(), dump),
        "acled.csv": (given["acled"], reference),
        "ucdp.csv": (given["ucdp"], reference),
        "feeds.opml": (OPML.encode(), feeds),
        "feeds.txt": (FEEDS.encode(), feeds),
        "war.wacz": (given["wacz"], archive),
        "war.warc.gz": (given["warc"], archive),
        "copy.db": (given["copy"], back_up),
    }


def _given_out() -> dict[str, bytes]:
    """What a small record gives out, by its form."""
    from onrecord.archive.backing_up import back_up as copied
    from onrecord.archive.giving import give_out
    from onrecord.record import Filter, Record
    from onrecord.views.exports import export_bytes

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Record.open(folder / "onrecord.db") as record:
            for told in telling(4, seed=3):
                record.add(told.source, told.reading)
            made = {"acled": b"".join(export_bytes(record, Filter(), "acled", None))}
            made["ucdp"] = b"".join(export_bytes(record, Filter(), "ucdp", None))
            give_out(record, folder / "war.wacz")
            give_out(record, folder / "war.warc.gz")
            copied(record, folder / "copy.db")
        made |= {form: (folder / f"war.{form}").read_bytes() for form in ("wacz",)}
        return made | {"warc": (folder / "war.warc.gz").read_bytes(), "copy": (folder / "copy.db").read_bytes()}


def inputs(count: int, seed: int) -> Iterator[tuple[str, str, bytes, Enter]]:
    """What was done to which file, its bytes, and what takes it in; the same for the same seed."""
    chance, whole = random.Random(seed), files()
    for number in range(count):
        name = list(whole)[number % len(whole)]
        data, enter = whole[name]
        breaks = chance.sample(BREAKS, chance.randint(1, 2))
        for each in breaks:
            data = each(chance, data) or b"x"
        yield f"{number:05} {'-'.join(each.__name__ for each in breaks)}", name, data, enter


def became_of(name: str, data: bytes, enter: Enter) -> tuple[str, str | None]:
    """What became of one input ("taken" or "named as a fault"), and what is wrong with that, if anything is."""
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as place:
        for example, text in examples().items():
            Path(place, example).write_text(text, encoding="utf-8")
        Path(place, name).write_bytes(data)
        became, wrong = "taken", None
        try:
            enter(Path(place, name))
        except OnRecordError as fault:
            became = "named as a fault"
            wrong = None if fault.advice and "fault of onrecord" not in str(fault) else f"no named fault: {fault}"
        except Exception as fault:
            wrong = f"{type(fault).__name__}: {fault}"
    seconds = time.process_time() - begun
    return became, wrong or (f"took {seconds:.0f} s of the processor" if seconds > LONGEST else None)


def fuzzed(count: int, seed: int) -> tuple[Counter[str], Counter[str], list[str]]:
    """How many files of each name were broken, what became of them, and each that failed."""
    each: Counter[str] = Counter()
    became: Counter[str] = Counter()
    failed = []
    for done, name, data, enter in inputs(count, seed):
        end, wrong = became_of(name, data, enter)
        each[name] += 1
        became[end] += 1
        if wrong:
            failed.append(f"{name} {done}: {wrong}")
    return each, became, failed


def main() -> int:
    """Break, take in, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    each, became, failed = fuzzed(arguments.count, arguments.seed)
    print(f"{each.total()} inputs ({', '.join(each)}): {dict(became)}; {len(failed)} failed (seed {arguments.seed})")
    print("\n".join(failed))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
