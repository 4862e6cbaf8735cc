"""Where the weights know the conflict, likelihoods decide who had part; elsewhere the parse alone does."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.articles.article import Article
from onrecord.reading import pipeline
from onrecord.reading.incidents.section import happenings_in
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.weighing import elements, read, rows_of_fillers, rows_of_happenings, weighed
from onrecord.reading.syntax import sentence_numbers

SALVADOR = (
    "San Salvador, 3 Mar 89 -- Guerrillas blew up a bridge in San Miguel, El Salvador, on Thursday. "
    "Two farmers were killed by the blast. The rebels used dynamite. "
    "The government said that FMLN guerrillas had attacked three bridges this year. "
    "A spokesman of the Army spoke of terror against the people. Talks are to begin in Mexico."
)
SYRIA = (
    "Rebels shelled a school in Aleppo, Syria, on Monday. Two teachers were killed. "
    "The army said that it would answer. Residents of Homs heard shots. Talks are to begin in Geneva. "
    "Nobody claimed the attack on the school."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def setting_of(nlp: Language, text: str) -> Setting:
    doc: Doc = nlp(pipeline.document_of(nlp, Article(id="a", text=text, published="1989-03-03")))
    return Setting(doc, sentence_numbers(doc))


def test_there_is_a_row_for_each_who_may_have_had_part_and_for_each_telling(nlp: Language) -> None:
    by_words = read(happenings_in(setting := setting_of(nlp, SALVADOR)), setting)
    rows = rows_of_fillers(by_words)
    assert len(rows) == sum(1 for told in by_words.told for _ in elements(told)) > 0
    assert {len(row) for row in rows} == {36}
    assert {len(row) for row in rows_of_happenings(by_words)} == {35}


def test_likelihoods_are_the_same_each_time_and_within_bounds(nlp: Language) -> None:
    setting = setting_of(nlp, SALVADOR)
    once, again = (weighed(happenings_in(setting), setting) for _ in range(2))
    assert [each.chance for each in once] == [each.chance for each in again]
    assert all(0 < element.chance < 1 for told in once for _, element in elements(told))


def test_a_conflict_that_the_weights_do_not_know_is_read_by_the_parse_alone(nlp: Language) -> None:
    told = happenings_in(setting_of(nlp, SYRIA))
    assert all(element.chance == 0 and not element.features for each in told for _, element in elements(each))
    assert all(candidate.given for each in told for candidate in each.candidates)
