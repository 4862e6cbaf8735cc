"""The listings over the record of the sample, as lines and as JSON."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import run_in

LISTINGS = ("incidents", "tolls", "truces", "claims", "labels", "articles", "stories")


def run(*arguments):
    return run_in(Path(), *arguments)


@pytest.mark.parametrize("name", LISTINGS)
def test_every_listing_is_json_lines(name, demo_record):
    lines = run(name, "--json", "--record", demo_record).stdout.splitlines()
    assert lines
    assert all(isinstance(json.loads(line), dict) for line in lines)


@pytest.mark.parametrize("name", LISTINGS)
def test_in_a_pipe_a_listing_has_one_line_a_row(name, demo_record):
    rows = run(name, "--record", demo_record).stdout.splitlines()
    values = run(name, "--json", "--record", demo_record).stdout.splitlines()
    assert len(rows) == len(values)
    assert len({row.count("\t") for row in rows}) == 1


@pytest.mark.parametrize("name", LISTINGS)
def test_a_limit_holds(name, demo_record):
    every = run(name, "--record", demo_record).stdout.splitlines()
    assert run(name, "--limit", 2, "--record", demo_record).stdout.splitlines() == every[:2]
    assert run(name, "--limit", 1, "--record", demo_record).stdout.splitlines() == every[:1]


def test_a_statement_that_two_outlets_print_is_listed_once(demo_record):
    each = run("claims", "--record", demo_record).stdout.splitlines()
    once = run("claims", "--together", "--record", demo_record).stdout.splitlines()
    printed = [
        json.loads(line) for line in run("claims", "--together", "--json", "--record", demo_record).stdout.splitlines()
    ]
    assert len(once) == len(printed) < len(each)
    assert sum(len(one["claims"]) for one in printed) == len(each)
    rescuer = next(one for one in printed if one["speaker"] == "Mustafa Rahhal")
    assert rescuer["outlets"] == ["Continental Wire", "The Levant Herald"]
    assert len(rescuer["wordings"]) == 2


def test_every_json_incident_carries_its_sentences(demo_record):
    for line in run("incidents", "--json", "--record", demo_record).stdout.splitlines():
        for account in json.loads(line)["accounts"]:
            assert all(evidence["sentence"] for evidence in account["evidence"])


def test_an_outlet_narrows_the_articles(demo_record):
    lines = run("articles", "--outlet", "Volga Today", "--json", "--record", demo_record).stdout.splitlines()
    assert {json.loads(line)["outlet"] for line in lines} == {"Volga Today"}


def test_dates_narrow_the_articles(demo_record):
    arguments = ("articles", "--since", "2017-09-10", "--until", "2017-09-12", "--json", "--record", demo_record)
    published = [json.loads(line)["published"][:10] for line in run(*arguments).stdout.splitlines()]
    assert published
    assert all("2017-09-10" <= day <= "2017-09-12" for day in published)


def test_a_search_marks_the_words_it_found(demo_record):
    done = run("search", "convoy", "--record", demo_record)
    assert done.returncode == 0
    assert "*convoy*" in done.stdout.lower()


def test_a_search_without_a_hit_prints_nothing_in_a_pipe(demo_record):
    done = run("search", "xylophone", "--record", demo_record)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", ["incidents", "articles", "stories", "truces"])
def test_what_a_listing_names_can_be_shown(name, demo_record):
    id = run(name, "--record", demo_record).stdout.split("\t")[0]
    shown = run("show", id, "--record", demo_record)
    assert shown.returncode == 0
    assert shown.stdout.startswith(id)
    assert json.loads(run("show", id, "--json", "--record", demo_record).stdout)["id"] == id


@pytest.mark.parametrize("id", ["i000000", "a000000", "s000000", "t000000", "x1", ""])
def test_an_id_that_is_not_on_record_is_named_with_advice(id, demo_record):
    done = run("show", id, "--record", demo_record)
    assert done.returncode == 1


def test_where_there_is_no_record_the_way_to_one_is_told(onrecord_in):
    done = onrecord_in("incidents")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "onrecord: onrecord.db: there is no record here; make one with: onrecord add PATH, or try: onrecord demo\n"
    )


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
def test_the_record_can_be_exported(form, demo_record, tmp_path):
    target = tmp_path / f"out.{form}"
    assert run("export", form, "-o", target, "--record", demo_record).returncode == 0
    text = target.read_text(encoding="utf-8")
    assert text == run("export", form, "--record", demo_record).stdout
    if form != "csv":
        json.loads(text)


def test_an_export_that_cannot_be_written_leaves_nothing(demo_record, tmp_path):
    done = run("export", "csv", "-o", tmp_path / "missing" / "out.csv", "--record", demo_record)
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_report_can_be_narrowed(demo_record, tmp_path):
    whole, part = tmp_path / "whole.html", tmp_path / "part.html"
    run("report", "-o", whole, "--record", demo_record)
    run("report", "-o", part, "--outlet", "Volga Today", "--record", demo_record)
    assert 0 < part.stat().st_size < whole.stat().st_size
