"""The embedded model as a component of a spaCy pipeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc, Span

from onrecord import lexicon
from onrecord.reading.model.decode import distance_bucket, name_tags, parts_of_speech, spans_of, tags_of, tree_of
from onrecord.reading.model.joining import joined
from onrecord.reading.model.lemmas import lemma_of
from onrecord.reading.model.mending import mended
from onrecord.reading.model.network import Network, Scores
from onrecord.reading.model.windows import Window, windows_of

NAME = "onrecord.model"
DOCS_A_BATCH = 32
INSIDE = {"source": 0.6, "content": 0.4, "cue": 0.2}
"""What being inside each part is helped by: the heads miss more than they make up (set on PolNeAR's dev)."""
CONTENT_APART, SOURCE_APART = 1.0, 3.0
"""What each sentence between them takes from the belief that two parts belong together (set on PolNeAR's dev)."""
STOP_BEFORE_CAPITAL = 4.0
"""How far below even odds a sentence may still begin between a full stop and a capital (set on the treebanks' dev)."""
LONGEST_SENTENCE = 440
"""Words; where nothing ends a sentence, it ends here, for a tree takes time by the square of its words."""
_STOPS = frozenset(".!?")
ATTRIBUTION_PARTS = ("source", "cue", "content")

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
SpanOfWords = tuple[int, int, str]
Attributions = list[tuple[int, str, int, int]]  # number, part, first token, end


LAYERS = {"tags": "token.tag", "tree": "token.dep", "names": "doc.ents", "attributions": "doc.spans"}
"""What the model reads, each with the attribute by which spaCy knows that a component gives it."""


@Language.factory(
    "onrecord_model",
    default_config={"layers": list(LAYERS)},
    assigns=["token.pos", "token.tag", "token.dep", "token.head", "token.lemma", "doc.sents", "doc.ents", "doc.spans"],
)
def make_reader(nlp: Language, name: str, layers: list[str]) -> Reader:
    return Reader(Network(), frozenset(layers))


class Reader:
    """Tags, parses, names and attributes documents, several at a time; of these `layers` only."""

    def __init__(self, network: Network, layers: Collection[str] = frozenset(LAYERS)) -> None:
        self.network = network
        self.layers = layers

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = DOCS_A_BATCH) -> Iterator[Doc]:
        """The documents with what the model reads in them, in their order."""
        documents = iter(stream)
        while batch := list(islice(documents, DOCS_A_BATCH)):
            yield from self._read(batch)

    def _read(self, docs: Sequence[Doc]) -> Sequence[Doc]:
        windows = [list(windows_of(doc, self.network.features)) for doc in docs]
        scores = iter(self.network.scores([window for each in windows for window in each]))
        for doc, its_windows in zip(docs, windows, strict=True):
            self.annotate(doc, ((window, next(scores)) for window in its_windows))
        return docs

    def annotate(self, doc: Doc, read: Iterable[tuple[Window, Scores]]) -> None:
        """Write on the document what the network says of its windows, in their order."""
        columns = _Columns(doc)
        entities: list[Span] = []
        attributions: Attributions = []
        for window, scores in joined(read):
            upos = parts_of_speech(scores.upos, self.network.labels["upos"])
            if "tags" in self.layers:
                self._tag(columns, window, scores, upos)
            if "tree" in self.layers:
                self._parse(columns, window, scores, upos)
            for start, end, kind in spans_of(name_tags(scores.names, self.network.labels["names"], window.words)):
                entities.append(Span(doc, window.tokens[start], window.tokens[end - 1] + 1, label=kind))
            attributions += self._attributions(window, scores, first=len(attributions))
        columns.write(self.layers)
        if "names" in self.layers:
            doc.set_ents(entities)
        for part in ATTRIBUTION_PARTS:
            doc.spans[f"attribution_{part}"] = [
                Span(doc, start, end, label=part, span_id=number)
                for number, kind, start, end in attributions
                if kind == part
            ]

    def _tag(self, columns: _Columns, window: Window, scores: Scores, upos: Sequence[str]) -> None:
        tags = self._labels(scores.xpos, "xpos")
        lemmas = map(lemma_of, window.words, upos, tags)
        columns.tag(window.tokens, zip(upos, tags, lemmas, strict=True))

    def _parse(self, columns: _Columns, window: Window, scores: Scores, upos: Sequence[str]) -> None:
        tree = _heads(scores, window)
        labels = self._relations(scores, tree)
        for root in np.flatnonzero(tree == np.arange(len(tree))):
            labels[root] = "ROOT"
        heads, relations = mended(tree, labels, window.words, upos)
        columns.attach(window.tokens, np.asarray(window.tokens)[heads], relations)

    def _labels(self, scores: Floats, kind: str) -> list[str]:
        labels = self.network.labels[kind]
        return [labels[at] for at in scores.argmax(1).tolist()]

    def _relations(self, scores: Scores, heads: Integers) -> list[str]:
        one = np.ones((len(heads), 1), np.float32)
        dependents = np.hstack([scores.relation_dependent, one])
        of_heads = np.hstack([scores.relation_head[heads], one])
        form = self._relation_form
        mixed = (dependents @ form).reshape(len(heads), -1, len(form))
        logits = np.einsum("nrk,nk->nr", mixed, of_heads)
        logits[:, self.network.labels["relations"].index("root")] = -np.inf  # the tree has said who the root is
        return self._labels(logits, "relations")

    @cached_property
    def _relation_form(self) -> Floats:
        """The bilinear form of the relations, shape (dependent, relation * head)."""
        form = self.network.forms["relation"]
        return np.ascontiguousarray(form.transpose(1, 0, 2).reshape(form.shape[1], -1))

    def _attributions(self, window: Window, scores: Scores, first: int) -> Attributions:
        """The window's attributions: each cue with its source, and with the content parts that pick it."""
        labels = self.network.labels["attribution"]
        helped = np.array([INSIDE.get(label[2:], 0.0) for label in labels], np.float32)
        spans = spans_of(tags_of(scores.attribution + helped, labels))
        of_kind = {kind: [span for span in spans if span[2] == kind] for kind in ATTRIBUTION_PARTS}
        cues, sources = of_kind["cue"], of_kind["source"]
        sentence = np.cumsum(_starts(scores, window), dtype=np.int64)
        members = list(enumerate(cues))
        contents = of_kind["content"]
        if cues and contents:
            fits = self._fits(scores.content_query, contents, scores.cue_key, cues, "content_distance")
            fits -= CONTENT_APART * _sentences_apart(sentence, contents, cues)
            members += zip(fits.argmax(1).tolist(), contents, strict=True)
        if cues and sources:
            fits = self._fits(scores.source_query, cues, scores.source_key, sources, "source_distance")
            fits -= SOURCE_APART * _sentences_apart(sentence, cues, sources)
            named = fits.max(1) > scores.no_source[_first_words(cues)]
            members += [(number, sources[fits[number].argmax()]) for number in np.flatnonzero(named).tolist()]
        return [
            (first + number, kind, window.tokens[start], window.tokens[end - 1] + 1)
            for number, (start, end, kind) in members
        ]

    def _fits(
        self, query: Floats, of: Sequence[SpanOfWords], key: Floats, spans: Sequence[SpanOfWords], by: str
    ) -> Floats:
        """How well each of the spans (columns) belongs to each of the others (rows).

        Their first words' vectors say it, and how far apart they are.
        """
        asking, asked = _first_words(of), _first_words(spans)
        fits: Floats = query[asking] @ key[asked].T
        return fits + self.network.forms[by][distance_bucket(asked - asking[:, None])]


