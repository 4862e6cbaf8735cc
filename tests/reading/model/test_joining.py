"""Windows that overlap, as one."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
import spacy

from onrecord.reading.model.joining import Read, joined
from onrecord.reading.model.network import Network, Scores
from onrecord.reading.model.reader import LONGEST_SENTENCE, Reader
from onrecord.reading.model.windows import OVERLAP, Window, windows_of

NLP = spacy.blank("en")
NETWORK = Network()
ENDLESS = "shells fell on the town and " * 160
"""No stop, no line break: more than four windows that cut a sentence."""


def read_by(number: int, window: Window) -> Read:
    """The window with scores that say which window it is and which token each word."""
    about = np.array([[number, token] for token in window.tokens], np.float32)
    return window, Scores(*(about for _ in fields(Scores)))


@pytest.mark.parametrize("text", [ENDLESS, "The town fell . " * 100, "One line\n" * 300 + ENDLESS, "Shells fell.", ""])
def test_each_word_is_read_once_and_has_its_own_scores(text: str) -> None:
    doc = NLP.make_doc(text)
    found = list(joined(read_by(*each) for each in enumerate(windows_of(doc, NETWORK.features))))
    assert [at for window, _ in found for at in window.tokens] == [token.i for token in doc if not token.is_space]
    for window, scores in found:
        assert len(window.tokens) == len(window.words) == len(window.breaks)
        assert scores.upos[:, 1].tolist() == list(window.tokens) == scores.no_source[:, 1].tolist()
        assert [doc[at].text for at in window.tokens] == list(window.words)


def test_a_word_is_read_with_words_on_both_its_sides() -> None:
    doc = NLP.make_doc(ENDLESS)
    windows = list(windows_of(doc, NETWORK.features))
    ((whole, scores),) = joined(read_by(*each) for each in enumerate(windows))
    for at, number in zip(whole.tokens, scores.upos[:, 0].astype(int), strict=True):
        tokens = windows[number].tokens
        assert at - tokens[0] >= OVERLAP // 2 or tokens[0] == 0
        assert tokens[-1] - at >= OVERLAP // 2 - 1 or tokens[-1] == len(doc) - 1


def test_a_sentence_without_an_end_has_one_well_formed_tree_up_to_its_greatest_length() -> None:
    doc = Reader(NETWORK)(NLP.make_doc(ENDLESS))
    sentences = list(doc.sents)
    assert max(map(len, sentences)) <= LONGEST_SENTENCE + 1
    for sentence in sentences:
        assert [token for token in sentence if token.dep_ == "ROOT"] == [sentence.root]
        assert {token.i for token in sentence.root.subtree} == set(range(sentence.start, sentence.end))
