"""The sample says of itself what it holds: every article is in `expected.toml`, and every name there is an article."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

ARTICLE_FILES = {".html", ".jsonl", ".rss", ".txt"}


@pytest.fixture
def expected(samples: Path) -> dict[str, Any]:
    return tomllib.loads((samples / "expected.toml").read_text(encoding="utf-8"))


def test_every_file_of_articles_is_expected(samples: Path, expected: dict[str, Any]) -> None:
    files = {path.name for path in samples.iterdir() if path.suffix in ARTICLE_FILES}
    assert files == {article["file"] for article in expected["articles"].values()}


def test_every_line_and_feed_item_is_expected(samples: Path, expected: dict[str, Any]) -> None:
    lines = (samples / "free-north.jsonl").read_text(encoding="utf-8").splitlines()
    items = {article["item"] for article in expected["articles"].values() if "item" in article}
    feed = (samples / "continental-wire.rss").read_text(encoding="utf-8")
    assert {json.loads(line)["id"] for line in lines} == {item for item in items if item.startswith("free-north")}
    assert feed.count("<item>") == sum(f'<guid isPermaLink="false">{item}</guid>' in feed for item in items) == 8


def test_what_is_expected_names_articles_that_exist(expected: dict[str, Any]) -> None:
    articles = set(expected["articles"])
    named = {name for incident in expected["incidents"] for name in incident["accounts"]}
    named |= {name for truce in expected["truces"] for name in truce["accounts"]}
    named |= {row["article"] for section in ("tolls", "labels") for row in expected[section]}
    named |= {article["copy_of"][0] for article in expected["articles"].values() if "copy_of" in article}
    assert named <= articles
