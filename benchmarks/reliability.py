"""Everything that is done to a record to break it, with the figures written to docs/reliability.md.

    python -m benchmarks.reliability                                  # what a release is made with: some three hours
    python -m benchmarks.reliability --kills 50 --flips 100 --fuzz 100 --minutes 5
    python -m benchmarks.reliability --part flips --part fuzz         # these anew; of the others what is known

What was done is kept in a file of results, each part with the state of the program (the commit) that it was done on.
Exits with 1 where anything was lost, doubled or not found.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from benchmarks import coverage_fuzz, feed_soak, flips, fuzz, fuzz_files, kills
from onrecord import __version__

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"


@dataclass(frozen=True, slots=True)
class Row:
    """What was done, by which command, how often, what became of it, and how often it went wrong."""

    what: str
    by: str
    how_often: str
    became: str
    wrong: int
    commit: str = ""
    """The state of the program that it was done on."""


def measured(arguments: argparse.Namespace) -> list[Row]:
    """Do the parts, what takes longest last; what the file of results has is not done again, but where it is asked."""
    rows = []
    for name, part in PARTS.items():
        row = None if name in arguments.part else _known(arguments.results, name)
        if row is None and (not arguments.part or name in arguments.part):
            row = replace(part(arguments), commit=_commit())
            note(arguments.results, name, row)
        rows += [row] if row else []
    return rows


def note(results: Path, name: str, row: Row) -> None:
    """Add a part to a file of results."""
    with results.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"part": name, **asdict(row)}) + "\n")


def _known(results: Path, name: str) -> Row | None:
    """What was last found."""
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    found = [values for values in map(json.loads, lines) if values.pop("part") == name]
    return Row(**found[-1]) if found else None


def _commit() -> str:
    """The state of the program, with a plus where something was changed since."""
    number = _git("rev-parse", "--short=7", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", "onrecord", "benchmarks")
    return number + "+" * bool(changed) if number else f"onrecord {__version__}"


def _git(*command: str) -> str:
    done = subprocess.run(["git", *command], cwd=PAGE.parent.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _kills(arguments: argparse.Namespace) -> Row:
    done, unsound = kills.kill_and_prove(arguments.kills, arguments.seed)
    return killed(done, unsound, "`kill -9` at a random act", "`python -m benchmarks.kills`")


def _kills_on_a_server(arguments: argparse.Namespace) -> Row:
    from tests.servers import programs, server

    what, by = "the same on PostgreSQL", "`python -m benchmarks.kills --server`"
    if programs() is None:
        return Row(what, by, "0", "there is no PostgreSQL here", 0)
    with server() as running:
        at = running.address("").rstrip("/")
        return killed(*kills.kill_and_prove(arguments.kills // 8, arguments.seed, server=at), what, by)


def killed(done: Counter[str], unsound: list[str], what: str, by: str) -> Row:
    """The row on kills."""
    each = ", ".join(f"{work} {number}" for work, number in sorted(done.items()))
    became = f"{len(unsound)} records not as they should be"
    return Row(what, by, f"{done.total()} ({each})", became, len(unsound))


def _flips(arguments: argparse.Namespace) -> Row:
    found = flips.flipped(arguments.flips, arguments.seed)
    each = ", ".join(f"{one.kind} {one.done - one.silent}" for one in found)
    missed, silent = sum(len(one.missed) for one in found), sum(one.silent for one in found)
    became = f"{sum(one.found for one in found)} found, {missed} not; {silent} more said nothing"
    how_often = f"{sum(one.done - one.silent for one in found)} ({each})"
    return Row("a bit flipped in a file of the record", "`python -m benchmarks.flips`", how_often, became, missed)


def _fuzz(arguments: argparse.Namespace) -> Row:
    became, failed = fuzz.fuzzed(arguments.fuzz, arguments.seed)
    said = f"{became['read']} articles read, {became['named as a fault']} named as faults, {len(failed)} failures"
    return Row("a broken input read", "`python -m benchmarks.fuzz`", f"{arguments.fuzz}", said, len(failed))


def _files(arguments: argparse.Namespace) -> Row:
    each, became, failed = fuzz_files.fuzzed(arguments.files, arguments.seed)
    said = f"{became['taken']} taken in, {became['named as a fault']} named as faults, {len(failed)} failures"
    how_often = f"{each.total()} ({', '.join(each)})"
    return Row("a broken file of a user's taken in", "`python -m benchmarks.fuzz_files`", how_often, said, len(failed))


def _led(arguments: argparse.Namespace) -> Row:
    what, by = "inputs led by what code they reach", "`python -m benchmarks.coverage_fuzz`"
    if find_spec("atheris") is None:
        return Row(what, by, "0", "atheris is not installed", 0)
    found = {name: coverage_fuzz.fuzzed(name, arguments.led) for name in coverage_fuzz.WAYS}
    each = ", ".join(f"{name} {number:,}" for name, (number, _) in found.items())
    failed = [name for name, (_, fault) in found.items() if fault]
    return Row(what, by, each, f"{len(failed)} ways in with a fault", len(failed))


def _soak(arguments: argparse.Namespace) -> Row:
    return soaked(feed_soak.soaked(arguments.minutes, arguments.seed), arguments.minutes)


def soaked(soak: feed_soak.Soak, minutes: float) -> Row:
    """The row on a soak."""
    wrong = soak.lost + soak.doubled + (soak.broken is not None) + (soak.growth > feed_soak.MOST_GROWTH)
    return Row(
        "a feed followed",
        "`python -m benchmarks.feed_soak`",
        f"{minutes:g} minutes: {soak.rounds} rounds, {soak.served} entries, {soak.faults.total()} faults of the site, "
        f"{soak.back_ups} back-ups, verified {soak.verified} times",
        f"{soak.lost} lost, {soak.doubled} doubled; {soak.broken or '`verify` found it whole'}; memory "
        f"{soak.megabytes_early:.0f} MB at half the time, {soak.megabytes_late:.0f} MB at the end",
        int(wrong),
    )


PARTS: dict[str, Callable[[argparse.Namespace], Row]] = {
    "kills": _kills,
    "kills on a server": _kills_on_a_server,
    "flips": _flips,
    "fuzz": _fuzz,
    "files": _files,
    "led": _led,
    "soak": _soak,
}


def page(rows: list[Row], command: str) -> str:
    """The page on it."""
    cells = ((row.what, row.by, row.how_often, row.became, f"`{row.commit}`") for row in rows)
    table = "\n".join(f"| {' | '.join(row)} |" for row in cells)
    today = datetime.now(UTC).date().isoformat()
    made = f"onrecord {__version__}, {today}, Python {platform.python_version()}, {os.cpu_count()} cores"
    return f"""# How a record stands what happens to it

