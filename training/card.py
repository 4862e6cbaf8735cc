"""The figures of the model card: the packaged model's scores on the dev parts, with what noise and 8 bits cost.

    python -m training.card                      # the packaged weights
    python -m training.card --weights FOLDER     # another export, such as one in 32 bits (training.export --plain)

A 95 % interval is that of 1,000 samples of the windows, drawn with replacement (Efron 1979, the bootstrap).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from onrecord.reading.model import windows
from onrecord.reading.model.network import WEIGHTS, Network
from training.corpora import Window
from training.evaluate import counted, dev_windows, scores_of
from training.noise import QUOTES, without

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SAMPLES = 1000
Noise = Callable[[Window], Window]
NOISES: dict[str, Noise] = {
    "as it is": lambda window: window,
    "in lower case": lambda window: replace(window, words=[word.lower() for word in window.words]),
    "without commas": lambda window: without(window, {","}),
    "without quotation marks": lambda window: without(window, QUOTES),
}


def counts(network: Network, corpora: dict[str, list[Window]], noise: Noise) -> Iterator[Counter[str]]:
    """What is right of how much, by window."""
    for name, of_corpus in corpora.items():
        for window in map(noise, of_corpus):
            (scores,) = network.scores([windows.Window(range(len(window.words)), window.words, window.breaks)])
            read = {layer: getattr(scores, layer) for layer in scores.__slots__}
            yield counted(name, window, read, network.forms["relation"])


def interval(of_windows: Sequence[Counter[str]], name: str) -> tuple[float, float]:
    """The middle 95 % of a score over samples of the windows that have something to score."""
    pairs = np.array([(each[name + " right"], each[name + " of"]) for each in of_windows if each[name + " of"]])
    drawn = pairs[np.random.default_rng(1).integers(len(pairs), size=(SAMPLES, len(pairs)))].sum(1)
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1], [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    network = Network(parser.parse_args().weights)
    corpora = dev_windows(SHARED)
    columns = {}
    for noise_name, noise in NOISES.items():
        of_windows = list(counts(network, corpora, noise))
        columns[noise_name] = scores_of(sum(of_windows, Counter()))
        if noise_name == "as it is":
            intervals = {name: interval(of_windows, name) for name in columns[noise_name]}
    plain, *noises = NOISES
    print("| measure | " + " | ".join([plain, "95 % interval", *noises]) + " |")
    print("| --- |" + " --- |" * (len(NOISES) + 1))
    for name in columns["as it is"]:
        low, high = intervals[name]
        first, *others = (f"{column[name]:.3f}" for column in columns.values())
        print(f"| {name} | {first} | {low:.3f} to {high:.3f} | " + " | ".join(others) + " |")


if __name__ == "__main__":
    main()
