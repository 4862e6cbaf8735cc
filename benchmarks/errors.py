"""What kinds of error remain, and how many of each: the ten most frequent, by benchmark, in `docs/errors.md`.

    python -m benchmarks.errors [casualties] [incidents] [events]

Reads the readings that `make accuracy` or `benchmarks.score_cached` left, whichever are newer. Each error is put into
one kind by its slot, by whether something was missed, told without ground or told wrong, and by what it is of.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.score_cached import BENCHMARKS, ROOT, lines_of

PAGE = ROOT / "docs" / "errors.md"
KEPT = (ROOT / ".cache" / "accuracy" / "{}.jsonl", ROOT / ".cache" / "docs" / "{}-dev.readings.jsonl")
MOST = 10
MISSED, EXTRA, WRONG = "missed", "told without ground", "told wrong"

Row = dict[str, Any]
Kinds = Iterator[tuple[str, str]]
"""The kind of each error, and the article that has it."""


def of_casualties(gold: list[Row], readings: dict[str, Row]) -> Kinds:
    """Errors in the tolls and the setting of what an article is about."""
    from scorers import casualties as scorer

    for row in gold:
        reading = readings.get(row["id"]) or {}
        focus = scorer.focus_of(reading)
        for slot, accepted, answer, _right, extra, missed in scorer._compare(row, reading):
            if extra or missed:
                yield (
                    f"killed {slot}: {_manner(extra, missed)}, {_toll_detail(accepted, answer, reading, focus)}",
                    row["id"],
                )
        yield from ((kind, row["id"]) for kind in _of_setting(row, reading, focus))


def _manner(extra: int, missed: int) -> str:
    return WRONG if extra and missed else EXTRA if extra else MISSED


def _toll_detail(accepted: list[object], answer: object, reading: Row, focus: Row | None) -> str:
    """Why a toll is wrong, as far as the reading shows it."""
    from scorers import casualties as scorer

    linked = {each["id"] for each in scorer._killed(reading, focus)}
    if accepted[0] is None:
        return "of another happening or another group"
    given = [each for each in reading.get("casualties", ()) if each["count"] in accepted or answer == "vague"]
    killed = [each for each in given if each["effect"] == "killed"]
    if any(each["id"] in linked for each in killed):
        return "a larger one, or another group, beside the right one"
    if killed:
        return "the right one is put to another happening"
    return "the right one is read as another harm" if given else "the figure is not read"


def _of_setting(row: Row, reading: Row, focus: Row | None) -> Iterator[str]:
    from scorers import casualties as scorer

    places = scorer._places(reading, focus)
    if row.get("places") and not any(scorer.same_place(one, other) for one in row["places"] for other in places):
        yield f"place: {WRONG if places else MISSED}"
    if row.get("weapons") and not scorer._weapons(focus) & set(row["weapons"]):
        found = " or ".join(sorted(scorer._weapons(focus))[:1])
        yield f"weapon: {WRONG}, {row['weapons'][0]} as {found}" if found else f"weapon: {MISSED}, {row['weapons'][0]}"
    if row.get("sides") is not None:
        sides = scorer._sides(reading, focus)
        yield from (f"perpetrator: {MISSED}, {side}" for side in sorted(set(row["sides"]) - sides))
        yield from (f"perpetrator: {EXTRA}, {side}" for side in sorted(sides - set(row["sides"])))
    if row.get("date") and not scorer._in_range(row, focus):
        yield f"date: {WRONG if (focus or {}).get('date') else MISSED}"


def of_incidents(gold: list[Row], readings: dict[str, Row]) -> Kinds:
    """Errors in MUC-4's incidents and their slots."""
    from scorers import incidents as scorer

    for row in gold:
        pairs = scorer.align(scorer.incidents_of(readings.get(row["id"])), row["incidents"], scorer.exact)
        for given, wanted in scorer.counted(pairs):
            if given is None or wanted is None:
                kind = f"incident {(wanted or given)['type']}: {MISSED if given is None else EXTRA}"
                yield kind, row["id"]
                continue
            if given["type"] not in (wanted["type"], wanted.get("also_type")):
                yield f"type: {WRONG}, {wanted['type']} as {given['type']}", row["id"]
            yield from ((kind, row["id"]) for kind in _of_slots(given, wanted))


