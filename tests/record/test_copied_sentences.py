"""A sentence that another article printed before adds no witness; one of its own does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.articles.article import TextSpan
from onrecord.record import Record
from onrecord.record.copied_sentences import taken_from
from tests.record.test_tolls import VOCABULARY, report

SAID = "Warplanes struck the vegetable market of Idrin at noon on Tuesday, killing 23 traders, rescue workers reported."


@pytest.mark.parametrize(
    ("sentence", "taken"),
    [
        (SAID, True),
        (SAID.replace("struck", "hit").replace("reported", "said"), True),
        (SAID.replace("23", "26"), False),
        (
            "A raid on the market of Idrin left 23 traders dead, rescue workers dug for more until Tuesday noon.",
            False,
        ),
        ("Killing 23.", False),
    ],
)
def test_a_sentence_is_known_with_some_words_changed_but_not_with_other_numbers(sentence: str, taken: bool) -> None:
    assert taken_from(sentence, ["Nothing of the kind was said by anybody here at all today.", SAID]) == (
        1 if taken else None
    )
    assert taken_from("Killing 23.", ["Killing 23."]) is None, "too short to tell"


def test_a_figure_in_a_sentence_that_was_taken_over_has_one_origin(record: Record) -> None:
    for at, (outlet, day) in enumerate((("North", "02"), ("South", "03"), ("West", "03"))):
        source, reading = report(outlet, 23, day=f"2031-03-{day}")
        sentence = SAID if outlet != "West" else "Rescue workers counted 23 people dead where bombs had hit the town."
        own = " ".join(VOCABULARY[at * 200 : at * 200 + 80])
        text = f"{own}.\n{sentence}"
        place = text.index("23", text.index(sentence))
        (figure,) = reading.casualties
        figure = replace(figure, start=place, end=place + 2, text="23")
        incident = replace(reading.incidents[0], evidence=(TextSpan(text.index(sentence), len(text), sentence),))
        record.add(
            replace(source, data=text.encode()),
            replace(reading, text=text, casualties=(figure,), incidents=(incident,)),
        )
    (toll,) = record.tolls()
    assert toll.range.origins == 2
    assert [(origin.outlets, origin.since) for origin in toll.range.figures[0].origins] == [
        (("North", "South"), "2031-03-02"),
        (("West",), "2031-03-03"),
    ]
