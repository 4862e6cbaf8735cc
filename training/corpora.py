"""The corpora that the model is trained on, brought to one form: windows of words with what is known of them."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import spacy

from onrecord import lexicon
from training.labels import ATTRIBUTION, KEPT_SUBTYPES, NAMES

WINDOW_WORDS = 180

Tokens = list[tuple[str, int]]  # word and its offset in the text


@dataclass(slots=True)
class Window:
    """Some hundred words in a row. A layer that was not annotated is None; indices count the window's words.

    `breaks[i]`: a line break stands before word i. `heads[i]`: the head of word i, itself for a root. `names[i]`: the
    name tags that word i may have (one where it is annotated for sure). `source_of`: cue word -> source word or None;
    `cue_of`: first word of a content part -> cue word. `from_tweets`: its names follow the customs of tweets.
    """

    words: list[str]
    breaks: list[bool]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    heads: list[int] | None = None
    relations: list[str] | None = None
    starts: list[bool] | None = None
    names: list[tuple[str, ...]] | None = None
    attribution: list[str] | None = None
    from_tweets: bool = False
    source_of: dict[int, int | None] = field(default_factory=dict)
    cue_of: dict[int, int] = field(default_factory=dict)

    @property
    def task(self) -> str:
        if self.heads is not None:
            return "syntax"
        if self.names is not None:
            return "names"
        return "attribution" if self.attribution is not None else "none"


@dataclass(slots=True)
class Sentence:
    """One sentence of a treebank; `heads` are indices within it, a root's its own."""

    words: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    relations: list[str]
    opens_paragraph: bool


_NLP = spacy.blank("en")


def tokenize(text: str) -> Tokens:
    """The words of a text as onrecord tells them apart, without blanks."""
    return [(token.text, token.idx) for token in _NLP.make_doc(text) if not token.is_space]


def opened(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from lines


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in opened(path) if line.strip()]


# --- syntax -----------------------------------------------------------------------------------------------------------


def treebank(path: Path) -> dict[str, list[Sentence]]:
    """The sentences of a CoNLL-U file by document."""
    documents: dict[str, list[Sentence]] = {}
    name, paragraph, lines = "", False, []
    for line in [*opened(path), "\n"]:
        if line.startswith("# newdoc id"):
            name = line.split("=", 1)[1].strip()
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.strip() and not line.startswith("#"):
            lines.append(line.rstrip("\n").split("\t"))
        elif not line.strip() and lines:
            documents.setdefault(name, []).append(_sentence(lines, paragraph))
            paragraph, lines = False, []
    return documents


def relation(label: str) -> str:
    """The relation without its subtype, unless that is one of those kept."""
    return label if label in KEPT_SUBTYPES else label.split(":")[0]


def _sentence(lines: list[list[str]], opens_paragraph: bool) -> Sentence:
    words = [fields for fields in lines if fields[0].isdigit()]
    return Sentence(
        words=[fields[1] for fields in words],
        upos=[fields[3] for fields in words],
        xpos=[fields[4] for fields in words],
        heads=[int(fields[6]) - 1 if fields[6] != "0" else at for at, fields in enumerate(words)],
        relations=[relation(fields[7]) for fields in words],
        opens_paragraph=opens_paragraph,
    )


def syntax_windows(
    documents: dict[str, list[Sentence]], names: dict[str, dict[str, Any]], untagged: Sequence[str]
) -> Iterator[Window]:
    """Windows of whole sentences, with the names of `names` (rows by document) where these can be laid over them."""
    for name, sentences in documents.items():
        tags = _tags_over(sentences, names.get(name), untagged)
        first, words = 0, 0
        for at, sentence in enumerate(sentences):
            if words and words + len(sentence.words) > WINDOW_WORDS:
                yield _joined(sentences[first:at], tags[first:at] if tags else None)
                first, words = at, 0
            words += len(sentence.words)
        yield _joined(sentences[first:], tags[first:] if tags else None)


def _joined(sentences: Sequence[Sentence], tags: Sequence[list[tuple[str, ...]]] | None) -> Window:
    window = Window([], [], [], [], [], [], [], [] if tags is not None else None)
    assert window.upos is not None and window.xpos is not None and window.heads is not None
    assert window.relations is not None and window.starts is not None
    for at, sentence in enumerate(sentences):
        offset = len(window.words)
        window.words += sentence.words
        window.breaks += [sentence.opens_paragraph] + [False] * (len(sentence.words) - 1)
        window.upos += sentence.upos
        window.xpos += sentence.xpos
        window.heads += [offset + head for head in sentence.heads]
        window.relations += sentence.relations
        window.starts += [True] + [False] * (len(sentence.words) - 1)
        if tags is not None and window.names is not None:
            window.names += tags[at]
    return window


def _tags_over(
    sentences: list[Sentence], row: dict[str, Any] | None, untagged: Sequence[str]
) -> list[list[tuple[str, ...]]] | None:
    """The row's name tags for the sentences' words; None where the two texts differ in more than blanks."""
    if row is None:
        return None
    words = [word for sentence in sentences for word in sentence.words]
    places = [at for at, character in enumerate(row["text"]) if not character.isspace()]
    letters = "".join("".join(word.split()) for word in words)
    if letters != "".join(row["text"].split()):
        return None
    tokens, at = [], 0
    for word in words:
        tokens.append((word, places[at] if at < len(places) else len(row["text"])))
        at += len("".join(word.split()))
    tags, done = name_tags(tokens, row, untagged), 0
    result = []
    for sentence in sentences:
        result.append(tags[done : done + len(sentence.words)])
        done += len(sentence.words)
    return result


