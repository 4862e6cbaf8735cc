from pathlib import Path

from onrecord.views.exports import FORMS
from onrecord.views.exports.manual import pages

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_page_of_the_columns_is_as_the_program_has_them():
    assert (DOCS / "export-columns.md").read_text(encoding="utf-8") == "".join(pages()), "run make docs"


def test_every_form_is_explained():
    text = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert [form for form in FORMS if f"| `{form}` |" not in text] == []
