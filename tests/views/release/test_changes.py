"""What changed between two releases, and why."""

import csv
from dataclasses import replace

import pytest

from onrecord.record.frozen import INCIDENTS, FrozenRecord
from onrecord.record.shapes import DecisionOnRecord
from onrecord.views.exports.structured import json_lines_of
from onrecord.views.release.changes import Altered, changes_between, write_changes
from tests.views import invented

ONE, TWO = invented.MARKET, invented.BOMB
DECISION = DecisionOnRecord(
    "d1", 9, "2016-11-02T10:00:00+00:00", "Ann", "correct", "a1/i1", "date", None, None, "The paper corrected it."
)


@pytest.fixture
def frozen(tmp_path):
    """Makes what is compared of a release, of incidents."""

    def make(name, *incidents, decisions=()):
        folder = tmp_path / name
        folder.mkdir()
        (folder / INCIDENTS).write_text("".join(json_lines_of(incidents)), encoding="utf-8")
        (folder / "decisions.jsonl").write_text("".join(json_lines_of(decisions)), encoding="utf-8")
        articles = {account.article.id: account.article for one in incidents for account in one.accounts}
        (folder / "articles.jsonl").write_text("".join(json_lines_of(articles.values())), encoding="utf-8")
        return FrozenRecord(folder)

    return make


def changes(frozen, before, after):
    return list(changes_between(frozen("before", *before), frozen("after", *after)))


def test_nothing_changed_is_nothing_told(frozen):
    assert changes(frozen, [ONE, TWO], [ONE, TWO]) == []


def test_one_that_is_new_is_told_with_its_articles(frozen):
    (change,) = changes(frozen, [ONE], [ONE, TWO])
    assert (change.incident, change.change, change.former) == ("ia4", "added", ())
    assert change.what == "Bombing, Idlib, 14 October 2016"
    assert change.why[0].startswith("new: Evil")


def test_one_that_is_gone_is_told(frozen):
    (change,) = changes(frozen, [ONE, TWO], [ONE])
    assert (change.incident, change.change, change.former) == ("ia4", "removed", ("ia4",))


def test_one_that_a_person_rejected_is_told_with_who_and_why(frozen):
    rejected = replace(DECISION, act="reject", subject="a4/i1", field=None, why="It was an exercise.")
    after = frozen("after", ONE, decisions=[rejected])
    (change,) = changes_between(frozen("before", ONE, TWO), after)
    assert change.why == ("decided by Ann on 2 November 2016: reject: It was an exercise. (d1)",)


def test_what_is_another_is_told_with_its_values_and_the_new_article(frozen):
    fewer = replace(ONE, accounts=ONE.accounts[:2], origins=1, tolls=(replace(invented.KILLED, high=8, best=8),))
    (change,) = changes(frozen, [fewer], [ONE])
    assert change.change == "changed"
    assert Altered("killed", "8 or more", "15 (8–15 or more)") in change.fields
    assert Altered("origins", "1", "2") in change.fields
    assert change.why == ("new: The Copyist, 14 October 2016 (a3)",)


def test_what_a_person_decided_is_told_with_who_and_why(frozen):
    accounts = (replace(ONE.accounts[0], decisions=(DECISION,)), *ONE.accounts[1:])
    (change,) = changes(frozen, [ONE], [replace(ONE, since="2016-10-11", accounts=accounts)])
    assert change.fields == (Altered("since", "2016-10-12", "2016-10-11"),)
    assert change.why == ("decided by Ann on 2 November 2016: correct date: The paper corrected it. (d1)",)


def test_a_new_reading_of_the_same_articles_is_told_as_such(frozen):
    (change,) = changes(frozen, [ONE], [replace(ONE, status="claimed")])
    assert change.why == ("its articles were read again",)


def test_two_that_became_one_are_merged(frozen):
    one = replace(ONE, accounts=(*ONE.accounts, *TWO.accounts))
    (change,) = changes(frozen, [ONE, TWO], [one])
    assert (change.incident, change.change, change.former) == ("ia1", "merged", ("ia1", "ia4"))


def test_one_that_became_two_is_split(frozen):
    first, rest = replace(ONE, accounts=ONE.accounts[:1]), replace(ONE, id="ia2", accounts=ONE.accounts[1:])
    changed, split = changes(frozen, [ONE], [first, rest])
    assert (changed.incident, changed.change) == ("ia1", "changed")
    assert (split.incident, split.change, split.former) == ("ia2", "split", ("ia1",))


def test_one_under_another_id_is_the_same(frozen):
    assert [change.change for change in changes(frozen, [ONE], [replace(ONE, id="ia9")])] == []


def test_the_files_have_a_row_for_each_field(frozen):
    before = frozen("before", ONE)
    after = frozen("after", replace(ONE, status="claimed", since="2016-10-11"), TWO)
    assert write_changes(after.folder, before) == {"added": 1, "changed": 1, "merged": 0, "split": 0, "removed": 0}
    with (after.folder / "changes.csv").open(newline="", encoding="utf-8") as file:
        rows = [
            (row["incident"], row["change"], row["field"], row["before"], row["after"]) for row in csv.DictReader(file)
        ]
    assert rows == [
        ("ia1", "changed", "status", "reported", "claimed"),
        ("ia1", "changed", "since", "2016-10-12", "2016-10-11"),
        ("ia4", "added", "", "", ""),
    ]


def test_a_first_release_has_no_changes(frozen):
    after = frozen("after", ONE)
    assert write_changes(after.folder, None) == {}
    assert not (after.folder / "changes.csv").exists()
