"""Articles on one happening share a story; like happenings do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generated import telling
from onrecord.reading.schema import Reading
from onrecord.record import Record
from onrecord.record.dividing import divided, least_cut
from onrecord.record.stories import stories_of, words_that_tell
from onrecord.record.wording import cosine, rarity, words_of
from onrecord.sources.source import Source

TELLINGS = list(telling(24, seed=21, per_day=6))
KIND = "rescuers dug through the rubble for survivors after the quake and its aftershocks, officials said".split()
FIRST = "Lomar Lomar bridge Teregos monastery Wednesday 5.9 Hadrin chapel".split()
SECOND = "Sibel Sibel harbour Oktun fishermen Sunday 7.1 Marnas tide".split()


def stories(readings: list[Reading]) -> list[list[str]]:
    by_story: dict[str, list[str]] = {}
    for id, story in sorted(stories_of(readings).items()):
        by_story.setdefault(story, []).append(id)
    return sorted(by_story.values())


def quake(name: str, particulars: list[str], number: int) -> Reading:
    random = Random(f"{name} {number}")
    words = random.sample(KIND, 12) + random.sample(particulars, 6) + [f"own{name}{number}{at}" for at in range(8)]
    random.shuffle(words)
    return Reading(id=f"{name}{number}", text=f"{' '.join(words)}.")


def test_articles_on_one_attack_share_a_story() -> None:
    readings = [told.reading for told in TELLINGS]
    by_attack = [[told.reading.id for told in TELLINGS if told.attack.number == number] for number in range(6)]
    assert stories(readings) == sorted(map(sorted, by_attack))


def test_two_happenings_of_one_kind_are_two_stories() -> None:
    readings = [quake(name, words, at) for name, words in (("first", FIRST), ("second", SECOND)) for at in range(8)]
    assert stories(readings) == [[f"{name}{at}" for at in range(8)] for name in ("first", "second")]


def test_one_happening_is_not_cut_in_two() -> None:
    readings = [quake("only", FIRST, at) for at in range(12)]
    assert len(stories(readings)) == 1


def test_a_sites_own_line_under_an_agencys_text_makes_no_story_of_its_own() -> None:
    text = " ".join([*KIND, *FIRST, *(f"told{at}" for at in range(60))])
    own = ["Marnas weather tide ferries Oktun", "Hadrin football scores Teregos league"]
    readings = [Reading(id=f"site{at:02}", text=f"{text}. {own[at % 2]} site{at}.") for at in range(16)]
    assert len(stories(readings)) == 1


def test_articles_far_apart_in_time_are_of_different_stories() -> None:
    first = TELLINGS[0].reading
    later = replace(first, id="later", outlet="The Echo", published="2033-03-01")
    assert len(stories([first, later])) == 2


def test_a_record_finds_the_same_stories_as_a_heap(tmp_path: Path) -> None:
    readings = [told.reading for told in TELLINGS[::2]] + [quake("one", FIRST, at) for at in range(3)]
    with Record.open(tmp_path / "r.db") as record:
        for reading in reversed(readings):
            record.add(Source(reading.id.encode(), "text", reading.id), reading)
        found = {article.reading_id: article.story for article in record.articles()}
    assert found == stories_of(readings)


@given(st.permutations(range(8)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_a_heap_does_not_matter(order: list[int]) -> None:
    readings = [told.reading for told in TELLINGS[8:16]]
    assert stories_of([readings[at] for at in order]) == stories_of(readings)


def test_articles_without_words_are_stories_of_their_own() -> None:
    assert len(stories([Reading(id="a", text="", outlet="A"), Reading(id="b", text="…", outlet="B")])) == 2
    assert divided([{}, {}, {}, {}]) != []


def test_rare_words_tell_more_than_common_ones() -> None:
    assert rarity("the") < rarity("attack") < rarity("aleppo") < rarity("teregos")
    weights = words_that_tell(Reading(id="a", text="The Teregos attack, the attack."))
    assert next(iter(weights)) == "teregos"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.N. said 10,000 fled; 3.6%.", ["the", "u.n", "said", "10,000", "fled", "3.6"]),
        ("Assad’s “rebels”—U.S.-led", ["assad", "s", "rebels", "u.s", "led"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_the_least_cut_falls_where_the_links_are_weakest() -> None:
    likeness = np.full((6, 6), 0.05)
    likeness[:3, :3] = likeness[3:, 3:] = 0.8
    np.fill_diagonal(likeness, 0.0)
    looseness, part = least_cut(likeness)
    assert sorted([list(part[:3]), list(part[3:])]) == [[False] * 3, [True] * 3] and looseness < 0.25


def test_a_cosine_needs_words_in_common() -> None:
    assert cosine({"a": 1.0}, {"b": 1.0}) == cosine({}, {"b": 1.0}) == 0.0
    assert cosine({"a": 2.0}, {"a": 7.0}) == pytest.approx(1.0)
