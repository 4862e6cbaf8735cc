"""What is kept packed comes out as it went in, or is said to be damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.record.packed import pack, unpack


@given(st.binary(max_size=300))
def test_bytes_come_out_as_they_went_in(value: bytes) -> None:
    assert unpack(pack(value)) == value
    assert len(pack(value)) <= len(value) + 1


def test_a_text_that_says_much_the_same_takes_little() -> None:
    assert len(pack("The same, and the same again. " * 40)) < 80


@pytest.mark.parametrize("kept", [b"", b"\2abc", b"\1abc", pack("a text " * 30)[:-1]])
def test_what_is_damaged_is_said_to_be(kept: bytes) -> None:
    with pytest.raises(RecordError, match="damaged"):
        unpack(kept)
