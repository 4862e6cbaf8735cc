"""`onrecord watch`: from a feed on loopback to the record, with the real reader, through kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.record import Record
from tests.cli.conftest import Run
from tests.sites import site
from tests.watch.conftest import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with site() as served:
        (tmp_path / "onrecord.toml").write_text(
            '[fetching]\nallowed = ["localhost"]\n'
            f'[watch]\nfeeds = ["{served.url("/feed.rss")}"]\n[[alerts]]\nname = "Aleppo"\nplace = "Aleppo"\n'
        )
        room = Newsroom(served)
        room.offer()
        yield room


def test_once_reads_what_is_there_and_tells_of_it(newsroom: Newsroom, onrecord_in: Run) -> None:
    assert onrecord_in("watch", "--once").stdout == ""
    newsroom.publish("raid", "Air strikes on a market in Aleppo killed 15 people on Friday, doctors said. ")
    newsroom.site.answers["/again.rss"] = newsroom.site.answers["/feed.rss"]  # the other is not due for minutes
    done = onrecord_in("watch", "--once", newsroom.site.url("/again.rss"))
    assert done.returncode == 0, done.stderr
    assert "Story raid" in done.stdout
    assert "ALERT Aleppo: " in done.stdout and "Aleppo, 14 October 2016" in done.stdout
    assert "15" in onrecord_in("tolls", "--place", "Aleppo").stdout


def test_without_feeds_one_is_told_what_to_do(onrecord_in: Run) -> None:
    refused = onrecord_in("watch", "--once")
    assert (refused.returncode, "no feed is named; give an address or a file" in refused.stderr) == (1, True)


def test_a_failure_stands_in_the_list_of_what_failed(newsroom: Newsroom, onrecord_in: Run) -> None:
    del newsroom.site.answers["/feed.rss"]
    done = onrecord_in("watch", "--once")
    assert "the server answered 404" in done.stderr
    assert "it is tried again from" in onrecord_in("articles", "--failed").stdout


def test_killed_while_it_watches_it_goes_on_where_it_was(newsroom: Newsroom, tmp_path: Path, onrecord_in: Run) -> None:
    newsroom.publish("one")
    asked = threading.Event()
    good = newsroom.site.answers["/one"]

    def stall(connection: object) -> None:
        asked.set()
        connection.recv(1)  # type: ignore[attr-defined]

    newsroom.site.answers["/one"] = stall
    environment = {key: value for key, value in os.environ.items() if key != "ONRECORD_RECORD"}
    command = [sys.executable, "-m", "onrecord.cli", "watch"]
    watching = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)
    while not asked.wait(1):
        assert watching.poll() is None
    watching.send_signal(signal.SIGKILL)
    watching.communicate()
    newsroom.site.answers["/one"] = good
    with Record.open(tmp_path / "onrecord.db") as record, record.connection(writes=True) as connection:
        connection.exec_driver_sql("UPDATE watched_pages SET held_until = 0")  # as when five minutes have passed
    assert "Story one" in onrecord_in("watch", "--once").stdout
    with Record.open(tmp_path / "onrecord.db") as record:
        assert [article.title for article in record.articles()] == ["Story one"]


def test_asked_to_stop_it_ends_well(newsroom: Newsroom, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onrecord.cli", "watch", newsroom.feed]
    watching = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert watching.stdout is not None and watching.stdout.readline() == "Watching 1 feed (Ctrl-C ends it)\n"
    watching.send_signal(signal.SIGTERM)
    assert watching.communicate()[0] == "Stopped; run the same again to go on.\n"
    assert watching.returncode == 0
