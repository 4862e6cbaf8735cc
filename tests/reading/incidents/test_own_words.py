"""A user's files add words: a verb, an actor, a weapon, a kind of target."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SETTINGS = """
[lexicons]
event-words = ["verbs.tsv"]
actor-nouns = ["actors.tsv"]
weapons = ["weapons.tsv"]
target-nouns = ["targets.tsv"]
"""
VERBS = "word\tpos\ttype\tmode\twhen\troles\nzorch\tv\tASSAULT\tprimitive\t\t\n"
ACTORS = "noun\ngrumbler\n"
WEAPONS = "weapon\tmode\nblunderpipe\tfirearms\n"
TARGETS = "noun\tkind\nsnuggery\tfacility\n"
TEXT = "Grumblers zorched a snuggery near Homs on Monday with blunderpipes."


def incidents_of(text: str, folder: Path) -> list[dict[str, Any]]:
    (folder / "article.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "onrecord.cli", "read", "--json", str(folder / "article.txt")]
    environment = {**os.environ, "ONRECORD_CONFIG": str(folder / "onrecord.toml")}
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    incidents: list[dict[str, Any]] = json.loads(found.stdout)["incidents"]
    return incidents


def test_unknown_words_tell_no_assault(tmp_path: Path) -> None:
    assert [each for each in incidents_of(TEXT, tmp_path) if each["type"] == "ASSAULT"] == []


def test_a_users_words_make_an_incident(tmp_path: Path) -> None:
    for name, lines in (("verbs", VERBS), ("actors", ACTORS), ("weapons", WEAPONS), ("targets", TARGETS)):
        (tmp_path / f"{name}.tsv").write_text(lines, encoding="utf-8")
    (tmp_path / "onrecord.toml").write_text(SETTINGS, encoding="utf-8")
    (incident,) = incidents_of(TEXT, tmp_path)
    assert (incident["type"], incident["mode"]) == ("ASSAULT", "firearms")
    assert [each["text"] for each in incident["perpetrators"]] == ["Grumblers"]
    assert [each["text"] for each in incident["targets"]] == ["snuggery"]
    assert [each["text"] for each in incident["weapons"]] == ["blunderpipes"]
