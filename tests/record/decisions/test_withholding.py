"""What is withheld comes out of nothing that a record gives, and comes back when that is undone."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from onrecord.articles.article import TextSpan
from onrecord.errors import RecordError
from onrecord.reading.schema import (
    Attribution,
    Casualty,
    DateRange,
    Entity,
    Incident,
    Label,
    Mention,
    Perpetrator,
    Reading,
    Target,
)
from onrecord.record import Filter, Record
from onrecord.record.decisions import Correct, Undo, Withhold
from onrecord.sources.source import Source

ANN = {"by": "Ann", "why": "her family asked for it"}
NAME = "Salma Qadri"
TEXT = (
    "A shell hit the house of nurse Salma Qadri in Idrin on Monday, killing 3 people.\n"
    "“They knew where I live,” Qadri said. The mayor said that a bridge fell in Karun, injuring 2 men."
)


def span(words: str) -> TextSpan:
    return TextSpan(TEXT.index(words), TEXT.index(words) + len(words), words)


def at(words: str) -> tuple[int, int, str]:
    return span(words).start, span(words).end, words


def reading(title: str = "Nurse Salma Qadri escapes shell", outlet: str = "The Herald") -> Reading:
    first, third = (span(sentence) for sentence in (TEXT.split("\n")[0], TEXT.split("said. ")[1]))
    return Reading(
        id=outlet,
        text=TEXT,
        outlet=outlet,
        title=title,
        byline="by Salma Qadri",
        url="https://herald.example/2031/salma-qadri-escapes",
        published="2031-03-02",
        mentions=(Mention(*at("Salma Qadri"), "m1", "person", "e1"), Mention(*at("Idrin"), "m3", "place", "e2")),
        entities=(
            Entity("e1", "person", NAME, "wikidata:Q1234"),
            Entity("e2", "place", "Idrin", "geonames:9000001", 35.5, 38.0, "XZ", "settlement"),
            Entity("e3", "place", "Karun", "geonames:9000002", 36.5, 39.0, "XZ", "settlement"),
        ),
        attributions=(
            Attribution("a1", (TextSpan(*at("Qadri said")),), (), (span("“They knew where I live,”"),), "e1", "direct"),
        ),
        casualties=(
            Casualty(*at("3 people"), "k1", 3, 3, 3, "exact", "killed", incident="i1", attribution="a1"),
            Casualty(*at("2 men"), "k2", 2, 2, 2, "exact", "wounded", incident="i2"),
        ),
        incidents=(
            Incident(
                "i1",
                "ASSAULT",
                "heavy-weapons",
                main=True,
                date=DateRange("2031-03-01", "2031-03-01"),
                where=("e2",),
                perpetrators=(Perpetrator(*at("A shell")),),
                targets=(Target(*at("nurse Salma Qadri"), entity="e1"),),
                casualties=("k1",),
                evidence=(first,),
            ),
            Incident("i2", "ASSAULT", "destroy", where=("e3",), casualties=("k2",), evidence=(third,)),
        ),
        labels=(Label(*at("nurse"), "l1", of="e1", by="outlet", tone="approving"),),
    )


@pytest.fixture
def war(record: Record) -> Record:
    add(record, reading())
    return record


def add(record: Record, told: Reading) -> str:
    return record.add(Source(f"{told.outlet}{told.text}".encode(), "text", f"{told.outlet}.txt"), told)


def everything(record: Record) -> str:
    """All that the methods of a record give, as one text."""
    listed = [
        *record.articles(),
        *record.stories(),
        *record.incidents(),
        *record.tolls(),
        *record.truces(),
        *record.labels(),
        *record.claims(),
        *record.search("shell"),
        *record.decisions(),
        *record.journal(),
        *(record.reading(article.id) for article in record.articles()),
        *(record.decided_reading(article.id) for article in record.articles()),
        *(fact for article in record.articles() for fact in record.facts(article.id)),
    ]
    return json.dumps([asdict(each) for each in listed], ensure_ascii=False)


@pytest.mark.parametrize("person", [NAME, "salma qadri", "wikidata:Q1234"])
def test_a_withheld_person_is_named_nowhere(war: Record, person: str) -> None:
    assert NAME in everything(war)
    made = war.decide(Withhold(person=person), **ANN)
    shown = everything(war)
    for name in ("Qadri", "Salma", "qadri", "Q1234"):
        assert name not in shown
    assert "killing 3 people" in shown and "[withheld]" in shown
    assert [(each.subject, each.by) for each in war.withheld()] == [(f"person:{person}", "Ann")]
    assert NAME in everything(war.unwithheld())
    war.decide(Undo(made.id), **ANN)
    assert NAME in everything(war)


def test_offsets_still_fit_where_a_name_is_blackened(war: Record) -> None:
    war.decide(Withhold(person=NAME), **ANN)
    (article,) = war.articles()
    told = war.reading(article.id)
    assert len(told.text) == len(TEXT)
    for fact in (
        *told.mentions,
        *told.casualties,
        *told.labels,
        *(part for a in told.attributions for part in a.source),
    ):
        assert told.text[fact.start : fact.end] == fact.text


@pytest.mark.parametrize("part", ["Qadri", "salma", "qadri shell"])
def test_a_part_of_a_withheld_name_finds_nothing_either(war: Record, part: str) -> None:
    assert list(war.search(part))
    war.decide(Withhold(person=NAME), **ANN)
    assert list(war.search(part)) == [] and list(war.articles(Filter(text=part.split()[0]))) == []
    assert list(war.search("shell"))


@pytest.mark.parametrize("of", [Filter(actor=NAME), Filter(actor="wikidata:Q1234"), Filter(text="Salma Qadri")])
def test_asking_for_a_withheld_person_tells_nothing(war: Record, of: Filter) -> None:
    assert list(war.articles(of)) and war.summary(of).articles == 1
    war.decide(Withhold(person=NAME), **ANN)
    war.decide(Withhold(person="wikidata:Q1234"), **ANN)
    for ask in (war.articles, war.stories, war.incidents, war.tolls, war.labels, war.claims):
        assert list(ask(of)) == []
    assert war.summary(of).articles == 0 and list(war.search("salma qadri")) == []


def test_a_person_is_withheld_from_articles_that_come_later(war: Record) -> None:
    war.decide(Withhold(person=NAME), **ANN)
    add(war, reading("Salma Qadri: my story", outlet="The Echo"))
    assert len(list(war.articles())) == 2 and "Qadri" not in everything(war)


def test_the_bytes_of_an_article_with_something_withheld_are_not_given_out(war: Record) -> None:
    war.decide(Withhold(person=NAME), **ANN)
    (article,) = war.articles()
    with pytest.raises(RecordError, match="withheld"):
        war.source(article.id)
    assert war.unwithheld().source(article.id)


def test_a_withheld_incident_is_told_nowhere(war: Record) -> None:
    incident = next(each for each in war.incidents() if each.mode == "heavy-weapons")
    made = war.decide(Withhold(incident=incident.id), **ANN)
    shown = everything(war)
    assert "3 people" not in shown and "house of" not in shown and "escapes shell" not in shown
    assert [each.mode for each in war.incidents()] == ["destroy"]
    assert [toll.range.best for toll in war.tolls()] == [2] and war.summary().incidents == 1
    with pytest.raises(RecordError, match="no incident"):
        war.incident(incident.id)
    assert war.unwithheld().incident(incident.id).decisions[0].id == made.id
    war.decide(Undo(made.id), **ANN)
    assert len(list(war.incidents())) == 2


def test_an_account_that_joins_a_withheld_incident_is_withheld_with_it(war: Record) -> None:
    incident = next(each for each in war.incidents() if each.mode == "heavy-weapons")
    war.decide(Withhold(incident=incident.id), **ANN)
    add(war, reading("Shell hits house", outlet="The Echo"))
    assert len(war.unwithheld().incident(incident.id).accounts) == 2
    assert "house of" not in everything(war) and "3 people" not in everything(war)


def test_decisions_on_what_is_withheld_keep_its_secrets(war: Record) -> None:
    (article,) = war.articles()
    war.decide(Correct(f"{article.id}/l1", "of", NAME), by="Ann", why="that is Salma Qadri")
    war.decide(Withhold(person=NAME), **ANN)
    assert "Qadri" not in everything(war)


@pytest.mark.parametrize("act", [Withhold(), Withhold(incident="i0"), Withhold(person=" "), Withhold("i1", "x")])
def test_what_cannot_be_withheld_is_said_to_be_so(war: Record, act: Withhold) -> None:
    with pytest.raises(RecordError):
        war.decide(act, **ANN)


def test_a_withheld_person_stays_withheld_when_the_article_is_read_anew(war: Record) -> None:
    war.decide(Withhold(person=NAME), **ANN)
    add(war, replace(reading(), labels=()))
    assert "Qadri" not in everything(war)
