"""A reading as lines of text: each fact with whose word it is."""

from __future__ import annotations

from onrecord.articles.article import TextSpan
from onrecord.reading.schema import Attribution, Casualty, Reading
from onrecord.views.reading import facts_of

TEXT = "Twelve people were reported killed."


def test_a_statement_without_a_source_is_told_as_such() -> None:
    reported = Attribution(
        id="a1",
        source=(),
        cue=(TextSpan(14, 27, "were reported"),),
        content=(TextSpan(0, 13, "Twelve people"),),
        speaker=None,
        quote="indirect",
        act="statement",
    )
    toll = Casualty(
        start=0,
        end=13,
        text="Twelve people",
        id="k1",
        count=12,
        low=12,
        high=12,
        qualifier="exact",
        effect="killed",
        status="unknown",
        group=None,
        of=None,
        part_of=None,
        where=(),
        since=None,
        until=None,
        attribution="a1",
    )
    lines = list(facts_of(Reading(id="one", text=TEXT, attributions=(reported,), casualties=(toll,))))
    assert "12 killed: “Twelve people” (whose word it is, is not told)" in " ".join(lines)
    assert "(nobody named) were reported: “Twelve people”" in " ".join(lines)
