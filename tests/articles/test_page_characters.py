import pytest

from onrecord.articles.page import fragment_text


@pytest.mark.parametrize("control", ["\x00", "\x1f", "\ufffe", "&#1;", "&#x1F;", "&#0031;", "&#0"])
def test_characters_that_no_page_may_hold_are_blanks(control):
    assert fragment_text(f"<p>Twelve{control}men were <a href='x'>killed{control}here</a>.</p>", where="page") == (
        "Twelve men were killed here."
    )


@pytest.mark.parametrize("reference", ["&#13 ", "&#10;", "&#160;", "&#8217;", "&#x2019;"])
def test_other_references_are_what_they_stand_for(reference):
    assert "Twelve" in fragment_text(f"<p>Twelve{reference}men</p>", where="page")
    assert "men" in fragment_text(f"<p>Twelve{reference}men</p>", where="page")
