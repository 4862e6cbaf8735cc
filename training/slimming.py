"""A narrower network from a wide one: the heads and inner neurons that matter least fall away, their mean stays.

How much one matters is how far what it adds to the sum strays from its mean over some text; the mean itself goes into
the bias, so that what is constant costs nothing. What is lost is learned again from the wide network as teacher
(`train.py --teacher`), as in Sanh et al. 2019 (DistilBERT) and Jiao et al. 2020 (TinyBERT), layer by layer.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from training.network import HEAD, Layer, Reader, Shape

Inputs = list[Tensor]


@torch.no_grad()
def slimmed(wide: Reader, shape: Shape, texts: Iterable[Inputs]) -> Reader:
    """A reader of this shape with the most that the wide one knows; `texts`: inputs on which to look at it."""
    seen = _seen(wide, texts)
    narrow = Reader(shape)
    kept = {name: value for name, value in wide.state_dict().items() if ".layers." not in name}
    narrow.load_state_dict(kept, strict=False)
    for (mixed, inner), of_wide, of_narrow in zip(seen, wide.encoder.layers, narrow.encoder.layers, strict=True):
        assert isinstance(of_wide, Layer) and isinstance(of_narrow, Layer)
        of_narrow.attention_norm.load_state_dict(of_wide.attention_norm.state_dict())
        of_narrow.norm.load_state_dict(of_wide.norm.state_dict())
        _keep_heads(of_wide, of_narrow, mixed)
        _keep_neurons(of_wide, of_narrow, inner)
    return narrow


def _seen(reader: Reader, texts: Iterable[Inputs]) -> list[tuple[Tensor, Tensor]]:
    """By layer what its heads and its inner neurons gave, shapes (pieces, width)."""
    reader.eval()
    mixed: list[list[Tensor]] = [[] for _ in reader.encoder.layers]
    inner: list[list[Tensor]] = [[] for _ in reader.encoder.layers]
    handles = []
    for at, layer in enumerate(reader.encoder.layers):
        assert isinstance(layer, Layer)
        for module, kept in ((layer.out, mixed[at]), (layer.outer, inner[at])):
            handles.append(module.register_forward_pre_hook(_keeping(kept)))
    for inputs in texts:
        reader(*inputs)
    for handle in handles:
        handle.remove()
    return [(torch.cat(one), torch.cat(other)) for one, other in zip(mixed, inner, strict=True)]


def _keeping(kept: list[Tensor]):  # type: ignore[no-untyped-def]
    return lambda _module, given: kept.append(given[0].flatten(0, 1)[::7].float())


def _keep_heads(wide: Layer, narrow: Layer, mixed: Tensor) -> None:
    """Those heads whose part in the sum varies most."""
    mean = mixed.mean(0)
    strays = [
        ((mixed - mean)[:, at : at + HEAD] @ wide.out.weight[:, at : at + HEAD].T).norm(dim=1).mean()
        for at in range(0, mixed.shape[1], HEAD)
    ]
    heads = torch.stack(strays).topk(narrow.heads).indices.sort().values
    kept = (heads[:, None] * HEAD + torch.arange(HEAD)).flatten()
    for name in ("query", "key", "value"):
        _copy_rows(getattr(wide, name), getattr(narrow, name), kept)
    _copy_columns(wide.out, narrow.out, kept, mean)


def _keep_neurons(wide: Layer, narrow: Layer, inner: Tensor) -> None:
    """Those inner neurons whose part in the sum varies most."""
    strays = inner.std(0) * wide.outer.weight.norm(dim=0)
    kept = strays.topk(narrow.inner.out_features).indices.sort().values
    _copy_rows(wide.inner, narrow.inner, kept)
    _copy_columns(wide.outer, narrow.outer, kept, inner.mean(0))


def _copy_rows(wide: nn.Linear, narrow: nn.Linear, kept: Tensor) -> None:
    narrow.weight.copy_(wide.weight[kept])
    narrow.bias.copy_(wide.bias[kept])


def _copy_columns(wide: nn.Linear, narrow: nn.Linear, kept: Tensor, mean: Tensor) -> None:
    """The columns that are kept; what the others give on the mean goes into the bias."""
    gone = torch.ones(wide.in_features, dtype=torch.bool)
    gone[kept] = False
    narrow.weight.copy_(wide.weight[:, kept])
    narrow.bias.copy_(wide.bias + wide.weight[:, gone] @ mean[gone])
