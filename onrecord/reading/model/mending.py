"""Trees without what the guidelines of Universal Dependencies rule out: slips of the network over neighbouring words.

https://universaldependencies.org/u/dep/. Heads are indices of words, a root's its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.reading.model.decode import Integers

Tree = tuple[list[int], list[str]]
"""The head and the relation of each word."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_ARGUMENTS = _SUBJECTS | {"obj", "iobj", "obl"}
_OF_A_CLAUSE = _SUBJECTS | {"cop", "aux", "expl"}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def mended(
    heads: Sequence[int] | Integers, relations: Sequence[str], words: Sequence[str], upos: Sequence[str]
) -> Tree:
    """The tree of some words, with a verb for its root, one subject a clause, nouns joined to nouns, and possessors."""
    tree = [int(head) for head in heads], list(relations)
    return with_possessors(with_nouns_joined(with_one_subject(with_verb_as_root(tree, upos)), upos), words)


def with_verb_as_root(tree: Tree, upos: Sequence[str]) -> Tree:
    """The tree, in which a verb right behind a noun that was taken for the root is the root, and the noun its subject.

    So the network reads words that it does not know: "Grumblers zorched a snuggery".
    """
    heads, relations = list(tree[0]), list(tree[1])
    for noun, verb in pairwise(range(len(heads))):
        beside = heads[noun] == noun and heads[verb] == noun and relations[verb] == "parataxis"
        if not beside or upos[noun] not in _NOMINAL or upos[verb] != "VERB" or _has_subject(tree, verb):
            continue
        heads = [verb if head == noun and at >= noun else head for at, head in enumerate(heads)]
        heads[noun], heads[verb] = verb, verb
        relations[noun], relations[verb] = "nsubj", relations[noun]
    return heads, relations


def _has_subject(tree: Tree, verb: int) -> bool:
    heads, relations = tree
    return any(head == verb and relations[at] in _SUBJECTS for at, head in enumerate(heads))


def with_one_subject(tree: Tree) -> Tree:
    """The tree, in which of two subjects of one word the one farther off is taken to stand outside its clause.

    No clause of the treebanks has two; what the network takes for the first is a dateline or a headline without a stop.
    """
    heads, relations = tree
    nearest: dict[int, int] = {}
    result = list(relations)
    for at in (at for at, relation in enumerate(relations) if relation in _SUBJECTS):
        other = nearest.setdefault(heads[at], at)
        if other != at:
            near, far = sorted((other, at), key=lambda each: abs(each - heads[at]))
            result[far], nearest[heads[at]] = "dislocated", near
    return heads, result


def with_nouns_joined(tree: Tree, upos: Sequence[str]) -> Tree:
    """The tree, in which a noun behind "and" that was joined to a verb is joined to the last noun that the verb has.

    "The shell killed Khalid, 52, and her grandson": a noun that is no clause of its own is not coordinated with one.
    """
    heads, relations = tree
    joined = [
        at
        for at, head in enumerate(heads)
        if relations[at] == "conj" and head < at and upos[at] in _NOMINAL and upos[head] == "VERB"
    ]
    result = list(heads)
    for at in joined:
        below = {relations[child] for child, head in enumerate(heads) if head == at}
        nouns = [
            each
            for each in range(heads[at] + 1, at)
            if heads[each] == heads[at] and relations[each] in _ARGUMENTS and upos[each] in _NOMINAL
        ]
        if nouns and "cc" in below and below.isdisjoint(_OF_A_CLAUSE):
            result[at] = nouns[-1]
    return result, relations


def with_possessors(tree: Tree, words: Sequence[str]) -> Tree:
    """The tree, in which a word with the mark of the possessive is no part of a compound: "Yemen's sides"."""
    heads, relations = tree
    result = list(relations)
    for at, word in enumerate(words):
        if word.lower() in _POSSESSIVE and relations[at] == "case" and relations[heads[at]] == "compound":
            result[heads[at]] = "nmod:poss"
    return heads, result
