"""Does a record that follows a feed for hours stay whole, and does memory stay flat, whatever the site does?

    python -m benchmarks.feed_soak                    # two hours
    python -m benchmarks.feed_soak --minutes 10 --seed 7

A site on loopback serves a feed that grows, and fails in every way that a site can: errors, answers cut short, slow,
packed a thousandfold, redirects in a circle or into the own network, no HTTP at all. Each round captures the feed, puts
what is new on record by a reader that stands in for the model, looks at what is on record, and at times closes the
record, backs it up and verifies it. In the end every entry that was ever served must be on record once, and `verify`
must find it whole. Memory is that of the process: its most in the first half of the time, and at the end. Exits with 1
where anything was lost or doubled, or memory grew by more than a fifth.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from socket import socket

import psutil

from benchmarks.generated import Told, telling
from onrecord.archive.backing_up import back_up
from onrecord.archive.broken import Broken
from onrecord.archive.capturing import captured, sources_of
from onrecord.archive.proving import prove
from onrecord.errors import FetchError, OnRecordError
from onrecord.record import Record
from onrecord.sources import Source
from onrecord.sources.fetching import Policy
from tests.sites import Answer, Site, redirect, response, site

ALLOWED = Policy(
    allowed=frozenset({"localhost"}), robots=False, seconds=1.0, largest=2_000_000, largest_unpacked=4_000_000
)
PAUSE = 2.0
"""Seconds between two rounds: what is tried is the length of the run, not the processor."""
SHOWN = 5
"""Entries that the feed shows at a time."""
FAULTS_A_ROUND = 0.4
ROUNDS_A_BACK_UP = 40
SECONDS_A_SAMPLE = 60
MOST_GROWTH = 0.2


@dataclass(frozen=True, slots=True)
class Sample:
    """How it stood at one moment."""

    minutes: float
    megabytes: float
    processor_seconds: float
    rounds: int
    entries: int
    faults: int
    back_ups: int
    verified: int


@dataclass(slots=True)
class Soak:
    """What was done and what became of it."""

    rounds: int = 0
    served: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    back_ups: int = 0
    lost: int = 0
    doubled: int = 0
    broken: str | None = None
    verified: int = 0
    megabytes_early: float = 0.0
    megabytes_late: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """By which share memory grew in the second half."""
        return self.megabytes_late / self.megabytes_early - 1 if self.megabytes_early else 0.0


def feed(told: list[tuple[int, Told]]) -> bytes:
    """An RSS feed of some entries, the newest first."""
    items = "".join(
        f"<item><guid>{number}</guid><title>Told {number}</title><link>https://herald.example/{number}</link>"
        f"<description>{one.reading.text[:200]}</description></item>"
        for number, one in reversed(told)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title>{items}</channel></rss>'.encode()


def _drip(line: socket) -> None:
    with suppress(OSError):
        for byte in response(b"x" * 200):
            line.sendall(bytes([byte]))
            time.sleep(0.02)


FAULTS: dict[str, Answer] = {
    "error": response(b"", status="503 Unavailable"),
    "cut short": response(b"<rss>", headers={"Content-Length": "5000"}),
    "slow": _drip,
    "bomb": response(gzip.compress(bytes(9_000_000)), headers={"Content-Encoding": "gzip"}),
    "circle": redirect("/feed"),
    "inwards": redirect("http://169.254.169.254/latest/meta-data/"),
    "no HTTP": b"\x16\x03\x01" * 50,
    "no feed": response(b"<html><body>Accept all cookies</body></html>"),
    "entities": response(b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel>&a;</channel></rss>'),
}


def soaked(minutes: float, seed: int, pause: float = PAUSE, samples: Path | None = None) -> Soak:
    """Follow the feed for so many minutes; how it stands is added to the file of samples as it goes."""
    chance, soak = random.Random(seed), Soak()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="onrecord-soak-") as place, site() as here:
        path = Path(place, "onrecord.db")
        stories = telling(1_000_000, seed=seed)
        shown: list[tuple[int, Told]] = []
        while (spent := (time.monotonic() - begun) / 60) < minutes:
            _round(path, here, chance, soak, stories, shown)
            if soak.rounds % ROUNDS_A_BACK_UP == 0:
                _back_up(path, soak)
            if not soak.samples or spent - soak.samples[-1].minutes >= SECONDS_A_SAMPLE / 60:
                _sample(soak, spent, samples)
            time.sleep(pause)
        _sample(soak, minutes, samples)
        _judge(path, soak)
    soak.megabytes_early = max(one.megabytes for one in soak.samples if one.minutes <= minutes / 2)
    soak.megabytes_late = soak.samples[-1].megabytes
    return soak


def _sample(soak: Soak, minutes: float, file: Path | None) -> None:
    process = psutil.Process()
    spent = process.cpu_times()
    sample = Sample(
        round(minutes, 2),
        round(process.memory_info().rss / 1_000_000, 1),
        round(spent.user + spent.system, 1),
        soak.rounds,
        soak.served,
        soak.faults.total(),
        soak.back_ups,
        soak.verified,
    )
    soak.samples.append(sample)
    if file:
        with file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(sample)) + "\n")


def _round(
    path: Path, here: Site, chance: random.Random, soak: Soak, stories: Iterator[Told], shown: list[tuple[int, Told]]
) -> None:
    for _ in range(chance.randint(0, 2)):
        soak.served += 1
        shown.append((soak.served, next(stories)))
    del shown[:-SHOWN]
    with Record.open(path) as record:
        if chance.random() < FAULTS_A_ROUND:
            kind = chance.choice(list(FAULTS))
            here.answers["/feed"] = FAULTS[kind]
            soak.faults[kind] += 1
            _follow(record, here, dict(shown))
        here.answers["/feed"] = response(feed(shown), headers={"Content-Type": "application/rss+xml"})
        here.requests.clear()
        if shown:
            _follow(record, here, dict(shown))
        record.summary()
    soak.rounds += 1


def _follow(record: Record, here: Site, told: dict[int, Told]) -> None:
    try:
        for source in sources_of(record, captured(record, here.url("/feed"), ALLOWED)):
            if isinstance(source, Source) and source.kind == "feed-entry" and not record.holds(source.sha256):
                number = int(str(source.url).rpartition("/")[2])
                record.add(source, replace(told[number].reading, id=f"told {number}", url=source.url))
    except FetchError as fault:
        record.add_failure(here.url("/feed"), fault)


def _back_up(path: Path, soak: Soak) -> None:
    copy = path.with_name("copy.db")
    with Record.open(path) as record:
        back_up(record, copy)
    with Record.open(copy) as record:
        soak.broken = soak.broken or _first_broken(record)
    copy.unlink()
    soak.back_ups += 1
    soak.verified += 1


def _judge(path: Path, soak: Soak) -> None:
    with Record.open(path) as record:
        held = Counter(article.reading_id for article in record.articles())
        soak.broken = soak.broken or _first_broken(record)
    soak.verified += 1
    soak.lost = soak.served - len(held)
    soak.doubled = sum(count - 1 for count in held.values())


def _first_broken(record: Record) -> str | None:
    try:
        found = next((part for part in prove(record) if isinstance(part, Broken)), None)
    except OnRecordError as fault:
        return str(fault)
    return f"{found.where} {found.what}" if found else None


def main() -> int:
    """Soak and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two rounds")
    parser.add_argument("--samples", type=Path, help="a file to add a line of figures to, each minute")
    arguments = parser.parse_args()
    soak = soaked(arguments.minutes, arguments.seed, arguments.pause, arguments.samples)
    print(f"{soak.rounds} rounds in {arguments.minutes:g} minutes, {soak.served} entries, faults {dict(soak.faults)}")
    print(f"{soak.back_ups} back-ups, verified {soak.verified} times; {soak.lost} lost, {soak.doubled} doubled")
    print(soak.broken or "verify found it whole")
    print(f"memory {soak.megabytes_early:.0f} MB at half the time, {soak.megabytes_late:.0f} MB at the end")
    return bool(soak.lost or soak.doubled or soak.broken or soak.growth > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
