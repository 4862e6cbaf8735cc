"""`onrecord read` and `onrecord stories PATH`: what articles say, without a record."""

import json

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import run_apart, run_in

LINES = (
    '{"id": "one", "text": "Shelling killed 12 people in Aleppo on Friday, doctors said.", "published": "2016-10-14"}\n'
    '{"id": "two"}\n'
    "not json\n"
    '{"id": "four", "text": "A car bomb wounded 9 people in Azaz on Monday, a monitor said."}\n'
)


@pytest.fixture(scope="module")
def read_lines(tmp_path_factory):
    folder = tmp_path_factory.mktemp("read")
    (folder / "articles.jsonl").write_text(LINES)
    return run_in(folder, "read", "articles.jsonl", "--json")


def test_there_is_one_line_for_each_article_in_their_order(read_lines):
    values = [json.loads(line) for line in read_lines.stdout.splitlines()]
    assert [value["id"] for value in values][::3] == ["one", "four"]
    assert len(values) == 4


def test_an_error_stands_in_the_place_of_an_article_that_could_not_be_read(read_lines):
    _, two, three, _ = (json.loads(line) for line in read_lines.stdout.splitlines())
    assert set(two) == set(three) == {"format", "id", "error"}
    assert two["format"] == "onrecord-reading/1"
    assert "articles.jsonl:3" in three["error"]
    assert read_lines.returncode == 1
    assert len(read_lines.stderr.splitlines()) == 2


def test_a_reading_is_as_the_schema_says(read_lines, onrecord_in):
    validator = Draft202012Validator(json.loads(onrecord_in("schema").stdout))
    first, *_, last = (json.loads(line) for line in read_lines.stdout.splitlines())
    assert [*validator.iter_errors(first), *validator.iter_errors(last)] == []


def test_readings_by_two_workers_are_the_same(read_lines, tmp_path):
    (tmp_path / "articles.jsonl").write_text(LINES)
    assert run_apart(tmp_path, ["read", "articles.jsonl", "--json", "--workers", "2"]).stdout == read_lines.stdout


def test_a_person_reads_the_facts_by_kind(onrecord_in):
    text = "Shelling killed 12 people in Aleppo on Friday, the Health Ministry said."
    done = onrecord_in("read", "-", "--published", "2016-10-14", input=text)
    assert done.returncode == 0
    assert "How many were harmed" in done.stdout
    assert "“12 people”" in done.stdout


def test_the_stories_of_articles_come_one_a_line(onrecord_in, tmp_path):
    (tmp_path / "articles.jsonl").write_text(LINES)
    done = onrecord_in("stories", "articles.jsonl", "--json")
    one, two, _, four = (json.loads(line) for line in done.stdout.splitlines())
    assert set(one) == set(four) == {"id", "story"}
    assert (one["id"], four["id"]) == ("one", "four")
    assert one["story"] != four["story"]
    assert "error" in two
    assert done.returncode == 1
    assert not (tmp_path / "onrecord.db").exists()
