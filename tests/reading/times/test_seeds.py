"""What the seeds say of when, with their day of publication given and without."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from onrecord.articles.article import Article
from onrecord.reading.times import times_of

WORDLESS = spacy.blank("en")


def values(seeds: Path, number: str, published: str | None) -> dict[str, set[str]]:
    text = next(seeds.glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    doc = WORDLESS.make_doc(text)
    doc._.article = Article(id=number, text=text, published=published)
    found: dict[str, set[str]] = {}
    for time in times_of(doc):
        found.setdefault(time.text, set()).add(time.value)
    return found


@pytest.mark.parametrize(
    ("number", "published", "text", "value"),
    [
        ("000", "2016-10-14", "September 22", "2016-09-22"),
        ("000", "2016-10-14", "last month", "2016-09"),
        ("000", "2016-10-14", "Saturday", "2016-10-15"),
        ("000", "2016-10-14", "Thursday", "2016-10-13"),
        ("000", "2016-10-14", "Friday", "2016-10-14"),
        ("000", None, "September 22", "XXXX-09-22"),
        ("000", None, "last month", "XXXX-XX"),
        ("000", None, "Saturday", "XXXX-WXX-6"),
        ("001", "2015-10-14", "Tuesday morning", "2015-10-13TMO"),
        ("001", "2015-10-14", "Wednesday", "2015-10-14"),
        ("001", "2015-10-14", "late last month", "2015-09"),
        ("002", "2016-10-19", "OCTOBER 19", "2016-10-19"),
        ("002", "2016-10-19", "tomorrow", "2016-10-20"),
        ("002", "2016-10-19", "Tuesday evening", "2016-10-18TEV"),
        ("002", "2016-10-19", "three hours", "PT3H"),
        ("002", "2016-10-19", "24 hours", "PT24H"),
        ("002", None, "OCTOBER 19", "XXXX-10-19"),
        ("002", None, "tomorrow", "XXXX-10-20"),
        ("002", None, "Tuesday evening", "XXXX-WXX-2TEV"),
    ],
)
def test_times_of_the_seeds(seeds: Path, number: str, published: str | None, text: str, value: str) -> None:
    assert values(seeds, number, published)[text] == {value}


@pytest.mark.parametrize("number", ["000", "002"])
def test_no_seed_without_a_date_is_given_a_year(seeds: Path, number: str) -> None:
    told = {value for found in values(seeds, number, None).values() for value in found}
    assert not any(value[:4].isdigit() for value in told)