def _heads(scores: Scores, window: Window) -> Integers:
    """The head of each word of the window, by the sentences that the network sees; a root's is itself."""
    starts = _starts(scores, window)
    bounds = [*np.flatnonzero(starts), len(starts)]
    heads = np.zeros(len(starts), np.int64)
    for first, last in pairwise(bounds):
        arcs = scores.arc_dependent[first:last] @ scores.arc_head[first:last].T
        heads[first:last] = first + tree_of(arcs, scores.arc_root[first:last])
    return heads


def _starts(scores: Scores, window: Window) -> NDArray[np.bool_]:
    """Whether each word begins a sentence; a full stop before a capital speaks for it, whatever stands around."""
    starts: NDArray[np.bool_] = scores.start > 0
    capital_after_stop = [before in _STOPS and word[0].isupper() for before, word in pairwise(window.words)]
    starts[1:] |= np.array(capital_after_stop, np.bool_) & (scores.start[1:] > -STOP_BEFORE_CAPITAL)
    starts[0] = True
    for begin, end in pairwise([*np.flatnonzero(starts), len(starts)]):
        starts[begin:end:LONGEST_SENTENCE] = True
    return starts


def _sentences_apart(sentence: Integers, ones: Sequence[SpanOfWords], others: Sequence[SpanOfWords]) -> Integers:
    """How many sentences lie between the first word of each of the ones (rows) and of each of the others (columns)."""
    apart: Integers = np.abs(sentence[_first_words(others)] - sentence[_first_words(ones)][:, None])
    return apart


