"""The mean of the weights of several runs that began alike: it reads better than each of them.

Wortsman et al. 2022, "Model soups: averaging weights of multiple fine-tuned models improves accuracy without increasing
inference time". Worth trying only for runs of which one began with the other's state, or both with a third one's.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch


def averaged(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of each parameter; all states have the same ones, of one shape."""
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


def write(paths: Sequence[Path], to: Path) -> None:
    """Keep the mean of the states at these paths as another."""
    states = [torch.load(path, weights_only=True, map_location="cpu") for path in paths]
    shape = states[0].get("shape", ())
    torch.save({"reader": averaged([state["reader"] for state in states]), "shape": shape}, to)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("states", type=Path, nargs="+", help="state.pt of each run; one given twice counts twice")
    parser.add_argument("--to", type=Path, required=True, help="where the mean goes, as a state.pt to export")
    arguments = parser.parse_args()
    write(arguments.states, arguments.to)


if __name__ == "__main__":
    main()
