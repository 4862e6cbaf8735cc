"""Releases as folders: made whole or not at all, never changed, and found out where they were."""

import shutil
from pathlib import Path

import pytest

from onrecord.errors import RecordError
from onrecord.record import journal
from onrecord.record.releases import KIND, MANIFEST, SUMS, Release, Releases

MADE = "2016-11-01T00:00:00+00:00"


def release(name, **other):
    values = {
        "name": name, "made": MADE, "by": "Ann", "note": None, "program": "0.1.0", "previous": None,
        "previous_sums": None, "journal": (3, "ab"), "counts": {"incidents": 1, "accounts": 2},
    }  # fmt: skip
    return Release(**(values | other))


@pytest.fixture
def releases(tmp_path):
    return Releases(tmp_path / "war.db.releases")


def sealed(releases, name, **other):
    folder = releases.begin(name)
    (folder / "incidents.jsonl").write_text("{}\n")
    (folder / "incidents.csv").write_text("incident\r\n")
    return releases.seal(release(name, **other))


def entry(name, sums, number=1):
    return journal.Entry(number, MADE, KIND, name, "Ann", {"sums": sums}, None, journal.BEGINNING, "ab")


@pytest.fixture
def made(releases):
    sums = sealed(releases, "2016-11")
    releases.publish("2016-11")
    return entry("2016-11", sums)


def test_a_release_is_there_once_it_has_its_name(releases):
    sums = sealed(releases, "2016-11", note="October.")
    assert releases.names() == []
    releases.publish("2016-11")
    assert releases.names() == ["2016-11"]
    assert releases.one("2016-11") == release("2016-11", note="October.")
    assert releases.sums_of("2016-11") == sums


def test_the_last_one_is_the_one_made_last(releases):
    for name, when in (("b", MADE), ("a", "2016-12-01T00:00:00+00:00")):
        sealed(releases, name, made=when)
        releases.publish(name)
    assert [one.name for one in releases.all()] == ["b", "a"]
    assert releases.last() == release("a", made="2016-12-01T00:00:00+00:00")


def test_a_release_cannot_be_made_again(releases, made):
    with pytest.raises(RecordError, match="is released already, and a release never changes"):
        releases.begin("2016-11")


def test_a_name_that_differs_in_case_alone_is_taken(releases):
    sealed(releases, "First")
    releases.publish("First")
    with pytest.raises(RecordError, match="is released already"):
        releases.begin("FIRST")


@pytest.mark.parametrize("name", ["", ".", "..", "../up", "a/b", "-o", ".hidden", "a.", "a b", "é", "x" * 70])
def test_what_cannot_be_a_name_is_refused(releases, name):
    with pytest.raises(RecordError, match="cannot be the name of a release"):
        releases.begin(name)


def test_the_files_are_read_only(releases, made):
    assert {path.stat().st_mode & 0o222 for path in releases.path("2016-11").iterdir()} == {0}


def test_what_is_whole_has_no_fault(releases, made):
    assert releases.first_fault([made]) is None


@pytest.mark.parametrize("file", ["incidents.jsonl", "incidents.csv", MANIFEST, SUMS])
@pytest.mark.parametrize("at", [0, -1])
def test_a_flipped_byte_is_found(releases, made, file, at):
    path = releases.path("2016-11") / file
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    fault = releases.first_fault([made])
    assert (fault.release, fault.file) == ("2016-11", file)
    assert str(fault) == f"release 2016-11 {file} is not what it was when it was released"


def test_a_file_that_is_gone_is_found(releases, made):
    (releases.path("2016-11") / "incidents.csv").unlink()
    assert str(releases.first_fault([made])) == "release 2016-11 incidents.csv is gone"


def test_a_file_that_was_put_in_is_found(releases, made):
    (releases.path("2016-11") / "more.csv").write_text("x")
    assert str(releases.first_fault([made])) == "release 2016-11 more.csv is not part of it"


def test_files_changed_together_with_their_sums_are_found_by_the_journal(releases, made):
    folder = releases.path("2016-11")
    shutil.rmtree(folder)
    releases.begin("2016-11").joinpath("incidents.jsonl").write_text("{}{}\n")
    releases.seal(release("2016-11"))
    releases.publish("2016-11")
    assert str(releases.first_fault([made])) == f"release 2016-11 {SUMS} is not what it was when it was released"


def test_a_release_that_is_gone_is_found(releases, made):
    shutil.rmtree(releases.path("2016-11"))
    assert str(releases.first_fault([made])) == "release 2016-11 is gone"


def test_a_release_that_is_in_no_journal_is_found(releases, made):
    assert str(releases.first_fault([])) == "release 2016-11 is not in the journal"


def test_one_cut_off_before_it_had_its_name_gets_it_the_next_time(releases):
    noted = entry("2016-11", sealed(releases, "2016-11"))
    assert releases.first_fault([noted]) is None
    releases.finish([noted])
    assert releases.names() == ["2016-11"]
    assert releases.first_fault([noted]) is None


def test_one_cut_off_before_the_journal_had_it_is_begun_anew(releases):
    sealed(releases, "2016-11")
    releases.finish([])
    assert releases.first_fault([]) is None
    assert list(releases.begin("2016-11").iterdir()) == []


def test_releases_are_beside_the_record_or_where_one_says(tmp_path):
    assert Releases.beside("war.db").folder == Path("war.db.releases")
    assert Releases.beside("sqlite:///data/war.db").folder == Path("data/war.db.releases")
    assert Releases.beside("postgresql://ann:secret@db/war", tmp_path).folder == tmp_path


def test_the_settings_can_name_their_folder(tmp_path, monkeypatch):
    (tmp_path / "onrecord.toml").write_text('[record]\nreleases = "given-out"\n')
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "onrecord.toml"))
    assert Releases.beside("postgresql://db/war").folder == tmp_path / "given-out"


def test_a_record_on_a_server_needs_a_folder_for_them():
    with pytest.raises(RecordError, match="has no folder beside it") as told:
        Releases.beside("postgresql://ann:secret@db/war")
    assert "secret" not in str(told.value)


def test_a_description_that_cannot_be_read_is_told(releases, made):
    path = releases.path("2016-11") / MANIFEST
    path.chmod(0o644)
    path.write_text("{}")
    with pytest.raises(RecordError, match="cannot be read as a release"):
        releases.one("2016-11")


def test_a_release_that_is_not_there_is_told(releases):
    with pytest.raises(RecordError, match="there is no release of this name"):
        releases.one("2016-12")
