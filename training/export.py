"""From a trained state to the packaged weights: ONNX, 8-bit but for the tags, with the labels and the vocabulary.

python -m training.export --minilm FOLDER --state training/work/state.pt
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.labels import ATTRIBUTION, NAMES, RELATIONS, UPOS, XPOS
from training.network import HEADS, Output, Reader, from_minilm

WEIGHTS = Path(__file__).resolve().parent.parent / "onrecord" / "reading" / "model" / "weights"
INPUTS = ("pieces", "mask", "cases", "breaks", "words")  # the mask falls away: a window runs alone, without padding
_TAGS = tuple(f"/reader/{head}/" for head in ("upos", "xpos", "start", "names", "attribution"))
OUTPUTS = tuple(name for name in Output.__slots__ if name != "tweet_names")


class FusedAttention(torch.autograd.Function):
    """Attention as one node of the graph, for which onnxruntime has its own code; a tenth of the time is saved."""

    @staticmethod
    def forward(context: Any, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        return torch.empty_like(query)  # only its shape matters when the graph is traced

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        fused = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS)
        return fused.setType(query.type())


class Exported(nn.Module):
    """The reader with its inputs by name and its outputs as a tuple."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        for layer in reader.encoder.layers:
            layer.attend = lambda query, key, value, _bias: FusedAttention.apply(query, key, value)  # type: ignore

    def forward(self, pieces: Tensor, mask: Tensor, cases: Tensor, breaks: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        output = self.reader(pieces, mask, cases, breaks, words)
        return tuple(getattr(output, name) for name in OUTPUTS)


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
    torch.onnx.export(
        Exported(reader),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
        custom_opsets={"com.microsoft": 1},
    )


def _quantize(plain: Path, path: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # These are small and decide: they stay as they are.
    tags = [node.name for node in onnx.load(plain).graph.node if node.name.startswith(_TAGS)]
    quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=tags)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--into", type=Path, default=WEIGHTS)
    parser.add_argument("--plain", action="store_true", help="leave the weights as they are, in 32 bits")
    arguments = parser.parse_args()
    reader = from_minilm(arguments.minilm / "model.safetensors")
    reader.load_state_dict(torch.load(arguments.state, weights_only=True, map_location="cpu")["reader"])
    export(reader, arguments.minilm / "tokenizer.json", arguments.into, quantized=not arguments.plain)


if __name__ == "__main__":
    main()
