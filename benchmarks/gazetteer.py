"""What the gazetteer costs, and how well it knows names that are spelled as no gazetteer has them.

    python -m benchmarks.gazetteer

Prints how long opening and a first look-up take and how much resident memory they and 20,000 look-ups add, each in a
process of its own (the best of five); how many names a second one core looks up, each another one; and of the
spellings in `misspellings.tsv` how many find their town, how many another place, and how many names of no town find
one. Exits with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from onrecord.lexicon import DATA
from onrecord.reading.places.countries import country_names
from onrecord.reading.places.distance import kilometres
from onrecord.reading.places.gazetteer import Gazetteer, gazetteer
from onrecord.reading.places.resolution import located
from onrecord.reading.places.spellings import NamedPlace

MOST_MILLISECONDS, MOST_MEGABYTES, LEAST_A_SECOND = 50.0, 60.0, 20_000.0
LEAST_FOUND, MOST_FALSE = 0.85, 0.07
LOOK_UPS = 20_000
NEAR_KM = 25.0
MISSPELLINGS = Path(__file__).with_name("misspellings.tsv")
FILE = DATA / "gazetteer.sqlite"


def outcomes() -> Counter[str]:
    """How the spellings fare: right, wrong (another place), missed; of names of no town: silent, false."""
    found: Counter[str] = Counter()
    for line in MISSPELLINGS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and not line.startswith("written\t"):
            found[_outcome(*line.split("\t"))] += 1
    return found


def _outcome(written: str, country: str, town: str) -> str:
    """What an article makes of a name that speaks of the country besides."""
    place = located(gazetteer(), [NamedPlace(country_names()[country]), NamedPlace(written)], None, None)[1]
    if not town:
        return "silent" if place is None else "false"
    if place is None:
        return "missed"
    towns = [each for each in gazetteer().named(town) if each.country == country]
    return "right" if any(kilometres(place.point, each.point) <= NEAR_KM for each in towns) else "wrong"


def _cost() -> dict[str, float]:
    """Opening, a first look-up, then many: milliseconds, megabytes, names a second, in this process."""
    names = _some_names()
    before, begun = _resident(), time.process_time()
    opened = Gazetteer(FILE)
    opened.named("Damascus")
    first = time.process_time() - begun
    begun = time.process_time()
    for name in names:
        opened.named(name)
    took = time.process_time() - begun
    return {"milliseconds": first * 1000, "megabytes": _resident() - before, "a second": len(names) / took}


def _some_names() -> list[str]:
    """Names from all over the file, none twice."""
    with sqlite3.connect(f"file:{FILE}?mode=ro", uri=True) as database:
        total = database.execute("select count(distinct key) from name").fetchone()[0]
        step = max(total // LOOK_UPS, 1)
        keys = [key for (key,) in database.execute("select distinct key from name order by key")]
    return keys[::step][:LOOK_UPS]


def _resident() -> float:
    """Megabytes of memory that the process holds."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _best_of(runs: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.gazetteer", "--once"]
    costs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(runs)]
    return {
        "milliseconds": min(cost["milliseconds"] for cost in costs),
        "megabytes": min(cost["megabytes"] for cost in costs),
        "a second": max(cost["a second"] for cost in costs),
    }


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--once", action="store_true", help="measure in this process alone and print JSON")
    if parser.parse_args().once:
        print(json.dumps(_cost()))
        return 0
    cost, fared = _best_of(5), outcomes()
    towns, none = fared["right"] + fared["wrong"] + fared["missed"], fared["silent"] + fared["false"]
    print(f"file                         {FILE.stat().st_size / 1e6:10.1f} MB")
    print(f"open and first look-up       {cost['milliseconds']:10.1f} ms   (at most {MOST_MILLISECONDS:.0f})")
    print(f"resident memory added        {cost['megabytes']:10.1f} MB   (at most {MOST_MEGABYTES:.0f})")
    print(f"look-ups, each another name  {cost['a second']:10,.0f} /s   (at least {LEAST_A_SECOND:,.0f})")
    print(f"misspelled towns found       {fared['right']:6} of {towns}, {fared['wrong']} elsewhere")
    print(f"names of no town found       {fared['false']:6} of {none}")
    missed = cost["milliseconds"] > MOST_MILLISECONDS or cost["megabytes"] > MOST_MEGABYTES
    slow = cost["a second"] < LEAST_A_SECOND
    poor = fared["right"] < LEAST_FOUND * towns or fared["false"] > MOST_FALSE * none
    return int(missed or slow or poor)


if __name__ == "__main__":
    raise SystemExit(main())
