"""What people accept, correct and reject is what the record gives, with the machine's reading beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generated import Told, telling
from onrecord.articles.article import TextSpan
from onrecord.errors import RecordError, StaleDecisionError
from onrecord.reading.schema import Casualty, Reading
from onrecord.record import Record
from onrecord.record.decisions import Accept, Correct, Reject, Undo
from onrecord.record.shapes import Evidence
from tests.record.state import state_of

ANN = {"by": "Ann", "why": "the hospital's list says so"}


@pytest.fixture
def told(record: Record) -> Told:
    (only,) = telling(1, seed=4)
    record.add(only.source, only.reading)
    return only


def fact(record: Record, local: str) -> str:
    (article,) = record.articles()
    return f"{article.id}/{local}"


def toll_of(record: Record) -> tuple[int | None, Evidence]:
    (incident,) = record.incidents()
    (toll,) = incident.tolls
    return toll.best, toll.figures[0].origins[0].evidence[0]


def test_a_corrected_toll_is_the_toll_with_the_machines_beside_it(record: Record, told: Told) -> None:
    machine = told.reading.casualties[0].count
    made = record.decide(Correct(fact(record, "k1"), "count", 1234), **ANN)
    best, evidence = toll_of(record)
    assert best == 1234
    (shown,) = evidence.decisions
    assert (shown.by, shown.field, shown.before, shown.after, shown.machine) == ("Ann", "count", machine, 1234, machine)
    assert evidence.fact == made.subject == fact(record, "k1")
    (article,) = record.articles()
    assert record.reading(article.id) == told.reading
    assert record.decided_reading(article.id).casualties[0].count == 1234
    assert [toll.range.best for toll in record.tolls()] == [1234]


def test_a_corrected_toll_takes_no_account_out_of_its_incident(record: Record) -> None:
    """Who corrects how many were killed does not say that it was another happening, nor who undoes it."""
    tellings = telling(6, seed=4)
    for each in tellings:
        record.add(each.source, each.reading)
    before = {account.id: incident.id for incident in record.incidents() for account in incident.accounts}
    for number, article in enumerate(record.articles()):
        record.decide(Correct(f"{article.id}/k1", "count", 1000 + 7 * number), **ANN)
    last = record.decide(Reject(f"{next(record.articles()).id}/k1"), **ANN)
    after = {account.id: incident.id for incident in record.incidents() for account in incident.accounts}
    assert after == before
    record.decide(Undo(last.id), **ANN)
    assert {account.id: each.id for each in record.incidents() for account in each.accounts} == before


def test_every_decision_is_in_the_journal_with_before_and_after(record: Record, told: Told) -> None:
    made = record.decide(Correct(fact(record, "k1"), "count", 99), **ANN)
    (entry,) = record.journal(kind="decided")
    assert (entry.number, entry.at, entry.by, entry.why) == (made.number, made.at, "Ann", ANN["why"])
    assert entry.what["before"] == told.reading.casualties[0].count and entry.what["after"] == 99
    assert record.journal_fault() is None


def test_a_rejected_fact_is_on_the_record_no_more_but_stays_to_be_seen(record: Record, told: Told) -> None:
    record.decide(Reject(fact(record, "k1")), **ANN)
    (incident,) = record.incidents()
    assert incident.tolls == () and list(record.tolls()) == []
    (rejected,) = (each for each in record.facts(incident.accounts[0].article.id) if each.id == fact(record, "k1"))
    assert rejected.decided is None and rejected.machine["count"] == told.reading.casualties[0].count
    assert [made.act for made in rejected.decisions] == ["reject"]


def test_a_rejected_incident_takes_its_toll_along(record: Record, told: Told) -> None:
    record.decide(Reject(fact(record, "i1")), **ANN)
    assert list(record.incidents()) == [] and list(record.tolls()) == []


def test_what_was_rejected_can_be_accepted_again(record: Record, told: Told) -> None:
    before = state_of(record)
    record.decide(Reject(fact(record, "k1")), **ANN)
    record.decide(Accept(fact(record, "k1")), **ANN)
    _, evidence = toll_of(record)
    assert [made.act for made in evidence.decisions] == ["reject", "accept"]
    assert [toll["range"]["best"] for toll in state_of(record)["tolls"]] == [
        toll["range"]["best"] for toll in before["tolls"]
    ]


def test_the_last_correction_of_a_field_holds_and_undoing_it_brings_the_one_before_back(
    record: Record, told: Told
) -> None:
    original = state_of(record)
    first = record.decide(Correct(fact(record, "k1"), "count", 50), **ANN)
    second = record.decide(Correct(fact(record, "k1"), "count", 60), by="Ben", why="recounted")
    assert (second.before, toll_of(record)[0]) == (50, 60)
    undone = record.decide(Undo(second.id), **ANN)
    assert toll_of(record)[0] == 50
    record.decide(Undo(undone.id), **ANN)
    assert toll_of(record)[0] == 60
    record.decide(Undo(second.id), **ANN)
    record.decide(Undo(first.id), **ANN)
    assert state_of(record) == original
    assert len(list(record.decisions())) == 6, "nothing is erased"


@pytest.mark.parametrize(
    ("local", "field", "value", "shown"),
    [
        ("i1", "date", "2031-05-02", ("since", "2031-05-02")),
        ("i1", "mode", "aerial", ("mode", "aerial")),
        ("i1", "status", "denied", ("status", "denied")),
        ("i1", "where", "Aleppo", ("places", "Aleppo")),
        ("i1", "perpetrators", ["Wagner Group"], ("perpetrators", ("Wagner Group",))),
        ("i1", "targets", "a hospital; a school", ("targets", ("a hospital", "a school"))),
    ],
)
def test_what_an_account_says_can_be_corrected(
    record: Record, told: Told, local: str, field: str, value: object, shown: tuple[str, object]
) -> None:
    record.decide(Correct(fact(record, local), field, value), **ANN)
    (incident,) = record.incidents()
    found = getattr(incident, shown[0])
    assert (found[0].name if shown[0] == "places" else found) == shown[1]
    assert [made.field for made in incident.accounts[0].decisions] == [field]
    json.dumps(asdict(incident))


def test_a_figure_can_be_given_to_another_speaker_and_taken_from_the_incident(record: Record, told: Told) -> None:
    record.decide(Correct(fact(record, "k1"), "attribution", "Dr. Amal Haddad"), **ANN)
    assert toll_of(record)[1].voice.name == "Dr. Amal Haddad"
    record.decide(Correct(fact(record, "k1"), "incident", None), **ANN)
    (toll,) = record.tolls()
    assert toll.incident is None and toll.range.best == told.reading.casualties[0].count


def test_labels_and_claims_have_decisions_applied(record: Record, told: Told) -> None:
    record.decide(Correct(fact(record, "l1"), "tone", "neutral"), **ANN)
    record.decide(Correct(fact(record, "a1"), "speaker", "Red Lantern"), **ANN)
    assert [(cell.tone, len(cell.evidence[0].decisions)) for cell in record.labels()] == [("neutral", 1)]
    assert [(claim.speaker, len(claim.evidence.decisions)) for claim in record.claims()] == [("Red Lantern", 1)]
    record.decide(Reject(fact(record, "l1")), **ANN)
    assert list(record.labels()) == []


def test_steps_of_truces_have_decisions_applied(record: Record) -> None:
    (only,) = telling(1, seed=0)
    record.add(only.source, only.reading)
    record.decide(Correct(fact(record, "u1"), "step", "ended"), **ANN)
    (truce,) = record.truces()
    assert [(step.step, step.decisions[0].machine) for step in truce.steps] == [("ended", "violated")]


@pytest.mark.parametrize(
    ("local", "field", "value"),
    [
        ("k1", "count", "many"),
        ("k1", "count", -3),
        ("k1", "count", 2.5),
        ("k1", "effect", "annoyed"),
        ("k1", "effect", None),
        ("k1", "colour", "red"),
        ("k1", "incident", "i9"),
        ("k9", "count", 3),
        ("i1", "date", "Friday"),
        ("", "count", 3),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_no_trace(
    record: Record, told: Told, local: str, field: str, value: object
) -> None:
    with pytest.raises(RecordError) as fault:
        record.decide(Correct(fact(record, local), field, value), **ANN)
    assert fault.value.advice
    assert list(record.decisions()) == [] and list(record.journal(kind="decided")) == []


@pytest.mark.parametrize("said", [{"by": " ", "why": "so"}, {"by": "Ann", "why": ""}])
def test_who_and_why_have_to_be_said(record: Record, told: Told, said: dict[str, str]) -> None:
    with pytest.raises(RecordError, match="has to say"):
        record.decide(Accept(fact(record, "k1")), **said)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(record: Record, told: Told) -> None:
    subject = fact(record, "k1")
    seen = record.state(subject)
    assert seen == next(each.state for each in record.facts(subject.partition("/")[0]) if each.id == subject)
    record.decide(Correct(subject, "count", 50), by="Ann", why="hospital list", against=seen)
    with pytest.raises(StaleDecisionError, match=r"Ann decided “hospital list”"):
        record.decide(Correct(subject, "count", 60), by="Ben", why="local radio", against=seen)
    assert toll_of(record)[0] == 50 and len(list(record.decisions())) == 1
    record.decide(Correct(subject, "count", 60), by="Ben", why="local radio", against=record.state(subject))
    assert toll_of(record)[0] == 60


def test_a_decision_is_undone_once(record: Record, told: Told) -> None:
    made = record.decide(Reject(fact(record, "k1")), **ANN)
    record.decide(Undo(made.id), **ANN)
    with pytest.raises(RecordError, match="undone already"):
        record.decide(Undo(made.id), **ANN)


def reread(reading: Reading, *, before: str, casualties: tuple[Casualty, ...] | None = None) -> Reading:
    """The reading of a better reader: another beginning of the text, so that all offsets move, and other ids."""
    shift = len(before)

    def moved(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(moved(each) for each in value)
        if isinstance(value, str):
            return {"k1": "k7", "i1": "i4", "l1": "l3"}.get(value, value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        inner = {field.name: moved(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, TextSpan):
            inner |= {"start": value.start + shift, "end": value.end + shift}
        return replace(value, **inner)

    other: Reading = replace(moved(reading), text=before + reading.text)
    return other if casualties is None else replace(other, casualties=casualties)


def test_a_decision_survives_a_new_reading_with_other_offsets_and_ids(record: Record, told: Told) -> None:
    record.decide(Correct(fact(record, "k1"), "count", 77), **ANN)
    record.decide(Correct(fact(record, "i1"), "status", "denied"), **ANN)
    record.add(told.source, reread(told.reading, before="Our service.\n"))
    best, evidence = toll_of(record)
    assert best == 77 and evidence.fact == fact(record, "k7")
    (incident,) = record.incidents()
    assert incident.status == "denied"
    assert [made.lost for made in record.decisions()] == [False, False]


def test_a_decision_without_its_fact_is_listed_as_such_and_comes_back_with_it(record: Record, told: Told) -> None:
    record.decide(Correct(fact(record, "k1"), "count", 77), **ANN)
    before = state_of(record)
    record.add(told.source, reread(told.reading, before="", casualties=()))
    (lost,) = record.decisions()
    assert lost.lost and list(record.tolls()) == []
    record.add(told.source, told.reading)
    assert [made.lost for made in record.decisions()] == [False]
    assert state_of(record) == before


def test_decisions_hold_on_where_one_page_came_from_two_outlets(record: Record, told: Told) -> None:
    """The same bytes can be on record as two articles; a decision is on one of them, and moves when that one goes."""
    subject = fact(record, "k1")
    record.decide(Correct(subject, "count", 77), **ANN)
    elsewhere = replace(told.source, origin="mirror.txt")
    record.add(elsewhere, replace(told.reading, outlet="The Mirror"))
    counts = {a.outlet: record.decided_reading(a.id).casualties[0].count for a in record.articles()}
    assert counts == {told.reading.outlet: 77, "The Mirror": told.reading.casualties[0].count}
    record.add(told.source, replace(told.reading, outlet="The Mirror"))
    (article,) = record.articles()
    assert record.decided_reading(article.id).casualties[0].count == 77


def test_decisions_can_be_asked_for_by_what_they_are_about(record: Record, told: Told, tmp_path: Path) -> None:
    made = record.decide(Correct(fact(record, "k1"), "count", 77), **ANN)
    article = made.subject.partition("/")[0]
    for on in (None, made.subject, article, made.id):
        assert [each.id for each in record.decisions(on)] == [made.id]
    assert list(record.decisions("a000")) == []