# --- names ------------------------------------------------------------------------------------------------------------


def name_tags(tokens: Tokens, row: dict[str, Any], untagged: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word the tags it may have: `untagged` types may hide in what the corpus marks O or misc.

    Only in words that our lists know as such: left open everywhere, a type would gather whatever is like nothing else.
    """
    hidden = [_hidden_types(word, untagged) for word, _ in tokens]
    tags: list[tuple[str, ...]] = [("O", *(f"{begin}-{kind}" for kind in kinds for begin in "BI")) for kinds in hidden]
    for span in row["ents"]:
        inside = [
            at for at, (word, start) in enumerate(tokens) if start < span["end"] and start + len(word) > span["start"]
        ]
        for place, at in enumerate(inside):
            tags[at] = _possible("B" if place == 0 else "I", span["type"], hidden[at])
    for span in row.get("unsure", ()):
        for at, (word, start) in enumerate(tokens):
            if start < span["end"] and start + len(word) > span["start"]:
                tags[at] = NAMES
    return tags


def _possible(begin: str, kind: str, hidden: Sequence[str]) -> tuple[str, ...]:
    kinds = ("misc", *hidden) if kind == "misc" else (kind,)
    return tuple(f"{begin}-{each}" for each in dict.fromkeys(kinds))


def _hidden_types(word: str, untagged: Sequence[str]) -> tuple[str, ...]:
    kinds = ("misc",) if "misc" in untagged and word[:1].isupper() else ()
    return (*kinds, *(kind for kind in _types_of_words().get(word.lower(), ()) if kind in untagged))


@cache
def _types_of_words() -> dict[str, tuple[str, ...]]:
    """Nationality, weapon and platform by the words that our lists have for them."""
    types: dict[str, set[str]] = defaultdict(set)
    for row in lexicon.rows("demonyms"):
        types[row["word"].lower()].add("nationality")
    for name, kind in (("weapon-names", "weapon"), ("platform-names", "platform")):
        for row in lexicon.rows(name):
            if row["use"] != "modifier":
                types[row["words"].lower().split()[-1]].add(kind)
    return {word: tuple(sorted(kinds)) for word, kinds in types.items()}


def name_windows(path: Path, untagged: Sequence[str], *, from_tweets: bool = False) -> Iterator[Window]:
    """Windows over the rows of a names file; short rows (tweets) stand alone."""
    for row in rows(path):
        tokens = tokenize(row["text"])
        tags = name_tags(tokens, row, untagged)
        breaks = line_breaks(tokens, row["text"])
        for first in range(0, len(tokens), WINDOW_WORDS):
            part = slice(first, first + WINDOW_WORDS)
            yield Window([word for word, _ in tokens[part]], breaks[part], names=tags[part], from_tweets=from_tweets)


def bare_windows(path: Path) -> Iterator[Window]:
    """Windows over articles of which nothing is annotated, cut at line breaks where there are any."""
    for row in rows(path):
        tokens = tokenize(row["text"])
        breaks = line_breaks(tokens, row["text"])
        for part in cuts(breaks, WINDOW_WORDS):
            yield Window([word for word, _ in tokens[part]], breaks[part])


def line_breaks(tokens: Tokens, text: str) -> list[bool]:
    """For each word whether a line break stands before it."""
    ends = [0] + [start + len(word) for word, start in tokens]
    return ["\n" in text[end:start] for end, (_, start) in zip(ends, tokens, strict=False)]


# --- attribution ------------------------------------------------------------------------------------------------------


def attribution_windows(articles: Path, gold: Path, step: int = WINDOW_WORDS) -> Iterator[Window]:
    """Windows over PolNeAR's articles, cut at line breaks where there are any."""
    gold_of = {row["id"]: row for row in rows(gold)}
    for article in rows(articles):
        tokens = tokenize(article["text"])
        breaks = line_breaks(tokens, article["text"])
        for part in cuts(breaks, step):
            yield _attributed(tokens[part], breaks[part], gold_of[article["id"]]["attributions"])


def cuts(breaks: list[bool], size: int) -> Iterator[slice]:
    """Slices of at most `size` words, ending before a line break where one stands in their second half."""
    first = 0
    while first < len(breaks):
        last = min(first + size, len(breaks))
        if last < len(breaks):
            last = next((at for at in range(last, first + size // 2, -1) if breaks[at]), last)
        yield slice(first, last)
        first = last


def _attributed(tokens: Tokens, breaks: list[bool], attributions: Iterable[dict[str, Any]]) -> Window:
    tags = ["O"] * len(tokens)
    window = Window([word for word, _ in tokens], breaks, attribution=tags)
    for row in attributions:
        parts = {part: [_inside(tokens, span) for span in row[part]] for part in ("source", "cue", "content")}
        for part, spans in parts.items():
            for inside in spans:
                for place, at in enumerate(inside):
                    tags[at] = ("B-" if place == 0 else "I-") + part
        cue = next((inside[0] for inside in parts["cue"] if inside), None)
        if cue is None:
            continue
        sources = [inside[0] for inside in parts["source"] if inside]
        window.source_of[cue] = sources[0] if sources else None
        window.cue_of.update({inside[0]: cue for inside in parts["content"] if inside})
    assert all(tag in ATTRIBUTION for tag in tags)
    return window


def _inside(tokens: Tokens, span: dict[str, Any]) -> list[int]:
    return [at for at, (word, start) in enumerate(tokens) if start < span["end"] and start + len(word) > span["start"]]