def _first_words(spans: Sequence[SpanOfWords]) -> Integers:
    return np.array([start for start, _, _ in spans], np.int64)


class _Columns:
    """The token attributes of a document, gathered and then written at once (token by token is slow in spaCy)."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.strings = doc.vocab.strings
        self.values = np.zeros((len(doc), 6), np.uint64)  # POS, TAG, MORPH, LEMMA, HEAD, DEP
        self.known: dict[tuple[str, str], tuple[int, int, int]] = {}  # POS, TAG, MORPH of the tags met
        for token in doc:
            if token.is_space:
                self.values[token.i, 0] = IDS["SPACE"]
                self.values[token.i, 3] = token.orth
                self.attach([token.i], [token.i - 1 if token.i else min(1, len(doc) - 1)], ["dep"])

    def tag(self, tokens: Sequence[int], read: Iterable[tuple[str, str, str]]) -> None:
        """Write (UPOS, tag, lemma) of each of the tokens."""
        rows = [(*self._of_tags(pos, tag), self.strings.add(lemma)) for pos, tag, lemma in read]
        self.values[tokens, :4] = np.array(rows, np.uint64)

    def _of_tags(self, pos: str, tag: str) -> tuple[int, int, int]:
        known = self.known.get((pos, tag))
        if known is None:
            morphology = self.doc.vocab.morphology.add(_features().get(tag, ""))
            known = self.known[pos, tag] = IDS[pos], self.strings.add(tag), morphology
        return known

    def attach(self, tokens: Sequence[int], heads: Sequence[int] | Integers, relations: Iterable[str]) -> None:
        """Hang each of the tokens on its head by its relation."""
        self.values[tokens, 4] = (np.asarray(heads) - np.asarray(tokens)).astype(np.uint64)
        self.values[tokens, 5] = np.array([self.strings.add(relation) for relation in relations], np.uint64)

    def write(self, layers: Collection[str]) -> None:
        of_layers = {"tags": slice(0, 4), "tree": slice(4, 6)}
        attributes = [POS, TAG, MORPH, LEMMA, HEAD, DEP]
        if len(self.doc):
            for layer in (each for each in of_layers if each in layers):
                part = of_layers[layer]
                self.doc.from_array(attributes[part], self.values[:, part])  # type: ignore[arg-type]


@cache
def _features() -> dict[str, str]:
    return {row["tag"]: row["features"] for row in lexicon.rows("tag-features")}
