"""From a trained state to the packaged weights: ONNX, 8-bit but for the tags, with the labels and the vocabulary.

python -m training.export --minilm FOLDER --state training/work/state.pt
python -m training.export --minilm FOLDER --bare .cache/encoder.onnx     # what benchmarks.reading_speed compares with
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.reading.model.features import Features
from training import corpora
from training.labels import ATTRIBUTION, NAMES, RELATIONS, UPOS, XPOS
from training.network import Output, Reader, from_minilm, saved
from training.relations import with_fewer_dimensions

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
WEIGHTS = Path(__file__).resolve().parent.parent / "onrecord" / "reading" / "model" / "weights"
INPUTS = ("pieces", "mask", "cases", "breaks", "words")  # the mask falls away: a window runs alone, without padding
ENCODER_INPUTS = ("pieces", "cases", "breaks")
_TAGS = tuple(f"/reader/{head}/" for head in ("upos", "xpos", "start", "names", "attribution"))
_PROJECTED = tuple(f"/reader/relation_{side}/relation_{side}.3/" for side in ("dependent", "head"))
RELATION_KEPT = 40
"""Dimensions by which relations are told apart: with 32, LAS falls by 0.001."""
OUTPUTS = tuple(name for name in Output.__slots__ if name not in ("tweet_names", "states"))


class FusedAttention(torch.autograd.Function):
    """Attention as one node of the graph, for which onnxruntime has its own code; a tenth of the time is saved."""

    @staticmethod
    def forward(context: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        return torch.empty_like(query)  # only its shape matters when the graph is traced

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        fused = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return fused.setType(query.type())


def _fused(heads: int, query: Tensor, key: Tensor, value: Tensor, _bias: Tensor) -> Tensor:
    attended: Tensor = FusedAttention.apply(query, key, value, heads)  # type: ignore[no-untyped-call]
    return attended


def _with_fused_attention(reader: Reader) -> Reader:
    for layer in reader.encoder.layers:
        layer.attend = partial(_fused, layer.heads)  # type: ignore
    return reader


class Exported(nn.Module):
    """The reader with its inputs by name and its outputs as a tuple."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = _with_fused_attention(reader)

    def forward(self, pieces: Tensor, mask: Tensor, cases: Tensor, breaks: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        output = self.reader(pieces, mask, cases, breaks, words)
        return tuple(getattr(output, name) for name in OUTPUTS)


class Bare(nn.Module):
    """The encoder alone, a state for each piece."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = _with_fused_attention(reader)

    def forward(self, pieces: Tensor, cases: Tensor, breaks: Tensor) -> Tensor:
        hidden: Tensor = self.reader.encoder.embedded(pieces, cases, breaks)
        for layer in self.reader.encoder.layers:
            hidden = layer(hidden, None)
        return hidden


def export_bare(minilm: Path, into: Path) -> None:
    """Write MiniLM's encoder as it comes, in 8 bits."""
    reader = from_minilm(minilm / "model.safetensors").eval()
    example = tuple(torch.ones(2, 9, dtype=torch.long) for _ in ENCODER_INPUTS)
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        axes = {name: {0: "windows", 1: "pieces"} for name in (*ENCODER_INPUTS, "states")}
        _traced(Bare(reader), example, ENCODER_INPUTS, ["states"], axes, plain)
        _quantize(plain, into)


def export(reader: Reader, vocabulary: Path, into: Path, *, quantized: bool = True) -> None:
    """Write `reader.onnx`, `forms.npz`, `labels.json` and `tokenizer.json` into a folder."""
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _to_onnx(reader, plain)
        if quantized:
            _quantize(plain, into / "reader.onnx")
        else:
            shutil.copy(plain, into / "reader.onnx")
    forms = {name: getattr(reader, name) for name in ("relation", "content_distance", "source_distance")}
    np.savez(into / "forms.npz", **{name: form.detach().numpy().astype(np.float16) for name, form in forms.items()})
    labels = {"upos": UPOS, "xpos": XPOS, "relations": RELATIONS, "names": NAMES, "attribution": ATTRIBUTION}
    (into / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    shutil.copy(vocabulary, into / "tokenizer.json")


def _to_onnx(reader: Reader, path: Path) -> None:
    reader.eval()
    example = (*(torch.ones(2, 9, dtype=torch.long) for _ in INPUTS[:-1]), torch.ones(2, 5, dtype=torch.long))
    pieces, words = {0: "windows", 1: "pieces"}, {0: "windows", 1: "words"}
    axes = dict.fromkeys(INPUTS[:-1], pieces) | {"words": words} | dict.fromkeys(OUTPUTS, words)
    _traced(Exported(reader), example, INPUTS, OUTPUTS, axes, path)


def _traced(
    module: nn.Module, example: tuple[Tensor, ...], inputs: Sequence[str], outputs: Sequence[str], axes: Any, path: Path
) -> None:
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
        custom_opsets={"com.microsoft": 1},
    )


def _quantize(plain: Path, path: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # These are small and decide: they stay as they are.
    tags = [node.name for node in onnx.load(plain).graph.node if node.name.startswith(_TAGS + _PROJECTED)]
    quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=tags)


def texts(features: Features) -> Iterator[list[Tensor]]:
    """Some windows of the news that PolNeAR is made of, as the network takes them."""
    path = SHARED / "bench" / "attribution" / "train.articles.jsonl.gz"
    for window in islice(corpora.bare_windows(path), 0, None, 20):
        batch = features.batch([(window.words, window.breaks)])
        yield [torch.from_numpy(getattr(batch, name)) for name in INPUTS]


def write(state: Path, minilm: Path, into: Path, *, quantized: bool = True) -> None:
    """Write a state as weights for the package, with relations told apart in fewer dimensions."""
    reader, vocabulary = saved(state), minilm / "tokenizer.json"
    with_fewer_dimensions(reader, RELATION_KEPT, texts(Features(vocabulary)))
    export(reader, vocabulary, into, quantized=quantized)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True, help="folder with the vocabulary, tokenizer.json")
    parser.add_argument("--state", type=Path, help="state.pt of a run")
    parser.add_argument("--bare", type=Path, help="write MiniLM's bare encoder to this file, and nothing else")
    parser.add_argument("--into", type=Path, default=WEIGHTS)
    parser.add_argument("--plain", action="store_true", help="leave the weights as they are, in 32 bits")
    arguments = parser.parse_args()
    if arguments.bare:
        export_bare(arguments.minilm, arguments.bare)
        return
    if not arguments.state:
        parser.error("--state or --bare is wanted")
    write(arguments.state, arguments.minilm, arguments.into, quantized=not arguments.plain)


if __name__ == "__main__":
    main()
