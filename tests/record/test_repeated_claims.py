"""A statement that many print, cut or in drifted words, is one statement; another of the same speaker is another."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from onrecord.record.repeated_claims import same_statement, together
from onrecord.record.shapes import Claim
from tests.views import invented

SAID = (
    "The shelling of the grain silos is a grave violation of international law and those who ordered it will answer "
    "before a tribunal"
)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (SAID.replace("international law", "global law"), True),
        (SAID.replace("grave violation", "serious breach"), True),
        ("“the shelling of the grain silos is a grave violation of international law”", True),
        ("those who ordered the shelling of the school will answer before a court", False),
        ("The talks will go on in Geneva until the delegations have agreed on the corridors", False),
        (SAID.replace("grain silos", "14 grain silos"), True),
        ("It is a violation", False),
    ],
)
def test_what_is_the_same_statement_in_other_words(other: str, same: bool) -> None:
    assert same_statement(SAID, other) == same_statement(other, SAID) == same


def test_numbers_that_differ_make_two_statements() -> None:
    assert not same_statement(f"{SAID} for 14 dead", f"{SAID} for 41 dead")


def claim(outlet: str, day: int, content: str = SAID, speaker: str | None = "The envoy") -> Claim:
    article = replace(invented.article("a1"), id=f"a{outlet}", outlet=outlet, published=f"2031-03-{day:02}")
    return Claim(article, speaker, None, speaker or "officials", "said", content, "direct", invented.STRIKE_1)


DRIFTED = SAID.replace("international", "global").replace("grave", "serious")
CLAIMS = [
    claim("Wire", 1),
    claim("Herald", 2, SAID[:70]),
    claim("Spinner", 3, DRIFTED),
    claim("Herald", 2, "The envoys of both delegations meet in Geneva on Thursday to speak of corridors"),
    claim("Post", 4, speaker="The minister"),
]


@pytest.mark.parametrize("seed", range(4))
def test_each_statement_has_who_repeats_it_since_when_and_in_which_words(seed: int) -> None:
    claims = Random(seed).sample(CLAIMS, len(CLAIMS))
    first, *others = together(claims)
    assert (first.speaker, first.since) == ("The envoy", "2031-03-01")
    assert first.outlets == ("Wire", "Herald", "Spinner")
    assert first.wordings == (SAID, SAID[:70], DRIFTED)
    assert sorted(other.outlets for other in others) == [("Herald",), ("Post",)]
