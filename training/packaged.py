"""From the corpora to the packaged weights, as they came about: all runs one after the other, their means, the export.

    python -m training.packaged --minilm FOLDER            # some eleven hours on one core; run again it goes on

First a wide reader, of which the runs with three seeds and the one before them are averaged; then a narrow one that
learns from these means. `runs.md` tells what each run gave.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from training import average, export
from training.network import Shape
from training.train import ROOT, Settings, train


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


FIRST = Settings(syntax_passes=3.5, names_passes=1.0, attribution_passes=1.6, renaming=False, hidden=0.0)
SECOND = Settings(
    seed=2,
    encoder_rate=1.2e-4,
    head_rate=7e-4,
    syntax_passes=8.0,
    names_passes=1.5,
    re3d_passes=8.0,
    attribution_passes=2.2,
    renaming=False,
    hidden=0.0,
)
THIRD = replace(SECOND, seed=3, syntax_passes=5.0, re3d_passes=6.0, attribution_passes=2.4, renaming=True, hidden=0.05)
NARROW = Shape(9, 1024, 2)
SLIM = Settings(
    seed=6,
    shape=NARROW,
    encoder_rate=2e-4,
    head_rate=5e-4,
    syntax_passes=5.0,
    names_passes=1.5,
    attribution_passes=2.4,
    news_passes=0.6,
    no_commas=0.18,
    lower_case=0.1,
)
SLIMMER = replace(
    SLIM,
    seed=7,
    encoder_rate=1.5e-4,
    head_rate=4e-4,
    syntax_passes=4.0,
    names_passes=1.0,
    re3d_passes=3.0,
    attribution_passes=0.9,
    news_passes=0.15,
)
TAUGHT = replace(
    SLIMMER,
    seed=8,
    encoder_rate=1e-4,
    head_rate=3e-4,
    syntax_passes=1.8,
    names_passes=0.8,
    re3d_passes=1.0,
    attribution_passes=0.15,
    news_passes=0.1,
    no_commas=0.12,
    lower_case=0.06,
    taught_tags=True,
    likeness=2.0,
)
LAST = replace(
    SLIMMER,
    seed=9,
    syntax_passes=4.5,
    names_passes=1.5,
    news_passes=0.6,
    no_commas=0.16,
    lower_case=0.09,
    taught_tags=True,
)

STEPS: dict[str, Run | Mean] = {
    "run1": Run(FIRST),
    "run2": Run(SECOND, begin="run1"),
    **{f"run{seed}": Run(replace(THIRD, seed=seed), begin="run2") for seed in (3, 4, 5)},
    "teacher": Mean(("run2", "run3", "run4")),
    "teacher2": Mean(("run2", "run3", "run4", "run5")),
    "slim1": Run(SLIM, teacher="teacher"),
    "slim2": Run(SLIMMER, begin="slim1", teacher="teacher"),
    "slim3": Run(TAUGHT, begin="slim2", teacher="teacher"),
    **{f"slim{seed}": Run(replace(LAST, seed=seed), begin="slim3", teacher="teacher2") for seed in (9, 10)},
    "packaged": Mean(("slim9", "slim10")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work", help="where the runs' states are kept")
    arguments = parser.parse_args()
    for name, step in STEPS.items():
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
