from __future__ import annotations

import pytest

from onrecord.reading.model.lemmas import lemma_of


@pytest.mark.parametrize(
    ("word", "upos", "tag", "lemma"),
    [
        ("killed", "VERB", "VBD", "kill"),
        ("was", "AUX", "VBD", "be"),
        ("Children", "NOUN", "NNS", "child"),
        ("strikes", "NOUN", "NNS", "strike"),
        ("shelling", "NOUN", "NN", "shelling"),
        ("shelling", "VERB", "VBG", "shell"),
        ("fled", "VERB", "VBD", "flee"),
        ("Strikes", "PROPN", "NNP", "Strikes"),
        ("the", "DET", "DT", "the"),
        ("worst", "ADJ", "JJS", "bad"),
    ],
)
def test_lemmas_follow_the_part_of_speech(word: str, upos: str, tag: str, lemma: str) -> None:
    assert lemma_of(word, upos, tag) == lemma
