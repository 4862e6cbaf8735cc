"""`onrecord add` with addresses and `onrecord archive`, as a user runs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.pages import ARTICLE, WALL
from tests.cli.conftest import Run
from tests.sites import Site, response, site

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Herald</title><item><title>Raid on Qasr</title>
<link>https://herald.example/1</link><pubDate>Fri, 14 Oct 2016 08:30:00 GMT</pubDate><description>Three men were killed
on Thursday when a raid hit the village of Qasr, the mayor of the village told reporters there.</description></item>
</channel></rss>"""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "onrecord.toml").write_text('[fetching]\nallowed = ["localhost"]\n')
    with site() as served:
        served.answers |= {"/a": response(ARTICLE), "/wall": response(WALL), "/feed": response(FEED)}
        yield served


def test_a_page_and_a_feed_are_fetched_archived_and_read(onrecord_in: Run, here: Site) -> None:
    done = onrecord_in("add", here.url("/a"), here.url("/feed"))
    assert (done.returncode, done.stdout) == (0, "2 articles added.\n"), done.stderr
    again = onrecord_in("add", here.url("/a"), here.url("/feed"))
    assert again.stdout == "0 articles added, 2 on record already.\n"
    listed = [line.split("\t") for line in onrecord_in("archive", "list").stdout.splitlines()]
    assert [(line[0], line[2], line[3]) for line in listed] == [
        ("c1", "200", here.url("/a")),
        ("c2", "200", here.url("/feed")),
        ("c3", "200", here.url("/a")),
        ("c4", "200", here.url("/feed")),
    ]
    assert [line[4] for line in listed[2:]] == ["unchanged since c1", "unchanged since c2"]


def test_a_capture_without_an_article_is_told(onrecord_in: Run, here: Site) -> None:
    done = onrecord_in("add", here.url("/wall"), here.url("/none"))
    assert done.returncode == 1
    assert "consent wall" in done.stderr and "the server answered 404" in done.stderr
    captures = [json.loads(line) for line in onrecord_in("archive", "list", "--json").stdout.splitlines()]
    assert [capture["lacks"] for capture in captures] == [
        "is a consent wall, not the article",
        "the server answered 404 instead of a page",
    ]
    assert "consent wall" in onrecord_in("archive", "list", here.url("/wall")).stdout
    assert "consent wall" in onrecord_in("articles", "--failed").stdout


def test_an_address_that_is_not_public_is_refused(onrecord_in: Run, here: Site) -> None:
    done = onrecord_in("add", here.url("/a").replace("localhost", "127.0.0.1"))
    assert done.returncode == 1
    assert "this very machine" in done.stderr and "onrecord.toml" in done.stderr


@pytest.mark.parametrize("name", ["war.wacz", "war.warc.gz"])
def test_an_archive_given_out_can_be_added_elsewhere(onrecord_in: Run, here: Site, name: str) -> None:
    onrecord_in("add", here.url("/a"))
    done = onrecord_in("archive", "export", name)
    assert done.returncode == 0 and done.stdout.startswith("Wrote ")
    assert onrecord_in("add", name, "--record", "other.db").stdout == "1 article added.\n"
    titles = [
        json.loads(line)["title"]
        for line in onrecord_in("articles", "--json", "--record", "other.db").stdout.splitlines()
    ]
    assert titles == [json.loads(line)["title"] for line in onrecord_in("articles", "--json").stdout.splitlines()]
