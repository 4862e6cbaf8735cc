"""The examples of docs/own-files.md, run as they stand there, and what is said of mistakes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import onrecord as package
from onrecord.cli.app import onrecord

PAGE = Path(package.__file__).parents[1] / "docs" / "own-files.md"
EXAMPLES = dict(re.findall(r"^```\w+ ([\w.-]+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in EXAMPLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(onrecord, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def read() -> dict[str, Any]:
    """The article's reading, by a program of its own, as a user starts it."""
    command = [sys.executable, "-m", "onrecord.cli", "read", "--json", "article.txt"]
    reading: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return reading


def test_the_examples_of_the_page_hold(folder: Path) -> None:
    reading, expected = read(), json.loads(EXAMPLES["expected.json"])
    located = [entity for entity in reading["entities"] if entity["type"] == "place"]
    assert {place["name"]: [place["latitude"], place["longitude"]] for place in located} == expected["places"]
    parties = [entity["name"] for entity in reading["entities"] if entity["type"] in {"person", "organisation"}]
    assert parties == expected["actors"]
    assert [label["text"] for label in reading["labels"]] == expected["labels"]
    weapons = {weapon["text"] for incident in reading["incidents"] for weapon in incident["weapons"]}
    assert sorted(weapons) == expected["weapons"]
    tolls = [[toll["effect"], toll["count"], toll["group"]] for toll in reading["casualties"]]
    assert tolls == expected["tolls"]
    assert [f"{truce['kind']} {truce['step']}" for truce in reading["truces"]] == expected["truces"]


def test_without_the_files_none_of_it_is_known(folder: Path) -> None:
    (folder / "onrecord.toml").unlink()
    reading = read()
    assert [entity for entity in reading["entities"] if entity["latitude"] == 36.51] == []
    assert [weapon for incident in reading["incidents"] for weapon in incident["weapons"]] == []
    assert (reading["labels"], reading["truces"]) == ([], [])


def test_places_and_actors_of_the_files_are_on_record_with_counts(folder: Path) -> None:
    run("add", "article.txt")
    places = [json.loads(line) for line in run("places", "--json").splitlines()]
    assert [(place["name"], place["accounts"]) for place in places] == [("Qalat Nowhere", 1)]


@pytest.mark.parametrize("published", ["2015-05-05", "2017-05-05"])
def test_a_name_that_passed_on_means_who_bore_it_then(folder: Path, published: str) -> None:
    article = {"id": "x", "text": "The Army of the Ford shelled Qalat Nowhere.", "published": published}
    (folder / "dated.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    names = [entity["name"] for entity in json.loads(run("read", "--json", "dated.jsonl"))["entities"]]
    assert names == [{"2015": "Green Hand", "2017": "Valley Wardens"}[published[:4]], "Qalat Nowhere"]


def test_a_place_that_is_set_right_stays_so_when_all_is_read_again(folder: Path) -> None:
    """Added without the file, read again with it, and again: what the file says holds."""
    settings = (folder / "onrecord.toml").read_text(encoding="utf-8")
    (folder / "onrecord.toml").unlink()
    _apart("add", "article.txt")
    assert "Qalat Nowhere" not in _apart("places", "--json")
    (folder / "onrecord.toml").write_text(settings, encoding="utf-8")
    for _ in range(2):
        assert _apart("reread") == "1 article read again.\n"
        places = [json.loads(line) for line in _apart("places", "--json").splitlines()]
        assert [(place["latitude"], place["longitude"]) for place in places] == [(36.51, 37.12)], places
    (folder / "my-places.tsv").write_text(EXAMPLES["my-places.tsv"].replace("37.12", "37.5"), encoding="utf-8")
    _apart("reread")
    assert "37.5" in _apart("places", "--json") and "37.12" not in _apart("places", "--json")


def _apart(*arguments: str) -> str:
    """A command by a program of its own."""
    command = [sys.executable, "-m", "onrecord.cli", *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("my-places.tsv", "name\tlevel\tcountry\tlatitude\tlongitude\nX\ttown\tSY\t1\t2\n", "has a place that cannot"),
        ("my-places.tsv", "name\tlevel\tcountry\tlatitude\tlongitude\nX\tsettlement\tSY\tnorth\t2\n", "cannot be read"),
        ("my-places.tsv", "name\tlat\nX\t1\n", r"my-places\.tsv:1: names a column 'lat'"),
        ("my-actors.tsv", "name\ttype\trole\nX\tgang\tforce\n", "has the actor 'X' with type 'gang'"),
        ("my-labels.tsv", "word\tclass\tdesignates\ttone\nwolf\tnoun\tside\thostle\n", "'wolf' with tone 'hostle'"),
        ("my-labels.tsv", "word\tclass\tdesignates\ttone\nwolf\tnoun\tsides\thostile\n", "with designates 'sides'"),
        ("my-truces.tsv", "words\tclass\tkind\tneeds\nday of calm\tnoun\tpeace\t\n", "with kind 'peace'; give one of"),
        ("my-actors.tsv", "name\ttype\nX\torganisation\tforce\n", r"my-actors\.tsv:2: has 3 fields"),
    ],
)
def test_a_mistake_in_a_file_is_told(folder: Path, file: str, text: str, fault: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(onrecord, ["read", "--json", "article.txt"])
    assert result.exit_code != 0
    assert re.search(fault, result.output), result.output
    assert "fault of onrecord" not in result.output
