"""The sentence around words, as a reader would cut it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.sentences import sentence_around

TEXT = (
    "Raid on Idrin\n"
    "Gen. A. Marrow of the U.N. mission said 3.5 tonnes fell on Idrin. “Nobody was warned.” He counted 14 dead.\n"
    "The army denied it! Why? it would not say."
)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Raid", "Raid on Idrin"),
        ("3.5", "Gen. A. Marrow of the U.N. mission said 3.5 tonnes fell on Idrin."),
        ("warned", "“Nobody was warned.”"),
        ("14", "He counted 14 dead."),
        ("denied", "The army denied it!"),
        ("say", "Why? it would not say."),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(words: str, sentence: str) -> None:
    start = TEXT.index(words)
    assert sentence_around(TEXT, start, start + len(words)).text == sentence


def test_words_over_two_sentences_give_both() -> None:
    start, end = TEXT.index("warned"), TEXT.index("counted") + 7
    assert sentence_around(TEXT, start, end).text == "“Nobody was warned.” He counted 14 dead."


def test_what_has_no_end_is_cut_around_the_words() -> None:
    text = "row " * 2000 + "seven dead " + "row " * 2000
    start = text.index("seven")
    found = sentence_around(text, start, start + 10)
    assert len(found.text) <= 1300 and "seven dead" in found.text


@given(st.text(alphabet="ab. \n!A”", max_size=60), st.data())
def test_the_sentence_holds_the_words_and_fits_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentence_around(text, start, end)
    assert text[found.start : found.end] == found.text
    assert text[start:end].strip() in found.text