Made by `{command}`
({made}). Anybody can run it again, whole or each part by its own command;
without options it does more of each.

| what was done | by | how often | what became of it | commit |
| --- | --- | --- | --- | --- |
{table}

The time of reading grows with the length, no faster (`python -m benchmarks.lengths`: an article and ten texts made to
take long, at 1, 2, 4 and 8 times the length).

After each kill the work was done again: nothing may be lost, nothing be there twice or left behind, and `onrecord
verify` must find the record whole. The reader in the kills and the feed is a stand-in for the model, so that the record
is what is tried.

A bit that says nothing stands in space of the database that is free, or is a mark in the index of words that changes
no answer, now or after SQLite has merged that index (it is compared before and after). Of releases, of archives and
tables that were given out, and of the log in which SQLite has the latest changes every bit counts. Where the last
change in that log is damaged, `verify` cannot tell it from one that a program was stopped in the midst of, and says so.

Tried in the tests besides, each by what a user would do: a full disk, a folder that may not be written, a clock set
back, two programs on one record (`tests/faults`); a locked record, a database that is gone, PostgreSQL restarted under
load, a damaged file (`tests/record/test_faults.py`); SQLite's log damaged or broken off
(`tests/record/test_write_ahead.py`); a worker killed while articles are added (`tests/cli/test_add.py`); a camera that
hangs up (`tests/cli/test_capture.py`); a record of the first version, copied and brought up to date
(`tests/record/test_old_records.py`), and one of a newer version, refused (`tests/record/test_database.py`);
verification, back-ups and archives on PostgreSQL
(`tests/archive/test_on_a_server.py`); what is withheld, at every door
(`tests/faults/test_nothing_withheld_goes_out.py`); every pattern, with strings made for it (`tests/test_patterns.py`,
`python -m benchmarks.patterns`). What verification proves, and what it cannot, stands in [evidence.md](evidence.md).
"""


def main() -> int:
    """Break, prove, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--fuzz", type=int, default=2000)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--led", type=int, default=60, help="seconds of coverage-led fuzzing for each way in")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=Path("reliability.jsonl"), help="kept, and gone on from")
    parser.add_argument("--part", choices=list(PARTS), action="append", default=[], help="do this part, and anew")
    arguments = parser.parse_args()
    rows = measured(arguments)
    options = " ".join(
        f"--{name} {value:g}" for name, value in vars(arguments).items() if isinstance(value, int | float)
    )
    PAGE.write_text(page(rows, f"python -m benchmarks.reliability {options}"), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    return any(row.wrong for row in rows)


if __name__ == "__main__":
    sys.exit(main())
