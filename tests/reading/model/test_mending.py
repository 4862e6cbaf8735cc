from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.model.mending import (
    mended,
    with_nouns_joined,
    with_one_subject,
    with_possessors,
    with_verb_as_root,
)


def test_a_verb_behind_the_noun_that_was_taken_for_the_root_is_the_root() -> None:
    """ "Two grumblers zorched a snuggery": of words that it does not know the network makes a heap."""
    tree = [1, 1, 1, 4, 2, 1], ["nummod", "ROOT", "parataxis", "det", "obj", "punct"]
    upos = ["NUM", "NOUN", "VERB", "DET", "NOUN", "PUNCT"]
    assert with_verb_as_root(tree, upos) == (
        [1, 2, 2, 4, 2, 2],
        ["nummod", "nsubj", "ROOT", "det", "obj", "punct"],
    )


def test_a_verb_with_a_subject_stays_beside_the_noun() -> None:
    """ "Update: he left" without its colon."""
    tree = [0, 0, 1], ["ROOT", "parataxis", "nsubj"]
    assert with_verb_as_root(tree, ["NOUN", "VERB", "PRON"]) == tree


def test_a_word_has_one_subject_and_it_is_the_nearer_one() -> None:
    """ "AZAZ (Wire) - A bomb went off": the dateline is none."""
    heads, relations = [5, 0, 5, 4, 5, 5, 5], ["nsubj", "appos", "punct", "det", "nsubj", "root", "compound:prt"]
    assert with_one_subject((heads, relations)) == (heads, ["dislocated", *relations[1:]])


def test_subjects_of_different_words_stay() -> None:
    tree = [1, 1, 3, 1], ["nsubj", "root", "nsubj:pass", "ccomp"]
    assert with_one_subject(tree) == tree


def test_a_noun_behind_and_is_joined_to_a_noun() -> None:
    """ "Shells killed Khalid and Samir": Samir was killed, too."""
    relations, upos = ["nsubj", "root", "obj", "cc", "conj"], ["NOUN", "VERB", "PROPN", "CCONJ", "PROPN"]
    assert with_nouns_joined(([1, 1, 1, 4, 1], relations), upos) == ([1, 1, 1, 4, 2], relations)


def test_a_noun_with_a_subject_of_its_own_is_a_clause() -> None:
    """ "Shells killed Khalid and he a child"."""
    tree = [1, 1, 1, 6, 6, 6, 1], ["nsubj", "root", "obj", "cc", "nsubj", "det", "conj"]
    assert with_nouns_joined(tree, ["NOUN", "VERB", "PROPN", "CCONJ", "PRON", "DET", "NOUN"]) == tree


def test_whoever_has_the_mark_of_the_possessive_is_a_possessor() -> None:
    heads, relations = [3, 0, 3, 3], ["compound", "case", "compound", "root"]
    assert with_possessors((heads, relations), ["Yemen", "'s", "peace", "talks"]) == (
        heads,
        ["nmod:poss", *relations[1:]],
    )


def test_a_name_beside_a_quotation_mark_stays_in_its_compound() -> None:
    tree = [2, 0, 2], ["compound", "punct", "root"]
    assert with_possessors(tree, ["Vega", "'", "town"]) == tree


UPOS = st.sampled_from(["NOUN", "PROPN", "VERB", "CCONJ", "ADP", "PUNCT"])
RELATIONS = st.sampled_from(["nsubj", "obj", "conj", "cc", "obl", "compound", "case", "nsubj:pass"])


@given(st.data(), st.integers(1, 12))
def test_a_tree_stays_a_tree(data: st.DataObject, size: int) -> None:
    order = data.draw(st.permutations(range(size)))
    heads = [0] * size
    for place, at in enumerate(order):
        heads[at] = order[data.draw(st.integers(0, max(place - 1, 0)))]
    relations, upos = ([data.draw(each) for _ in range(size)] for each in (RELATIONS, UPOS))
    words = [data.draw(st.sampled_from(["'s", "town", "and"])) for _ in range(size)]
    found, named = mended(heads, relations, words, upos)
    assert len(found) == len(named) == size
    assert all(_root(found, at) == order[0] for at in range(size))


def _root(heads: list[int], at: int) -> int:
    for _ in heads:
        at = heads[at]
    return at
