"""The network at work: features in, scores out, by onnxruntime."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.model.features import Batch, Features
from onrecord.reading.model.windows import Window

WEIGHTS = Path(__file__).resolve().parent / "weights"
_SLOW = ("SkipLayerNormFusion",)
"""What onnxruntime would put together though it then takes longer: a sum and its normalisation, a tenth of the time."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window; shapes (words, ...), see `training/network.py` for the heads."""

    upos: Floats
    xpos: Floats
    start: Floats
    names: Floats
    attribution: Floats
    arc_dependent: Floats
    arc_head: Floats
    arc_root: Floats
    relation_dependent: Floats
    relation_head: Floats
    content_query: Floats
    source_query: Floats
    cue_key: Floats
    source_key: Floats
    no_source: Floats


class Network:
    """The packaged weights; opened when first used, so that a pipeline is made in no time."""

    def __init__(self, weights: Path = WEIGHTS, threads: int | None = None) -> None:
        self.weights = weights
        self.threads = threads or int(os.environ.get("ONRECORD_THREADS", "0"))

    def __reduce__(self) -> tuple[type[Network], tuple[Path, int]]:
        return (Network, (self.weights, self.threads))

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """The labels of each tagging head, in the order of its scores."""
        labels: dict[str, list[str]] = json.loads((self.weights / "labels.json").read_text(encoding="utf-8"))
        return labels

    @cached_property
    def features(self) -> Features:
        return Features(self.weights / "tokenizer.json")

    @cached_property
    def forms(self) -> dict[str, Floats]:
        """What stands outside the graph: `relation` (relations, k + 1, k + 1), a bilinear form, and by distance bucket
        `content_distance` and `source_distance`.
        """
        with np.load(self.weights / "forms.npz") as forms:
            return {name: forms[name].astype(np.float32) for name in forms.files}

    def scores(self, windows: Sequence[Window]) -> list[Scores]:
        """The scores of the windows, in their order.

        Each window runs alone. In 8 bits, activations are scaled by all that run together, so an article would read
        differently in other company; nor is company any quicker, for it costs padding.
        """
        return [self._scores(window) for window in windows]

    def _scores(self, window: Window) -> Scores:
        outputs = self._run(self.features.batch([(window.words, window.breaks)]))
        return Scores(*(output[0, : len(window.words)] for output in outputs))

    def _run(self, batch: Batch) -> list[Floats]:
        inputs = {given.name: getattr(batch, given.name) for given in self._session.get_inputs()}
        outputs: list[Floats] = self._session.run(list(Scores.__slots__), inputs)
        return outputs

    @cached_property
    def _session(self):  # type: ignore[no-untyped-def]  # onnxruntime has no types
        return session_of(self.weights / "reader.onnx", self.threads)


def session_of(graph: Path, threads: int):  # type: ignore[no-untyped-def]
    """The graph, ready to run on the processor; `threads`: 0 for as many as it has cores."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOW)
    )
