"""`onrecord export`, `release`, `releases` and `compare`, as a user runs them."""

import csv
import io
import json
import shutil
import zipfile

import pytest
from openpyxl import load_workbook

from onrecord.cli.exporting import FORMS, LEVELS
from onrecord.record import Record, journal
from onrecord.record.releases import Releases
from onrecord.views import exports
from tests.cli.conftest import run_in


@pytest.fixture
def run(copied_record):
    """Runs `onrecord` in a folder with a record of the sample."""
    return lambda *arguments: run_in(copied_record.parent, *arguments)


def entries(folder, kind):
    with Record.open(folder / "onrecord.db") as record, record.connection() as connection:
        return list(journal.entries(connection, kind=kind))


def test_the_command_knows_the_forms_and_levels_that_there_are():
    assert (FORMS, LEVELS) == (exports.FORMS, exports.LEVELS)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_written(run, tmp_path, form):
    done = run("export", form, "-o", "out")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out").stat().st_size > 1000


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "json", "jsonl", "geojson"])
def test_the_ending_of_the_output_says_the_form(run, tmp_path, ending):
    assert run("export", "-o", f"out.{ending}").returncode == 0
    run("export", ending, "-o", "same")
    assert (tmp_path / f"out.{ending}").read_bytes() == (tmp_path / "same").read_bytes()


def test_without_form_and_ending_the_forms_are_named(run):
    done = run("export")
    assert done.returncode == 2
    assert "Give one of csv, xlsx" in done.stderr


def test_a_row_for_each_incident_or_for_each_account(run):
    reports = list(csv.DictReader(io.StringIO(run("export", "csv").stdout)))
    incidents = list(csv.DictReader(io.StringIO(run("export", "--format", "csv", "--level", "incident").stdout)))
    assert len(incidents) == len({row["incident"] for row in reports}) < len(reports)
    assert len(run("export", "jsonl").stdout.splitlines()) == len(incidents)
    assert len(run("export", "jsonl", "--level", "report").stdout.splitlines()) == len(reports)


def test_a_form_of_one_level_takes_none(run):
    done = run("export", "acled", "--level", "report")
    assert (done.returncode, done.stderr) == (1, "onrecord: --level: acled has one level only; leave it out\n")


def test_a_filter_narrows_every_form(run, tmp_path):
    run("export", "--place", "Azaz", "-o", "azaz.xlsx")
    rows = list(load_workbook(tmp_path / "azaz.xlsx")["report"].iter_rows(min_row=2, values_only=True))
    places = {row["place"] for row in csv.DictReader(io.StringIO(run("export", "csv", "--place", "Azaz").stdout))}
    assert rows
    assert "Azaz" in places
    assert len(run("export", "acled", "--place", "Azaz").stdout) < len(run("export", "acled").stdout)


def test_who_took_out_what_stands_in_the_journal(run, tmp_path):
    run("export", "acled", "--place", "Azaz", "-o", "azaz.csv")
    (entry,) = entries(tmp_path, "exported")
    assert entry.subject == "azaz.csv"
    assert (entry.what["form"], entry.what["filter"]["place"]) == ("acled", "Azaz")


def test_where_the_journal_cannot_be_written_the_export_is_there_and_the_lack_is_told(run, tmp_path, monkeypatch):
    from onrecord.errors import RecordError

    def refuse(*_given, **_named):
        raise RecordError("the database failed (readonly)")

    monkeypatch.setattr(journal, "append", refuse)
    done = run("export", "csv", "-o", "out.csv")
    assert done.returncode == 0
    assert "the export is not in the record's journal" in done.stderr
    assert (tmp_path / "out.csv").exists()


def test_a_release_is_made_listed_exported_and_never_made_again(run, tmp_path):
    done = run("release", "2017-09", "--note", "The sample.")
    assert done.returncode == 0
    folder = tmp_path / "onrecord.db.releases" / "2017-09"
    assert (folder / "methodology.html").exists()
    sums = done.stdout.split()[-1]
    (line,) = run("releases").stdout.splitlines()
    assert line.startswith("2017-09\t")
    assert line.endswith(f"The sample.\t{sums}")
    assert json.loads(run("releases", "--json").stdout)["counts"]["articles"] == 37
    before = run("export", "csv", "--from-release", "2017-09").stdout
    assert before == run("export", "csv").stdout
    again = run("release", "2017-09")
    assert again.returncode == 1
    assert "is released already, and a release never changes" in again.stderr


def test_a_release_can_be_zipped(run, tmp_path):
    run("release", "one")
    assert run("releases", "--zip", "one", "one.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert "one/SHA256SUMS" in archive.namelist()
        assert archive.testzip() is None


def test_releases_can_go_into_another_folder(run, tmp_path):
    assert run("release", "one", "--into", "given-out").returncode == 0
    assert Releases(tmp_path / "given-out").names() == ["one"]
    assert run("releases", "--into", "given-out").stdout.startswith("one\t")


def test_a_flipped_byte_in_a_release_is_found(run, tmp_path):
    run("release", "one")
    releases = Releases.beside(tmp_path / "onrecord.db")
    assert releases.first_fault(entries(tmp_path, "released")) is None
    path = releases.path("one") / "incidents.csv"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    assert str(releases.first_fault(entries(tmp_path, "released"))).startswith("release one incidents.csv is not what")


def test_the_second_release_says_what_changed(run, tmp_path):
    folder = tmp_path / "onrecord.db.releases"
    run("release", "one")
    assert not (folder / "one" / "changes.csv").exists()
    run("release", "two")
    assert list(csv.DictReader((folder / "two" / "changes.csv").open(newline=""))) == []
    assert "Since one" in (folder / "two" / "methodology.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["acled", "ucdp"])
def test_a_record_matches_its_own_export(run, kind):
    run("export", kind, "-o", "list.csv")
    done = run("compare", "list.csv")
    assert {line.split("\t")[0] for line in done.stdout.splitlines()} == {"matched"}
    assert "0 only on the record; 0 only in" in done.stderr


def test_a_comparison_as_json_and_as_csv(run, tmp_path):
    run("export", "acled", "-o", "list.csv")
    lines = [json.loads(line) for line in run("compare", "list.csv", "--json").stdout.splitlines()]
    run("compare", "list.csv", "-o", "comparison.csv")
    rows = list(csv.DictReader((tmp_path / "comparison.csv").open(newline="", encoding="utf-8")))
    assert [row["state"] for row in rows] == [line["state"] for line in lines]
    assert {point["of"] for point in lines[0]["why"]} == {"day", "place", "type", "toll"}
    assert run("compare", "list.csv", "--only", "only-there").stdout == ""


def test_what_is_no_list_is_told(run, tmp_path):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    done = run("compare", "list.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is neither ACLED's nor UCDP GED's list" in done.stderr


def test_a_copy_of_the_releases_is_whole_as_well(run, tmp_path):
    run("release", "one")
    shutil.copytree(tmp_path / "onrecord.db.releases", tmp_path / "copy")
    assert Releases(tmp_path / "copy").first_fault(entries(tmp_path, "released")) is None
