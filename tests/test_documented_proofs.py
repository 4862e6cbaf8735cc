"""What docs/security.md, docs/evidence.md and docs/reliability.md name as proof is there."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from click import Group

from onrecord.cli.app import onrecord

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("security.md", "evidence.md", "reliability.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_benchmark_and_command_that_is_named_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    files = re.findall(r"`((?:tests|onrecord|docs)/[\w/.-]+)`", text)
    assert [name for name in files if not (ROOT / name).exists()] == []
    assert [name for name in re.findall(r"python -m (benchmarks\.\w+)", text) if find_spec(name) is None] == []
    assert isinstance(onrecord, Group)
    commands = set(re.findall(r"^ {4}onrecord (\w+)|`onrecord (\w+)", text, re.MULTILINE))
    assert {one or other for one, other in commands} <= set(onrecord.commands)
