"""The losses of the heads over a batch of windows; a layer that a window lacks adds nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.reading.model.decode import distance_bucket
from training.corpora import Window
from training.labels import ATTRIBUTION, NAMES, RELATIONS, UPOS, XPOS
from training.network import UNLIKELY, Output, Reader, relation_logits

INDEX = {
    labels: {label: at for at, label in enumerate(labels)} for labels in (UPOS, XPOS, RELATIONS, NAMES, ATTRIBUTION)
}
WEIGHTS = {
    "upos": 0.5,
    "xpos": 0.5,
    "start": 0.5,
    "arc": 1.0,
    "relation": 1.0,
    "names": 1.0,
    "attribution": 1.0,
    "links": 0.5,
    "likeness": 3.0,
    "taught": 2.0,
}
IGNORED = -100


def losses(reader: Reader, output: Output, windows: Sequence[Window]) -> dict[str, Tensor]:
    """The mean loss of each head that some window of the batch has gold for."""
    result = {}
    width, device = output.upos.shape[1], output.upos.device
    for layer, labels in (("upos", UPOS), ("xpos", XPOS), ("attribution", ATTRIBUTION)):
        gold = [getattr(window, layer) for window in windows]
        if any(gold):
            target = _padded([[INDEX[labels].get(tag, IGNORED) for tag in tags or ()] for tags in gold], width, device)
            result[layer] = functional.cross_entropy(getattr(output, layer).flatten(0, 1).float(), target.flatten())
    if any(window.names for window in windows):
        logits = output.tweet_names if any(window.from_tweets for window in windows) else output.names
        result["names"] = _names_loss(logits.float(), windows)
    if any(window.heads for window in windows):
        result |= _tree_losses(reader, output, windows)
    if any(window.source_of for window in windows):
        result["links"] = _links_loss(reader, output, windows)
    return result


@dataclass(frozen=True, slots=True)
class Pairs:
    """The words of a batch, and where the teacher has them, who reads the clean text; lists of one length."""

    rows: list[int]
    words: list[int]
    of_teacher: list[int]

    @classmethod
    def of(cls, kept: Sequence[Sequence[int]]) -> Pairs:
        """From which words of the clean text the reader was given, by window."""
        places = [(row, word, at) for row, left in enumerate(kept) for word, at in enumerate(left)]
        return cls(*map(list, zip(*places, strict=True)))

    def both(self, said: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
        """What the reader and the teacher have for the words, shapes (words, ...)."""
        return said[self.rows, self.words].float(), wanted[self.rows, self.of_teacher].float()


def likeness(output: Output, taught: Output, pairs: Pairs) -> Tensor:
    """How far the words' states are from the teacher's after each layer, as a share of how far those stray."""
    apart = []
    for states in zip(output.states, taught.states, strict=True):
        said, wanted = pairs.both(*states)
        apart.append((said - wanted).square().mean() / wanted.var(0).mean())
    return torch.stack(apart).mean()


def as_taught(output: Output, taught: Output, pairs: Pairs) -> Tensor:
    """How far the tags and names of the words are from the teacher's (Hinton et al. 2015)."""
    apart = []
    for head in ("upos", "xpos", "names"):
        said, wanted = (each.log_softmax(-1) for each in pairs.both(getattr(output, head), getattr(taught, head)))
        apart.append(functional.kl_div(said, wanted, reduction="batchmean", log_target=True))
    return torch.stack(apart).sum()


def total(parts: Mapping[str, Tensor], weights: Mapping[str, float]) -> Tensor:
    """The weighted sum."""
    return torch.stack([weights[name] * part for name, part in parts.items()]).sum()


def _padded(rows: Sequence[Sequence[int]], width: int, device: torch.device) -> Tensor:
    padded = [list(row) + [IGNORED] * (width - len(row)) for row in rows]
    return torch.tensor(padded, device=device)


def _names_loss(logits: Tensor, windows: Sequence[Window]) -> Tensor:
    """Minus the log of what the allowed tags get together (partial labels; a sure word allows one)."""
    allowed = torch.zeros(logits.shape, dtype=torch.bool)
    counted = torch.zeros(logits.shape[:2], dtype=torch.bool)
    for row, window in enumerate(windows):
        for at, tags in enumerate(window.names or ()):
            allowed[row, at, [INDEX[NAMES][tag] for tag in tags]] = True
            counted[row, at] = len(tags) < len(NAMES)
    allowed, counted = allowed.to(logits.device), counted.to(logits.device)
    scores = logits.log_softmax(-1)[counted].masked_fill(~allowed[counted], UNLIKELY)
    return -scores.logsumexp(-1).mean()


def _tree_losses(reader: Reader, output: Output, windows: Sequence[Window]) -> dict[str, Tensor]:
    width, device = output.upos.shape[1], output.upos.device
    heads = _padded([window.heads or () for window in windows], width, device)
    start = _padded([[int(start) for start in window.starts or ()] for window in windows], width, device)
    sentence = start.clamp(min=0).cumsum(1)
    scores = (output.arc_dependent @ output.arc_head.transpose(1, 2)).float()
    place = torch.arange(width, device=device)
    own = place[:, None] == place[None, :]
    scores = torch.where(own, output.arc_root[:, :, None].float(), scores)  # a word that heads itself is a root
    outside = (sentence[:, :, None] != sentence[:, None, :]) | (heads < 0)[:, None, :]
    scores = scores.masked_fill(outside, UNLIKELY)
    known = heads >= 0
    batch, at = known.nonzero(as_tuple=True)
    gold = heads[known]
    relations = _padded([[INDEX[RELATIONS][each] for each in w.relations or ()] for w in windows], width, device)
    logits = relation_logits(reader, output.relation_dependent[batch, at], output.relation_head[batch, gold])
    return {
        "start": functional.binary_cross_entropy_with_logits(output.start[known].float(), start[known].float()),
        "arc": functional.cross_entropy(scores[known], gold),
        "relation": functional.cross_entropy(logits.float(), relations[known]),
    }


def _links_loss(reader: Reader, output: Output, windows: Sequence[Window]) -> Tensor:
    """Each content part picks its cue among the window's cues, each cue its source among its sources, or none."""
    picked = []
    for row, window in enumerate(windows):
        cues = sorted(window.source_of)
        sources = sorted({source for source in window.source_of.values() if source is not None})
        parts = sorted(window.cue_of)
        if parts:
            scores = output.content_query[row, parts] @ output.cue_key[row, cues].T
            scores = scores + reader.content_distance[_buckets(parts, cues)]
            picked.append((scores, [cues.index(window.cue_of[part]) for part in parts]))
        if cues:
            scores = output.source_query[row, cues] @ output.source_key[row, sources].T
            scores = scores + reader.source_distance[_buckets(cues, sources)]
            scores = torch.cat([output.no_source[row, cues][:, None], scores], dim=1)
            gold = [window.source_of[cue] for cue in cues]
            picked.append((scores, [0 if source is None else 1 + sources.index(source) for source in gold]))
    each = [
        functional.cross_entropy(scores.float(), torch.tensor(gold, device=scores.device), reduction="sum")
        for scores, gold in picked
    ]
    return torch.stack(each).sum() / sum(len(gold) for _, gold in picked)


def _buckets(queries: Sequence[int], keys: Sequence[int]) -> Tensor:
    """The distance bucket of each key as seen from each query, shape (queries, keys)."""
    distances = np.asarray(keys, np.int64)[None, :] - np.asarray(queries, np.int64)[:, None]
    return torch.from_numpy(distance_bucket(distances))
