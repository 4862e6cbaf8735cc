"""Noise must leave training windows consistent: trees stay trees, parts keep their cues."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from training.corpora import Window, cuts
from training.noise import Shares, noisy, without

SENTENCE = Window(
    words=["“", "Bread", ",", "he", "said", ",", "is", "gone", "”"],
    breaks=[True] + [False] * 8,
    upos=["PUNCT", "NOUN", "PUNCT", "PRON", "VERB", "PUNCT", "AUX", "ADJ", "PUNCT"],
    xpos=["``", "NN", ",", "PRP", "VBD", ",", "VBZ", "JJ", "''"],
    heads=[7, 7, 4, 4, 7, 4, 7, 7, 7],
    relations=["punct", "nsubj", "punct", "nsubj", "parataxis", "punct", "cop", "root", "punct"],
    starts=[True] + [False] * 8,
    names=[("O",)] * 9,
    attribution=["B-content", "I-content", "O", "B-source", "B-cue", "O", "B-content", "I-content", "I-content"],
    source_of={4: 3},
    cue_of={0: 4, 6: 4},
)


def test_words_are_taken_out_with_all_that_points_to_them() -> None:
    bare = without(SENTENCE, {",", "“", "”"})
    assert bare.words == ["Bread", "he", "said", "is", "gone"]
    assert bare.heads == [4, 2, 4, 4, 4]
    assert bare.attribution == ["B-content", "B-source", "B-cue", "B-content", "I-content"]
    assert bare.source_of == {2: 1}
    assert bare.cue_of == {0: 2, 3: 2}
    assert bare.starts == bare.breaks == [True, False, False, False, False]


def test_a_source_that_begins_with_a_lost_mark_begins_with_its_next_word() -> None:
    window = Window(
        words=["“", "Abu", "Omar", "”", "said", "so"],
        breaks=[False] * 6,
        attribution=["B-source", "I-source", "I-source", "I-source", "B-cue", "B-content"],
        source_of={4: 0},
        cue_of={5: 4},
    )
    bare = without(window, {"“", "”"})
    assert bare.attribution == ["B-source", "I-source", "B-cue", "B-content"]
    assert bare.source_of == {2: 0}
    assert bare.cue_of == {3: 2}


@given(st.integers())
def test_noise_keeps_layers_of_one_length_and_heads_within(seed: int) -> None:
    window, kept = noisy(SENTENCE, random.Random(seed), Shares(no_commas=0.12, lower_case=0.06))
    assert [window.words[at].lower() for at in range(len(kept))] == [SENTENCE.words[at].lower() for at in kept]
    layers = (window.breaks, window.upos, window.xpos, window.heads, window.relations, window.starts, window.names)
    assert {len(layer or ()) for layer in layers} == {len(window.words)}
    assert all(0 <= head < len(window.words) for head in window.heads or ())
    assert sum(at == head for at, head in enumerate(window.heads or ())) == 1
    assert all((window.attribution or [])[cue] == "B-cue" for cue in window.source_of)


@given(st.lists(st.booleans(), max_size=300), st.integers(1, 50))
def test_cuts_cover_all_words_in_pieces_of_at_most_the_size(breaks: list[bool], size: int) -> None:
    parts = list(cuts(breaks, size))
    assert [at for part in parts for at in range(len(breaks))[part]] == list(range(len(breaks)))
    assert all(part.stop - part.start <= size for part in parts)
