"""What holds of every reading: its offsets, its ids, its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import onrecord
from onrecord.articles.article import TextSpan
from onrecord.reading.batch import read_sources
from onrecord.reading.schema import Reading, as_json, from_json, json_schema
from onrecord.sources import sources_in


@pytest.fixture(scope="module")
def readings(samples: Path) -> list[Reading]:
    return read(samples)


def read(folder: Path) -> list[Reading]:
    outcomes = read_sources(sources_in([folder]))
    return [outcome.reading for outcome in outcomes if outcome.reading is not None]


def spans_in(value: object) -> Iterator[TextSpan]:
    if isinstance(value, TextSpan):
        yield value
    if isinstance(value, tuple):
        for each in value:
            yield from spans_in(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from spans_in(getattr(value, each.name))


def check(reading: Reading) -> None:
    """Spans fit the text, ids are unique, and whatever is pointed to is there."""
    assert all(span.text == reading.text[span.start : span.end] for span in spans_in(reading))
    sections = (reading.mentions, reading.entities, reading.times, reading.attributions, reading.casualties)
    ids = [each.id for section in (*sections, reading.incidents, reading.truces, reading.labels) for each in section]
    assert len(ids) == len(set(ids))
    known = set(ids)
    for mention in reading.mentions:
        assert mention.entity in known
    for casualty in reading.casualties:
        assert {casualty.part_of, casualty.incident, casualty.attribution} - {None} <= known
        assert casualty.part_of != casualty.id
        assert casualty.low is None or casualty.high is None or casualty.low <= casualty.high
    for incident in reading.incidents:
        assert {*incident.where, *incident.times, *incident.casualties} <= known
        assert incident.attribution is None or incident.attribution in known
        assert incident.evidence
    assert sum(incident.main for incident in reading.incidents) <= 1
    for told in (*reading.truces, *reading.labels):
        assert told.attribution is None or told.attribution in known


def test_readings_of_the_sample_hold_together(readings: list[Reading]) -> None:
    assert len(readings) > 35
    for reading in readings:
        check(reading)


def test_readings_of_the_seeds_hold_together(seeds: Path) -> None:
    readings = read(seeds)
    assert len(readings) == 3
    for reading in readings:
        check(reading)


def test_readings_keep_to_the_schema_and_come_back_from_json(readings: list[Reading]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for reading in readings:
        values: dict[str, Any] = json.loads(json.dumps(as_json(reading)))
        validator.validate(values)
        assert from_json(values) == reading


def test_nothing_is_read_from_boilerplate(readings: list[Reading]) -> None:
    for reading in readings:
        left_out = {at for part in reading.boilerplate for at in range(part.start, part.end)}
        for mention in (*reading.mentions, *reading.casualties, *reading.labels):
            assert left_out.isdisjoint(range(mention.start, mention.end))


def test_workers_read_the_same_in_the_same_order(samples: Path, readings: list[Reading]) -> None:
    side_by_side = [outcome.reading for outcome in read_sources(sources_in([samples]), workers=2)]
    alone = {reading.id: reading for reading in readings}
    found = [reading for reading in side_by_side if reading is not None]
    assert [reading.id for reading in found] == [each for each in alone if each in {reading.id for reading in found}]
    assert all(alone[reading.id] == reading for reading in found)


WORDS = st.sampled_from(
    [
        *'Shelling killed 12 people in Aleppo on Friday , . \n\n “ ” " said he the truce regime terrorists at'.split(
            " "
        ),
        *"least five children including were army ’ … \u200b İ ﷺ 🚑 é ( ) - since 22 September dozens no and".split(
            " "
        ),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_heap_of_words_gives_a_reading_that_holds_together(words: list[str]) -> None:
    check(onrecord.read(" ".join(words), published="2016-10-14"))


def test_the_pipeline_is_one_of_spacy(nlp: Language) -> None:
    assert [name for name in nlp.pipe_names if name.startswith("onrecord.")] == nlp.pipe_names
    doc = nlp("Shelling killed 12 people in Aleppo on Friday, doctors said.")
    assert [token.head.text for token in doc if token.text == "people"] == ["killed"]
    assert [casualty.count for casualty in doc._.casualties] == [12]
    assert "Aleppo" in [entity.text for entity in doc.ents if entity.label_ == "place"]


def test_an_empty_text_gives_an_empty_reading() -> None:
    reading = onrecord.read("")
    assert (reading.text, reading.mentions, reading.incidents) == ("", (), ())
