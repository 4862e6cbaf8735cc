"""Does every input, however broken, give a reading or a named fault?

    python -m benchmarks.fuzz                      # 600 inputs
    python -m benchmarks.fuzz --count 5000 --seed 7

Takes the files of the sample, breaks them (bytes flipped, cut, doubled, nested, mixed with others, in another encoding)
and reads them. What comes out must be a reading that keeps to the contract, its offsets fitting its text, or a fault of
the input with advice; never a fault of the program. Prints each input that failed, and exits with 1 where one did.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.articles.article import TextSpan
from onrecord.reading.batch import Outcome, read_sources
from onrecord.reading.schema import Reading, as_json, from_json
from onrecord.sources import sources_in

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SUFFIXES = (".txt", ".html", ".rss", ".jsonl")

Break = Callable[[random.Random, bytes], bytes]


def flipped(chance: random.Random, data: bytes) -> bytes:
    """With some bytes replaced by any others."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def cut(chance: random.Random, data: bytes) -> bytes:
    """Without its end."""
    return data[: chance.randrange(len(data))]


def doubled(chance: random.Random, data: bytes) -> bytes:
    """With a part of it many times over."""
    start = chance.randrange(len(data))
    part = data[start : start + chance.randint(1, 400)]
    return data[:start] + part * chance.randint(2, 200) + data[start:]


def nested(chance: random.Random, data: bytes) -> bytes:
    """With elements opened and never closed."""
    at = chance.randrange(len(data))
    tag = chance.choice([b"<div>", b"<table><tr><td>", b"<b>", b"<ul><li>", b"<script>", b"<!--", b"<![CDATA["])
    return data[:at] + tag * chance.randint(1, 3000) + data[at:]


def recoded(chance: random.Random, data: bytes) -> bytes:
    """In an encoding that it does not say it is in."""
    return data.decode("utf-8", "replace").encode(chance.choice(["utf-16", "utf-7", "cp1251", "cp437"]), "replace")


def strange(chance: random.Random, data: bytes) -> bytes:
    """With characters that steer, join, turn about or do not exist."""
    at = chance.randrange(len(data))
    odd = chance.choice(
        ["\u202e", "\ufeff", "\u0000", "\u200d" * 50, "\U0001f4a3" * 20, "́" * 300, "\\ud800", "\x1b[2J"]
    )
    return data[:at] + odd.encode("utf-8") + data[at:]


def many_numbers(chance: random.Random, data: bytes) -> bytes:
    """With absurd numbers in the place of numbers."""
    absurd = chance.choice([b"9" * 400, b"-0", b"1e999", "٣٤".encode(), "½".encode(), b"0x7fffffff", b"1,,2,3"])
    return data.replace(chance.choice([b"1", b"2", b"3"]), absurd)


BREAKS: tuple[Break, ...] = (flipped, cut, doubled, nested, recoded, strange, many_numbers)


def inputs(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """File names and bytes, the same for the same seed."""
    chance = random.Random(seed)
    paths = sorted(path for path in SAMPLES.iterdir() if path.suffix in SUFFIXES)
    for number in range(count):
        path = chance.choice(paths)
        data = path.read_bytes()
        breaks = chance.sample(BREAKS, chance.randint(1, 3))
        for each in breaks:
            data = each(chance, data) or b"x"
        yield f"{number:05}-{'-'.join(each.__name__ for each in breaks)}{path.suffix}", data


def complaint(outcome: Outcome) -> str | None:
    """What is wrong with the outcome; None where it is as it must be."""
    if outcome.fault is not None:
        if "fault of onrecord" in str(outcome.fault):
            return str(outcome.fault)
        return None if outcome.fault.where and outcome.fault.advice else f"no place or advice: {outcome.fault}"
    if outcome.reading is None:
        return "neither a reading nor a fault"
    if from_json(as_json(outcome.reading)) != outcome.reading:
        return "does not come back from JSON"
    wrong = next(
        (span for span in spans(outcome.reading) if outcome.reading.text[span.start : span.end] != span.text), None
    )
    return f"offsets do not fit: {wrong}" if wrong else None


def spans(reading: Reading) -> Iterator[TextSpan]:
    """Every span of a reading."""
    yield from (*reading.mentions, *reading.times, *reading.casualties, *reading.labels, *reading.boilerplate)
    for attribution in reading.attributions:
        yield from (*attribution.source, *attribution.cue, *attribution.content)
    for incident in reading.incidents:
        yield from (*incident.perpetrators, *incident.targets, *incident.weapons, *incident.evidence)
    for truce in reading.truces:
        yield from (*truce.terms, *truce.evidence)


def fuzzed(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """What became of so many broken inputs, and each that failed."""
    became: Counter[str] = Counter()
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for name, data in inputs(count, seed):
            path = Path(folder, name)
            path.write_bytes(data)
            begun = time.process_time()
            for outcome in read_sources(sources_in([str(path)])):
                became["read" if outcome.reading else "named as a fault"] += 1
                wrong = complaint(outcome)
                if wrong:
                    failed.append(f"{name}: {wrong}")
            seconds = time.process_time() - begun
            if seconds > 30:
                failed.append(f"{name}: took {seconds:.0f} s of the processor")
            path.unlink()
    return became, failed


def main() -> int:
    """Break, read, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    became, failed = fuzzed(arguments.count, arguments.seed)
    print(f"{arguments.count} inputs: {dict(became)}; {len(failed)} failed (seed {arguments.seed})")
    print("\n".join(failed))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
