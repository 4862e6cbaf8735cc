"""Places and actors on record, and how a user's own file sets one right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli.app import onrecord

ARTICLE = {
    "id": "x1",
    "text": "BEIRUT - Shelling by rebels killed four civilians in Kafr Nowhere, in northern Aleppo, on Monday.",
    "published": "2016-10-18",
    "outlet": "Valley Post",
}
OWN = (
    "name\taliases\tlevel\tcountry\tregion\tlatitude\tlongitude\tgeonames\n"
    "Kafr Nowhere\t\tsettlement\tSY\t09\t36.5\t37.1\t9000001\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.jsonl").write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    return tmp_path


def lines_of(*arguments: str) -> list[dict]:
    result = CliRunner().invoke(onrecord, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(onrecord, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_places_are_listed_with_how_many_accounts_name_them(folder: Path) -> None:
    run("add", "news.jsonl")
    assert [(place["name"], place["accounts"]) for place in lines_of("places")] == [("Aleppo", 1)]


def test_a_place_that_a_users_file_corrects_stays_corrected_when_articles_are_read_again(folder: Path) -> None:
    run("add", "news.jsonl")
    (folder / "places.tsv").write_text(OWN, encoding="utf-8")
    (folder / "own.toml").write_text('[lexicons]\nplaces = ["places.tsv"]\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_CONFIG", str(folder / "own.toml"))
        for _ in range(2):
            assert run("reread") == "1 article read again.\n"
            assert ("geonames:9000001", "Kafr Nowhere") in [
                (place["key"], place["name"]) for place in lines_of("places")
            ]


def test_reading_again_by_the_same_reader_changes_nothing(folder: Path) -> None:
    run("add", "news.jsonl")
    before = lines_of("incidents")
    run("reread")
    assert lines_of("incidents") == before


def test_a_name_can_be_looked_up(folder: Path) -> None:
    assert lines_of("gazetteer", "find", "Tall Rifaat")[0]["country"] == "SY"
    assert CliRunner().invoke(onrecord, ["gazetteer", "find", "Qwxzvoria"]).exit_code == 1
