from hypothesis import given
from hypothesis import strategies as st

from onrecord.views.plain import one_line, printable, shortened


def test_what_steers_a_terminal_is_replaced():
    assert printable("a\x1b[31mred\x07 \u202ereversed") == "a\ufffd[31mred\ufffd \ufffdreversed"


def test_letters_of_every_script_stay():
    assert printable("حلب، Алеппо\tç") == "حلب، Алеппо\tç"


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_line_has_no_tab_and_no_line_end(text):
    assert not {"\t", "\n", "\r", "\x1b", "\x85", "\u2028"} & set(one_line(text))


@given(st.text(), st.integers(2, 40))
def test_a_shortened_text_is_never_too_long(text, letters):
    assert len(shortened(text, letters)) <= letters
