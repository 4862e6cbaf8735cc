"""From the corpora to the packaged weights, as they came about: all runs one after the other, their means, the export.

    python -m training.packaged --minilm FOLDER            # some eleven hours on one core; run again it goes on

First a wide reader, of which the runs with three seeds and the one before them are averaged; then a narrow one that
learns from these means. `runs.md` tells what each run gave.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training import average, export
from training.network import Shape
from training.train import ROOT, Settings, train

TABLE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Run:
    """A run with what it begins with and learns from, by name; MiniLM where it begins with nothing."""

    settings: Settings
    begin: str | None = None
    teacher: str | None = None


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the weights that these runs ended with."""

    of: tuple[str, ...]


def steps() -> dict[str, Run | Mean]:
    """The steps by name, in their order."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {name: Mean(tuple(row["mean"])) if "mean" in row else _run(name, table) for name, row in table.items()}


def _run(name: str, table: dict[str, dict[str, Any]]) -> Run:
    row = _whole(name, table)
    begin, teacher, shape = row.pop("begin", None), row.pop("teacher", None), row.pop("shape", ())
    return Run(Settings(**row, shape=Shape(*shape)), begin, teacher)


def _whole(name: str, table: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The run's row with what it has of the one that it is like."""
    row = dict(table[name])
    like = row.pop("like", None)
    return (_whole(like, table) if like else {}) | row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work", help="where the runs' states are kept")
    arguments = parser.parse_args()
    for name, step in steps().items():
        print(name, file=sys.stderr, flush=True)
        take(name, step, arguments.minilm, arguments.work)
    export.write(_state(arguments.work, "packaged"), arguments.minilm, export.WEIGHTS)


def take(name: str, step: Run | Mean, minilm: Path, work: Path) -> None:
    """Take a step whose forerunners have been taken, or go on with it; nothing where it is done."""
    folder = work / name
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(step, Mean):
        average.write([_state(work, each) for each in step.of], _state(work, name))
    elif not (folder / "runs.jsonl").exists():
        begin, teacher = (_state(work, each) if each else None for each in (step.begin, step.teacher))
        train(step.settings, minilm, folder, None, begin, teacher)


def _state(work: Path, name: str) -> Path:
    return work / name / "state.pt"


if __name__ == "__main__":
    main()
