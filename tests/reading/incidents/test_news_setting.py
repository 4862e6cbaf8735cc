"""Where and when the news happened: the village told later, the day of the deed and not of the statement."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.articles.article import Article
from onrecord.reading.pipeline import document_of
from onrecord.reading.schema import Incident

VILLAGE_LATER = """At least nine people were killed on Tuesday in strikes on a rebel-held Syrian town, a monitor said.

The director of the monitoring group told reporters that three children were among the dead.

Officials in Ankara and Moscow gave no comment.

The strikes hit the town of Azaz close to midday, when the market was full.

The foreign ministers of Turkey and Russia will meet next week in Geneva.
"""
PICTURE = """Coalition strikes kill 14 in a village near Manbij
A fighter walks past silos in Manbij, Syria, July 1, 2016. (Photo by an agency)

Air strikes on a village near Manbij in northern Syria killed at least 14 civilians on Tuesday, activists said.

The village has been held by the militants for two years. Residents blamed the coalition.

The Observatory said that eight children were among the dead.
"""
STATEMENT = """Thirty soldiers were killed in a gas field in central Syria, a monitor said on Saturday.

The group attacked the field east of Homs on Thursday and took it after some hours.

The governor of Homs said on Saturday that the army would take it back.

The field supplies two power stations. It had been under guard since May.
"""
SINCE = """Rebels have shelled the villages around Hama since Friday.

Four civilians were killed on Monday when a rocket hit a house in Suqaylabiyah, the state agency said.

The army answered with artillery fire, a source told the agency.

Two of the dead were children. The wounded were taken to the hospital of Hama.
"""
PAST_HOURS = """The army has killed at least 40 fighters of the group in Deir ez-Zor during the past 24 hours.

Its aircraft hit positions and vehicles in two villages west of the city, a military source said.

Several vehicles with machine guns were destroyed. The group has besieged the city for two years.

The source gave no losses of the army's own.
"""


def news_of(nlp: Language, text: str, published: str) -> tuple[Incident, list[str]]:
    doc = nlp(document_of(nlp, Article(id="a", text=text, published=published)))
    (news,) = (incident for incident in doc._.incidents if incident.main)
    names = {entity.id: entity.name for entity in doc._.entities}
    return news, [names[place] for place in news.where]


def test_a_village_that_is_told_later_is_where_it_happened(nlp: Language) -> None:
    _, where = news_of(nlp, VILLAGE_LATER, "2016-10-12")
    assert where[0] == "Azaz"
    assert not {"Ankara", "Moscow", "Geneva", "Turkey", "Russia"} & set(where)


@pytest.mark.parametrize(
    ("text", "published", "first", "last"),
    [
        (PICTURE, "2016-07-19", "2016-07-19", "2016-07-19"),
        (STATEMENT, "2014-07-19", "2014-07-17", "2014-07-17"),
        (SINCE, "2016-10-11", "2016-10-10", "2016-10-10"),
        (PAST_HOURS, "2016-02-14", "2016-02-13", "2016-02-14"),
        (VILLAGE_LATER, "2016-10-12", "2016-10-11", "2016-10-11"),
    ],
    ids=["a picture's day is not", "a statement's day is not", "a beginning is not", "past hours", "the lead's day is"],
)
def test_the_day_of_the_deed_is_taken(nlp: Language, text: str, published: str, first: str, last: str) -> None:
    news, _ = news_of(nlp, text, published)
    assert news.date is not None
    assert (news.date.start, news.date.end) == (first, last)


def test_a_longer_time_stays_where_no_day_is_likely(nlp: Language) -> None:
    news, _ = news_of(nlp, "Soldiers killed 40 villagers in March 1982.", "1990-05-02")
    assert news.date is not None
    assert (news.date.start, news.date.end) == ("1982-03-01", "1982-03-31")


def test_without_publication_no_day_is_made_up(nlp: Language) -> None:
    news, _ = news_of(nlp, PAST_HOURS, "")
    assert news.date is None