def _of_slots(given: Row, wanted: Row) -> Iterator[str]:
    from scorers import incidents as scorer

    for slot in scorer.SLOTS:
        found = scorer.matches(given[slot], wanted[slot], scorer.exact)
        by_head = scorer.matches(given[slot], wanted[slot], scorer.head)
        name = slot.replace("_", " ")
        for at in range(len(given[slot])):
            if at not in found:
                yield f"{name}: {WRONG}, the head is right" if at in by_head else f"{name}: {EXTRA}"
        for at in range(len(wanted[slot])):
            if at not in found.values() and at not in by_head.values():
                yield f"{name}: {MISSED}"
    if wanted["killed"] and wanted["killed"] not in (sum(given["killed"]), max(given["killed"], default=None)):
        yield f"killed: {WRONG if given['killed'] else MISSED}"


def of_events(gold: list[Row], readings: dict[str, Row]) -> Kinds:
    """Errors in the types and modes of PLOVER's own sentences."""
    from scorers import events as scorer

    for row in gold:
        reading = readings.get(row["id"])
        told = scorer.incidents_of(reading)
        types = {each.get("type") for each in told}
        for event in row["events"]:
            if not told:
                yield f"type {event['type']}: {MISSED}, nothing told", row["id"]
            elif event["type"] not in types:
                yield f"type {event['type']}: {WRONG}, as {told[0].get('type')}", row["id"]
            elif event["mode"] and event["mode"] not in {each.get("mode") for each in told}:
                yield f"mode {event['mode']}: {WRONG}", row["id"]


OF: dict[str, Callable[[list[Row], dict[str, Row]], Kinds]] = {
    "casualties": of_casualties,
    "incidents": of_incidents,
    "events": of_events,
}


def readings_of(name: str, articles: set[str]) -> dict[str, Row]:
    """The newest readings that there are of all the benchmark's articles, by article."""
    paths = [path for form in KEPT if (path := Path(str(form).format(name))).exists()]
    for path in sorted(paths, key=lambda path: -path.stat().st_mtime):
        readings = {row["id"]: row for row in map(json.loads, lines_of(path))}
        if articles <= readings.keys():  # else somebody is just making them
            return readings
    raise SystemExit(f"no readings of all of {name}: run `python -m benchmarks.score_cached {name}` first")


def table_of(name: str) -> list[str]:
    """The section of the page on one benchmark: its most frequent kinds of error."""
    gold = [json.loads(line) for line in lines_of(BENCHMARKS / name / "dev.gold.jsonl")]
    found = list(OF[name](gold, readings_of(name, {row["id"] for row in gold})))
    counts = Counter(kind for kind, _ in found)
    first = dict(reversed(found))
    rows = [f"| {kind} | {count} | `{first[kind]}` |" for kind, count in counts.most_common(MOST)]
    rest = len(found) - sum(count for _, count in counts.most_common(MOST))
    head = [f"## {name}", "", f"{len(found)} errors in {len(gold)} texts.", "", "| kind | errors | for one |"]
    return [*head, "| --- | --- | --- |", *rows, f"| all others | {rest} | |", ""]


def main() -> None:
    """Count, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(OF))
    names = parser.parse_args().names or list(OF)
    sys.path.insert(0, str(BENCHMARKS))
    lead = [
        "# Errors that remain",
        "",
        "Made by `python -m benchmarks.errors` from readings of the dev parts: the ten most frequent kinds for each",
        "benchmark, and an article that has one. *Told without ground* is what the answers do not have.",
        "",
    ]
    lines = [line for name in names for line in table_of(name)]
    PAGE.write_text("\n".join([*lead, *lines]), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
