"""The page on how a release was made."""

import html
import re
from collections import Counter

import pytest
from lxml import html as lxml_html

from onrecord.record.releases import Release
from onrecord.record.shapes import DecisionOnRecord
from onrecord.views.release.contents import Contents, Outlet
from onrecord.views.release.methodology import model_files, rule_files, together, write_methodology

EVIL = "Evil | <script>alert(1)</script> *Daily*"
COUNTS = {
    "articles": 3, "copies": 1, "outlets": 2, "incidents": 2, "accounts": 4, "decisions": 2, "incidents_added": 1,
    "incidents_changed": 2, "incidents_merged": 0, "incidents_split": 0, "incidents_removed": 1,
}  # fmt: skip
RELEASE = Release(
    "2016-12", "2016-12-01T00:00:00+00:00", "Ann", "All of October.", "0.1.0", "2016-11", "ab" * 32, (3, "cd"), COUNTS
)
FIRST = Release("2016-11", "2016-11-01T00:00:00+00:00", "Ann", None, "0.1.0", None, None, (3, "cd"), COUNTS)


def decision(id, act):
    return DecisionOnRecord(id, 1, "2016-11-02T10:00:00+00:00", "Bea", act, "a1/i1", None, None, None, "why")


@pytest.fixture
def pages(tmp_path):
    """Makes the page of a release, as Markdown and as HTML."""
    outlets = {
        "The Herald": Outlet("The Herald", 2, 0, "2016-10-01", "2016-10-13"),
        EVIL: Outlet(EVIL, 1, 1, "2016-10-14", "2016-10-14"),
    }
    decisions = {id: decision(id, act) for id, act in (("d1", "accept"), ("d2", "merge"))}
    contents = Contents(outlets, Counter({"AFP": 2}), 4, decisions, {"onrecord 0.1.0": 3})

    def make(release=RELEASE, contents=contents):
        write_methodology(tmp_path, release, contents)
        return tuple((tmp_path / f"methodology.{form}").read_text(encoding="utf-8") for form in ("md", "html"))

    return make


def plain(page):
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)).split())


@pytest.mark.parametrize(
    "told",
    [
        "All of October.",
        "2 incidents told in 4 accounts, from 3 articles (1 copy among them) of 2 outlets",
        "onrecord 0.1.0: 3 readings",
        "2 decisions by Bea",
        "1 incident added, 2 changed, 0 merged, 0 split, 1 removed",
        "It is no finding of what is true",
        "release 2016-12, 1 December 2016",
    ],
)
def test_it_says_how_it_was_made(pages, told):
    markdown, page = pages()
    assert told in " ".join(markdown.split())
    assert told.replace("'", "’") in plain(page)


def test_it_names_every_file_of_the_model_with_its_checksum(pages):
    for page in pages():
        for file in model_files():
            assert file.name in page
            assert file.sha256 in page
        assert together(rule_files()) in page


def test_both_forms_have_the_same_sections(pages):
    markdown, page = pages()
    sections = [line.removeprefix("## ") for line in markdown.splitlines() if line.startswith("## ")]
    assert [each.text for each in lxml_html.fromstring(page).iter("h2")] == sections[: sections.index("Files")]


def test_names_from_outside_are_nothing_but_text(pages):
    markdown, page = pages()
    assert "<script" not in page
    assert "<script" not in markdown.replace("\\<", "")
    assert r"| Evil \| \<script\>" in markdown
    assert not list(lxml_html.fromstring(page).iter("script"))


def test_the_page_loads_nothing(pages):
    _, page = pages()
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import""", page)


def test_a_first_release_without_decisions_says_so(pages):
    markdown, page = pages(FIRST, Contents({}, Counter(), 0, {}, {}))
    for text in (" ".join(markdown.split()), plain(page)):
        assert "This is the first release." in text
        assert "all of it is what the machine read" in text
