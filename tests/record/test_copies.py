"""Articles that share their wording are found; like articles in other words are not."""

from __future__ import annotations

from random import Random

import pytest

from onrecord.reading.schema import Reading
from onrecord.record.copies import NEAR, REWORDED, kind_of_copy, minhash, resemblance, shingles, wording

WORDS = [f"word{number}" for number in range(3000)]


def features(text: str) -> bytes:
    return wording("a1", Reading(id="r", text=text), "").features


def text_of(seed: int, words: int = 300) -> str:
    return " ".join(Random(seed).choices(WORDS, k=words))


def test_the_same_words_are_an_exact_copy_whatever_their_marks_and_case() -> None:
    text = text_of(1)
    assert resemblance(features(text), features(text.upper().replace(" ", ", "))) == 1.0


def test_other_words_have_nothing_in_common() -> None:
    assert resemblance(features(text_of(1)), features(text_of(2))) < 0.05


def test_an_article_cut_to_half_is_a_copy_of_the_whole() -> None:
    text = text_of(3, 400)
    assert resemblance(features(text), features(text[: len(text) // 2])) >= 0.7


def test_two_articles_that_quote_one_statement_are_no_copies() -> None:
    quote = text_of(4, 60)
    assert resemblance(features(f"{text_of(5)} {quote}"), features(f"{quote} {text_of(6)}")) < 0.4


@pytest.mark.parametrize("shared", [0.2, 0.5, 0.8])
def test_the_signature_estimates_the_jaccard_index(shared: float) -> None:
    common = text_of(7, int(900 * shared))
    a, b = (shingles(f"{common} {text_of(seed, int(900 * (1 - shared)))}") for seed in (8, 9))
    exact = len(set(a) & set(b)) / len(set(a) | set(b))
    assert float((minhash(a) == minhash(b)).mean()) == pytest.approx(exact, abs=0.13)


STORY = (
    "Continental Wire correspondents in Idrin say warplanes struck the vegetable market of Tal Marek on Tuesday, "
    "killing 23 traders and wounding 41 customers, according to Karun Relief. Farid Haddad, who leads the Red Lantern, "
    "said rescuers from Idrin and Bel Amun searched until 4 a.m. The Coalition of the South denied the raid. Envoy "
    "Lena Marsh told the Council in Geneva that 12 earlier strikes on Tal Marek, Idrin and Karun violated "
    "international law."
)
SPUN = {
    "warplanes": "jets",
    "struck": "hit",
    "vegetable": "farmers'",
    "wounding": "injuring",
    "customers": "shoppers",
    "leads": "heads",
    "searched": "dug",
    "denied": "rejected",
    "raid": "attack",
    "told": "informed",
    "strikes": "assaults",
    "violated": "breached",
    "international": "global",
    "correspondents": "reporters",
    "rescuers": "helpers",
}


def spun(text: str) -> str:
    """The text as a site rewrites it that changes words so that nobody finds the copy."""
    return " ".join(SPUN.get(word.strip(",."), word) for word in text.split())


def by(outlet: str, text: str, day: str = "2031-03-02") -> bytes:
    return wording("a1", Reading(id="r", text=text, outlet=outlet, published=day), "").features


def test_a_copy_in_other_words_is_one_and_told_so() -> None:
    weight = resemblance(by("The Wire", STORY), by("Spinner", spun(STORY)))
    assert weight == REWORDED and kind_of_copy(weight) == "reworded"


@pytest.mark.parametrize(
    ("outlet", "day"),
    [("The Wire", "2031-03-02"), ("Spinner", "2031-03-09")],
    ids=["the same outlet", "another week"],
)
def test_what_is_not_taken_for_a_copy_in_other_words(outlet: str, day: str) -> None:
    assert resemblance(by("The Wire", STORY), by(outlet, spun(STORY), day)) < NEAR


def test_a_page_that_shares_but_its_standing_paragraphs_is_no_copy() -> None:
    standing = text_of(4, 300)
    assert resemblance(features(f"{text_of(5, 90)} {standing}"), features(f"{text_of(6, 90)} {standing}")) < NEAR


def test_an_article_without_words_is_no_fault() -> None:
    assert resemblance(features(""), features("…")) == 1.0


def test_boilerplate_is_no_part_of_the_wording() -> None:
    from onrecord.articles.article import Boilerplate

    text = text_of(1)
    menu = "Home News Sport "
    page = Reading(id="r", text=menu + text, boilerplate=(Boilerplate(0, 15, menu.strip(), "navigation"),))
    assert resemblance(wording("a1", page, "").features, features(text)) == 1.0
