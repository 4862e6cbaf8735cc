from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.model.features import MOST_PIECES, PIECES_A_WORD, Features, letter_case
from onrecord.reading.model.network import WEIGHTS
from onrecord.reading.model.windows import MOST_WORDS, OVERLAP, Window, windows_of

NLP = spacy.blank("en")
FEATURES = Features(WEIGHTS / "tokenizer.json")


@pytest.mark.parametrize(
    ("word", "case"), [("rebels", 0), ("12", 0), ("Aleppo", 1), ("A", 1), ("UN", 2), ("iPhone", 3), ("McCain", 3)]
)
def test_letter_case_tells_names_from_acronyms(word: str, case: int) -> None:
    assert letter_case(word) == case


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab A.\n "’é中\u200b'), max_size=1500))
def test_windows_hold_every_word_in_order_and_fit_the_network(text: str) -> None:
    doc = NLP.make_doc(text)
    windows = list(windows_of(doc, FEATURES))
    held = {at for window in windows for at in window.tokens}
    assert sorted(held) == [token.i for token in doc if not token.is_space]
    for window in windows:
        assert list(window.tokens) == sorted(window.tokens)
        assert len(window.words) <= MOST_WORDS
        assert sum(len(FEATURES.pieces(word)) for word in window.words) <= MOST_PIECES - 2


def test_windows_overlap_only_where_a_sentence_had_to_be_cut() -> None:
    ended = NLP.make_doc("Rebels shelled the town . " * 200)
    endless = NLP.make_doc("shells fell on the town and " * 200)
    assert [overlap(one, next) for one, next in pairwise(windows_of(ended, FEATURES))] == [0] * 4
    assert {overlap(one, next) for one, next in pairwise(windows_of(endless, FEATURES))} == {OVERLAP}


def overlap(one: Window, next: Window) -> int:
    return len(set(one.tokens) & set(next.tokens))


def test_a_long_text_is_cut_at_a_line_break() -> None:
    paragraph = " ".join(["word"] * (MOST_WORDS - 40))
    first, second = windows_of(NLP.make_doc(f"{paragraph}\n\n{paragraph}"), FEATURES)
    assert len(first.words) == len(second.words)
    assert second.breaks[0] and not any(second.breaks[1:])


def test_an_endless_word_takes_a_bounded_number_of_pieces() -> None:
    assert 1 <= len(FEATURES.pieces("xa" * 5000)) <= PIECES_A_WORD


def test_a_word_that_the_vocabulary_has_no_piece_for_is_unknown() -> None:
    assert len(FEATURES.pieces("\u200b")) == 1


def test_pieces_of_a_batch_are_padded_and_words_point_to_their_first_piece() -> None:
    batch = FEATURES.batch([(["Aleppo", "burns"], [False, False]), (["Gaziantep"], [True])])
    assert batch.words[0, 0] == 1 and batch.words[0, 1] == 1 + len(FEATURES.pieces("Aleppo"))
    assert batch.mask[1].sum() == len(FEATURES.pieces("Gaziantep")) + 2
    assert batch.cases[0, 1] == 1 and batch.breaks[1, 1] == 1
