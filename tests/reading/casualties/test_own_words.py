"""A user's files add words: a harm, people, an armed group."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SETTINGS = """
[lexicons]
harm = ["harm.tsv"]
people = ["people.tsv"]
actors = ["actors.tsv"]
"""
HARM = "word\tclass\teffect\tvictim\tneeds\nzorch\tverb\tkilled\tobject\t\n"
PEOPLE = "noun\tgroup\tstatus\nbeekeeper\tbeekeepers\tcivilian\n"
ACTORS = "name\ttype\trole\tside\tcountry\twikidata\taliases\nGreen Hand\torganisation\tarmed-group\t\tSY\t\tHand\n"
TEXT = "The marauders zorched 12 beekeepers and seven Green Hand members near Homs on Monday."


def casualties_of(text: str, folder: Path) -> list[dict[str, Any]]:
    (folder / "article.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "onrecord.cli", "read", "--json", str(folder / "article.txt")]
    environment = {**os.environ, "ONRECORD_CONFIG": str(folder / "onrecord.toml")}
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    casualties: list[dict[str, Any]] = json.loads(found.stdout)["casualties"]
    return casualties


def test_an_unknown_word_tells_no_harm(tmp_path: Path) -> None:
    assert casualties_of(TEXT, tmp_path) == []


def test_a_users_words_make_tolls(tmp_path: Path) -> None:
    for name, lines in (("harm", HARM), ("people", PEOPLE), ("actors", ACTORS)):
        (tmp_path / f"{name}.tsv").write_text(lines, encoding="utf-8")
    (tmp_path / "onrecord.toml").write_text(SETTINGS, encoding="utf-8")
    found = [(each["count"], each["effect"], each["group"], each["status"]) for each in casualties_of(TEXT, tmp_path)]
    assert found == [(12, "killed", "beekeepers", "civilian"), (7, "killed", None, "combatant")]
