"""Releases of a real record: what they hold, that they never change, what is asked of them afterwards."""

import csv
import json
import threading
from dataclasses import replace

import pytest

from onrecord.errors import RecordError
from onrecord.record import Filter, journal
from onrecord.record.decisions import Reject
from onrecord.record.releases import KIND
from onrecord.views.exports import FORMS, export_bytes
from onrecord.views.release import making
from onrecord.views.release.making import make_release
from tests.views.release.conftest import WHEN


def entries(record):
    with record.connection() as connection:
        return list(journal.entries(connection, kind=KIND))


def test_it_holds_the_record_as_it_is(record, releases):
    make_release(record, releases, "one", by="Ann", note="A test.", made=WHEN)
    frozen = releases.opened("one")
    assert list(frozen.incidents()) == list(record.incidents())
    assert list(frozen.articles()) == list(record.articles())
    assert list(frozen.truces()) == list(record.truces())
    assert list(frozen.labels()) == list(record.labels())
    assert list(frozen.tolls()) == list(record.tolls())


def test_it_holds_tables_and_a_page_on_its_making(record, releases):
    release = make_release(record, releases, "one", by="Ann", made=WHEN)
    folder = releases.path("one")
    assert sorted(path.name for path in folder.iterdir()) == [
        "SHA256SUMS", "articles.jsonl", "decisions.jsonl", "incidents.csv", "incidents.geojson", "incidents.jsonl",
        "labels.jsonl", "methodology.html", "methodology.md", "release.json", "reports.csv", "tolls.jsonl",
        "truces.jsonl",
    ]  # fmt: skip
    with (folder / "incidents.csv").open(newline="", encoding="utf-8") as rows:
        assert len(list(csv.DictReader(rows))) == release.counts["incidents"] == len(list(record.incidents()))
    geojson = json.loads((folder / "incidents.geojson").read_text(encoding="utf-8"))
    assert len(geojson["features"]) == release.counts["incidents"]


def test_it_stands_in_the_journal_and_is_whole(record, releases):
    release = make_release(record, releases, "one", by="Ann", note="A test.", made=WHEN)
    (entry,) = entries(record)
    assert (entry.subject, entry.by, entry.why) == ("one", "Ann", "A test.")
    assert entry.what["sums"] == releases.sums_of("one")
    assert entry.what["counts"] == release.counts
    assert release.journal == (entry.number - 1, entry.before)
    assert releases.first_fault([entry]) is None


def test_the_same_record_gives_the_same_bytes(record, releases, tmp_path):
    other = type(releases)(tmp_path / "elsewhere")
    for place in (releases, other):
        (place.folder / "one").exists() or make_release(record, place, "one", by="Ann", made=WHEN)
    theirs = {path.name: path.read_bytes() for path in other.path("one").iterdir()}
    ours = {path.name: path.read_bytes() for path in releases.path("one").iterdir()}
    about_the_journal = {"release.json", "SHA256SUMS"}  # the first release is in the journal when the second is made
    assert {name for name in ours if ours[name] != theirs[name]} <= about_the_journal


def test_a_later_record_leaves_it_as_it_was(record, releases, tellings):
    make_release(record, releases, "one", by="Ann", made=WHEN)
    before = releases.sums_of("one")
    for told in tellings[12:]:
        record.add(told.source, told.reading)
    assert releases.sums_of("one") == before
    assert releases.first_fault(entries(record)) is None
    assert len(list(releases.opened("one").incidents())) < len(list(record.incidents()))


def test_it_is_not_made_twice(record, releases):
    make_release(record, releases, "one", by="Ann", made=WHEN)
    with pytest.raises(RecordError, match="is released already"):
        make_release(record, releases, "one", by="Ann", made=WHEN)
    assert len(entries(record)) == 1


def test_one_that_fails_leaves_nothing(record, releases, monkeypatch):
    def fail(*_given):
        raise OSError("No space left on device")

    monkeypatch.setattr(making, "write_methodology", fail)
    with pytest.raises(OSError, match="No space left"):
        make_release(record, releases, "one", by="Ann", made=WHEN)
    assert list(releases.folder.iterdir()) == []
    assert entries(record) == []


def test_articles_that_come_meanwhile_are_in_all_of_it_or_in_none(record, releases, tellings, monkeypatch):
    write = making.write_data

    def write_while_others_add(still, folder):
        adding = threading.Thread(target=lambda: [record.add(told.source, told.reading) for told in tellings[12:]])
        list(still.articles(Filter(limit=1)))  # from here on the record stands still
        adding.start()
        adding.join()
        return write(still, folder)

    monkeypatch.setattr(making, "write_data", write_while_others_add)
    release = make_release(record, releases, "one", by="Ann", made=WHEN)
    assert release.counts["articles"] == 12
    assert len(list(record.articles())) == 16
    told = {account.article.id for incident in releases.opened("one").incidents() for account in incident.accounts}
    assert told <= {article.id for article in releases.opened("one").articles()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", ["everything", "a place", "a day", "a type", "an outlet", "few"])
def test_exports_from_it_are_those_of_the_record(released, form, part):
    record, release = released
    (first, *_) = list(record.incidents())
    of = {
        "everything": Filter(),
        "a place": Filter(place=first.places[0].name),
        "a day": Filter(since=first.since, until=first.until),
        "a type": Filter(type=first.mode),
        "an outlet": Filter(outlet=first.outlets[0]),
        "few": Filter(limit=2),
    }[part]
    if form == "json":  # its articles and labels are told by other texts of the record than a release keeps
        of = replace(of, place=None, type=None)
    from_record = b"".join(export_bytes(record, of, form))
    from_release = b"".join(export_bytes(release, of, form))
    assert from_release == from_record


def test_it_keeps_no_texts_to_look_in(released):
    _, release = released
    with pytest.raises(RecordError, match="keeps sentences, but not the text of articles"):
        list(release.incidents(Filter(text="market")))


def test_its_best_figures_are_not_chosen_anew(released):
    _, release = released
    with pytest.raises(RecordError, match="were chosen when it was made"):
        list(release.incidents(Filter(rule="conservative")))


def test_what_people_decided_is_in_it_and_is_why_something_is_gone(record, releases):
    make_release(record, releases, "one", by="Ann", made=WHEN)
    incident = next(record.incidents())
    for account in incident.accounts:
        record.decide(Reject(account.fact), by="Bea", why="No such raid.")
    release = make_release(record, releases, "two", by="Ann")
    assert release.counts["incidents_removed"] == 1
    assert {decision.by for decision in releases.opened("two").decisions()} == {"Bea"}
    with (releases.path("two") / "changes.csv").open(newline="", encoding="utf-8") as rows:
        (row,) = [row for row in csv.DictReader(rows) if row["change"] == "removed"]
    assert row["incident"] == incident.id
    assert "decided by Bea" in row["why"]
    assert "No such raid." in row["why"]
    assert "reject" in (releases.path("two") / "methodology.md").read_text(encoding="utf-8")
