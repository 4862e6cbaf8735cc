"""Trees in the ClearNLP style of spaCy's English pipelines, turned to Universal Dependencies, by which the rules read.

What differs most: there prepositions and "be" are heads, here the words that they bring in.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc

from onrecord import lexicon

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_BEHIND_PREPOSITION = frozenset({"pobj", "pcomp"})


def is_clear(doc: Doc) -> bool:
    """Whether the document's tree has relations that only the ClearNLP style has."""
    return any(token.dep_ in _relations() for token in doc)


def to_universal(doc: Doc) -> Doc:
    """The document with its tree turned to Universal Dependencies, in place."""
    tree = _Tree(doc)
    for at in reversed(range(len(doc))):  # a preposition within another's phrase comes after it
        if tree.relations[at] in {"prep", "agent", "dative"}:
            tree.lower_preposition(at)
    for at in range(len(doc)):
        if doc[at].lemma_ == "be" or doc[at].pos_ == "AUX":
            tree.lower_copula(at)
    tree.move_conjunctions()
    tree.write()
    return doc


class _Tree:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.heads = [token.head.i for token in doc]
        self.relations = [token.dep_ for token in doc]

    def children(self, at: int) -> list[int]:
        return [child for child, head in enumerate(self.heads) if head == at and child != at]

    def lower_preposition(self, at: int) -> None:
        """Hang a preposition on the word that it brings in, and that word where the preposition hung."""
        behind = [child for child in self.children(at) if self.relations[child] in _BEHIND_PREPOSITION]
        if not behind or self.heads[at] == at:
            return
        word, outer = behind[0], self.heads[at]
        on_noun = self.doc[outer].pos_ in _NOMINAL
        if self.relations[outer] in {"prep", "agent"} and self.relations[word] == "pobj":
            relation = "pobj"  # "from behind the wall": the outer preposition takes the word over in its turn
        elif self.relations[at] == "agent":
            relation = "obl:agent"
        elif self.relations[word] == "pcomp":
            relation = "acl" if on_noun else "advcl"
        else:
            relation = "nmod" if on_noun else "obl"
        marker = "mark" if self.relations[word] == "pcomp" else "case"
        self._turn(at, word, relation, marker)

    def lower_copula(self, at: int) -> None:
        """Hang "be" on what it says of its subject, with all that hung on it."""
        said = [child for child in self.children(at) if self.relations[child] in {"attr", "acomp"}]
        if said:
            self._turn(at, said[0], self.relations[at], "cop")

    def move_conjunctions(self) -> None:
        """Hang all that is coordinated on the first of them, and each "and" on what follows it."""
        for at in range(len(self.doc)):
            if self.relations[at] == "cc":
                following = [c for c in self.children(self.heads[at]) if c > at and self.relations[c] == "conj"]
                self.heads[at] = following[0] if following else self.heads[at]
        for at in range(len(self.doc)):
            while self.relations[at] == "conj" and self.relations[self.heads[at]] == "conj":
                self.heads[at] = self.heads[self.heads[at]]

    def write(self) -> None:
        """Put the tree on the document at once: a head at a time, it would pass through what is no tree."""
        values = np.zeros((len(self.doc), 2), np.uint64)
        values[:, 0] = (np.array(self.heads, np.int64) - np.arange(len(self.doc))).astype(np.uint64)
        values[:, 1] = [self.doc.vocab.strings.add(_relations().get(each, each)) for each in self.relations]
        self.doc.from_array([HEAD, DEP], values)  # type: ignore[arg-type]

    def _turn(self, upper: int, lower: int, relation: str, relation_of_upper: str) -> None:
        for child in self.children(upper):
            self.heads[child] = lower
        self.heads[lower] = self.heads[upper] if self.heads[upper] != upper else lower
        self.relations[lower] = relation
        self.heads[upper], self.relations[upper] = lower, relation_of_upper


@cache
def _relations() -> dict[str, str]:
    return {row["clear"]: row["universal"] for row in lexicon.rows("clear-relations")}
