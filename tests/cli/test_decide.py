"""Deciding at the command line: each decision with who and why, seen in the listings afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.generated import telling
from onrecord.cli.app import onrecord
from onrecord.record import Record


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decide") / "onrecord.db"
    with Record.open(path) as record:
        for told in telling(8, seed=7):
            record.add(told.source, told.reading)
    return path


def run(at: Path, *arguments: str) -> Result:
    return CliRunner().invoke(onrecord, [*arguments, "--record", str(at)])


def lines(at: Path, *arguments: str) -> list[dict[str, object]]:
    result = run(at, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_a_toll_is_corrected_seen_and_taken_back(filled: Path) -> None:
    toll = lines(filled, "tolls")[0]
    evidence = toll["range"]["figures"][0]["origins"][0]["evidence"][0]  # type: ignore[index]
    result = run(filled, "decide", "correct", evidence["fact"], "count", "777", "--by", "Ann", "--why", "hospital list")
    assert result.exit_code == 0 and "corrected count" in result.output and "machine" in result.output
    shown = run(filled, "show", str(toll["incident"])).output
    assert "777" in shown and "✎ Ann" in shown and "hospital list" in shown
    (made,) = lines(filled, "decisions", evidence["fact"])
    assert (made["by"], made["after"]) == ("Ann", 777)
    facts = run(filled, "decisions", "--facts", evidence["article"]).output
    assert "count: 777" in facts
    assert run(filled, "decide", "undo", str(made["id"]), "--by", "Ann", "--why", "wrong list").exit_code == 0
    assert "777" not in run(filled, "tolls").output
    assert "undone by" in run(filled, "decisions").output


def test_incidents_are_merged_split_moved_and_explained(filled: Path) -> None:
    first, second = (str(each["id"]) for each in lines(filled, "incidents"))
    said = ("--by", "Ann", "--why", "one raid")
    assert run(filled, "decide", "merge", first, second, *said).exit_code == 0
    (merged,) = lines(filled, "incidents")
    accounts = [account["id"] for account in merged["accounts"]]  # type: ignore[index,attr-defined]
    assert run(filled, "decide", "split", str(merged["id"]), accounts[0], *said).exit_code == 0
    assert run(filled, "decide", "move", accounts[1], "--into", accounts[0], *said).exit_code == 0
    shown = run(filled, "why", accounts[0]).output
    assert "joined by" in shown and "Decided by Ann" in shown and "2 accounts" in shown
    assert lines(filled, "why", accounts[0])[0]["cut"] == 1.8


def test_a_person_is_withheld_and_listed_for_those_who_ask(filled: Path) -> None:
    said = ("--by", "Ann", "--why", "asked for it")
    assert run(filled, "decide", "withhold", "--person", "the governor", *said).exit_code == 0
    assert "the governor" not in run(filled, "decisions").output
    assert "the governor" in run(filled, "decisions", "--withheld").output


def test_contradictions_are_listed_by_side(filled: Path) -> None:
    listed = run(filled, "contradictions").output
    assert "toll: killed" in listed and "“" in listed
    told = lines(filled, "contradictions")[0]["happening"]
    assert f", {told['places'][0]['name']}, " in listed  # type: ignore[index]
    assert all(len(each["sides"]) > 1 for each in lines(filled, "contradictions"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("decide", "accept", "a0/k1", "--by", "Ann"), "--why"),
        (("decide", "accept", "a0/k1", "--why", "so"), "--by"),
        (("decide", "accept", "a0/k1", "--by", "Ann", "--why", "so"), "there is no article"),
        (("decide", "undo", "d0", "--by", "Ann", "--why", "so"), "there is no decision"),
        (("why", "i0"), "there is no incident"),
    ],
)
def test_what_is_missing_is_said(filled: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(filled, *arguments)
    assert result.exit_code != 0 and said in result.output
