"""The model's scores on the dev parts: words and trees with gold tokens, names and attribution as exact spans."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.reading.model.decode import name_tags, parts_of_speech, spans_of, tags_of, tree_of
from onrecord.reading.model.features import Features
from training import corpora
from training.corpora import Window
from training.labels import ATTRIBUTION, NAMES, RELATIONS, UPOS, XPOS
from training.network import Output, Reader, saved

HEADS = tuple(name for name in Output.__slots__ if name != "states")
SCORED_NAMES = ("person", "organisation", "place")


def dev_windows(shared: Path) -> dict[str, list[Window]]:
    result = {}
    for name in ("ewt", "gum"):
        names = {row["id"]: row for row in corpora.rows(shared / "train" / "ner" / f"{name}.dev.jsonl.gz")}
        trees = corpora.treebank(shared / "train" / "syntax" / f"{name}.dev.conllu")
        result[name] = list(corpora.syntax_windows(trees, names, ()))
    folder = shared / "bench" / "attribution"
    paths = folder / "dev.articles.jsonl", folder / "dev.gold.jsonl"
    result["polnear"] = list(corpora.attribution_windows(*paths))
    return result


Read = dict[str, NDArray[np.float32]]
"""What the network says of one window, by head; shapes (words, ...)."""


def evaluate(reader: Reader, features: Features, shared: Path, device: torch.device) -> dict[str, float]:
    """Accuracies and F1 values by name, of a reader that is being trained."""
    reader.eval()
    form = reader.relation.detach().float().cpu().numpy()
    count: Counter[str] = Counter()
    for name, windows in dev_windows(shared).items():
        for window, read in outputs(reader, features, windows, device):
            count += counted(name, window, read, form)
    return scores_of(count)


def scores_of(count: Counter[str]) -> dict[str, float]:
    """The share that is right, by name."""
    names = sorted(key.removesuffix(" of") for key in count if key.endswith(" of"))
    return {name: round(count[name + " right"] / count[name + " of"], 4) for name in names if count[name + " of"]}


@torch.no_grad()
def outputs(
    reader: Reader, features: Features, windows: Sequence[Window], device: torch.device
) -> Iterator[tuple[Window, Read]]:
    """Each window with its own output (unpadded), by batches of like length."""
    order = sorted(windows, key=lambda window: len(window.words))
    for first in range(0, len(order), 8):
        part = order[first : first + 8]
        batch = features.batch([(window.words, window.breaks) for window in part])
        arrays = (batch.pieces, batch.mask, batch.cases, batch.breaks, batch.words)
        output = reader(*(torch.from_numpy(array).to(device) for array in arrays))
        for row, window in enumerate(part):
            size = len(window.words)
            yield window, {name: getattr(output, name)[row, :size].float().cpu().numpy() for name in HEADS}


def counted(name: str, window: Window, read: Read, form: NDArray[np.float32]) -> Counter[str]:
    """What is right, of how much, in one window of the corpus `name`; `form` is the bilinear form of the relations."""
    count: Counter[str] = Counter()
    for layer, labels in (("upos", UPOS), ("xpos", XPOS)):
        gold = getattr(window, layer)
        if gold is not None:
            scores = read[layer]
            found = parts_of_speech(scores, labels) if labels is UPOS else [labels[at] for at in scores.argmax(1)]
            _add(count, f"{name} {layer}", sum(map(str.__eq__, gold, found)), len(gold))
    if window.heads is not None:
        _count_trees(count, name, window, read, form)
    if window.names is not None:
        gold_tags = [tags[0] for tags in window.names]
        _spans(count, f"{name} names", _scored(gold_tags), _scored(name_tags(read["names"], NAMES, window.words)))
    if window.attribution is not None:
        found_tags = tags_of(read["attribution"], ATTRIBUTION)
        _spans(count, f"{name} spans", spans_of(window.attribution), spans_of(found_tags))
        for kind in ("source", "cue", "content"):
            gold_of, found_of = ([s for s in spans_of(t) if s[2] == kind] for t in (window.attribution, found_tags))
            _spans(count, f"{name} {kind}", gold_of, found_of)
    return count


def _count_trees(count: Counter[str], name: str, window: Window, read: Read, form: NDArray[np.float32]) -> None:
    assert window.heads is not None and window.relations is not None and window.starts is not None
    bounds = [at for at, start in enumerate(window.starts) if start] + [len(window.words)]
    heads = np.concatenate(
        [
            first + tree_of(scores, read["arc_root"][first:last])
            for first, last in pairwise(bounds)
            for scores in [read["arc_dependent"][first:last] @ read["arc_head"][first:last].T]
        ]
    )
    one = np.ones((len(heads), 1), np.float32)
    dependents = np.hstack([read["relation_dependent"], one])
    of_heads = np.hstack([read["relation_head"][heads], one])
    logits = np.einsum("ni,rij,nj->nr", dependents, form, of_heads, optimize=True)
    found = [RELATIONS[at] for at in logits.argmax(1).tolist()]
    right = np.array(window.heads) == heads
    labelled = [head and one == other for head, one, other in zip(right, window.relations, found, strict=True)]
    _add(count, f"{name} uas", int(right.sum()), len(heads))
    _add(count, f"{name} las", int(sum(labelled)), len(heads))
    _spans(
        count,
        f"{name} sentences",
        [(at, at, "") for at, start in enumerate(window.starts) if start],
        [(at, at, "") for at, start in enumerate((read["start"] > 0).tolist()) if start],
    )


def _scored(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    return [span for span in spans_of(tags) if span[2] in SCORED_NAMES]


def _add(count: Counter[str], name: str, right: int, of: int) -> None:
    count[name + " right"] += right
    count[name + " of"] += of


def _spans(count: Counter[str], name: str, gold: Iterable[Any], found: Iterable[Any]) -> None:
    gold, found = set(gold), set(found)
    _add(count, name, 2 * len(gold & found), len(gold) + len(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True)
    arguments = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    reader = saved(arguments.state, device)
    shared = Path(__file__).resolve().parent.parent.parent / "shared"
    print(json.dumps(evaluate(reader, Features(arguments.minilm / "tokenizer.json"), shared, device), indent=1))


if __name__ == "__main__":
    main()
