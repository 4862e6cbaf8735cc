"""Bytes to text: by mark, statement and guess, and never worse than they came."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles.encoding import decoded
from onrecord.errors import ArticleError

TEXT = "“We saw 12 dead,” said Dr. Özgür Åström – in the café of Çanakkale."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding), where="x") == TEXT


def test_utf_16_of_either_order_is_read_by_its_mark() -> None:
    assert decoded(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), where="x") == TEXT


def test_the_servers_word_counts() -> None:
    data = "Президент сказал".encode("koi8-r")
    assert decoded(data, where="x", content_type="text/html; charset=KOI8-R") == "Президент сказал"


def test_the_pages_word_counts_where_the_server_has_none() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Президент</body>'
    assert decoded(page.encode("cp1251"), where="x", is_page=True) == page


def test_utf_8_is_utf_8_whatever_was_said() -> None:
    assert decoded(TEXT.encode(), where="x", content_type="text/html; charset=iso-8859-1") == TEXT


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    text = "“We saw 12 dead,” she said – twice."
    assert decoded(text.encode("cp1252"), where="x", content_type="text/plain; charset=ISO-8859-1") == text


def test_windows_1252_is_guessed_in_what_is_mostly_ascii() -> None:
    assert decoded(TEXT.encode("cp1252"), where="x") == TEXT


def test_an_unknown_name_is_passed_over() -> None:
    assert decoded(TEXT.encode(), where="x", content_type="text/html; charset=klingon") == TEXT


def test_a_few_broken_bytes_in_utf_8_cost_only_themselves() -> None:
    data = TEXT.encode() * 5 + b"\xff" + TEXT.encode()
    assert decoded(data, where="x") == TEXT * 5 + "\ufffd" + TEXT


def test_mojibake_that_came_is_left_as_it_is() -> None:
    text = "It wasnâ€™t their war."
    assert decoded(text.encode(), where="x") == text


def test_line_ends_become_one_kind() -> None:
    assert decoded(b"a\r\nb\rc\n", where="x") == "a\nb\nc\n"


def test_what_is_no_text_is_an_error_that_names_its_place() -> None:
    with pytest.raises(ArticleError, match=r"^x: is text in no encoding that is known, or damaged; save it again"):
        decoded(b"Shelling \xff\xfe\x80 killed \x00\x01\x02 12", where="x")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    if not text.startswith("\ufeff") and "\ufffd" not in text:
        assert decoded(text.encode(), where="x") == text


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_one_error(data: bytes) -> None:
    try:
        assert isinstance(decoded(data, where="x", is_page=True), str)
    except ArticleError as fault:
        assert fault.where == "x"
