"""What an open page is told when somebody else adds to the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from benchmarks.generated import Told, telling
from onrecord.archive.media.store import Keeper, now
from onrecord.desk.app import create_app
from onrecord.record import Record, adding
from onrecord.record.decisions.acts import Accept, Withhold
from onrecord.watch.alerts import raise_alerts
from onrecord.watch.rules import Rule
from tests.desk.serving import Server, served

WAR: list[Told] = list(telling(8, seed=7))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """The record as another process has it."""
    with Record.open(tmp_path / "onrecord.db") as opened:
        opened.add(WAR[0].source, WAR[0].reading)
        yield opened


@pytest.fixture
def server(record: Record, tmp_path: Path) -> Iterator[Server]:
    with served(create_app(tmp_path / "onrecord.db")) as running:
        yield running


class Line:
    """A line on which a browser listens."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.last_id = ""

    def next(self) -> tuple[str, Any]:
        """The next event that tells something."""
        event: dict[str, str] = {}
        for line in self._lines:
            if line == "" and "data" in event:
                return event["event"], json.loads(event["data"])
            name, _, value = line.partition(": ")
            event[name] = value
            self.last_id = event.get("id", self.last_id)
        raise AssertionError("the line was closed")

    def open(self) -> None:
        """Wait until the desk listens."""
        for line in self._lines:
            if line.startswith("id: "):
                self.last_id = line.removeprefix("id: ")
                return


@pytest.fixture
def listening(server: Server) -> Iterator[Line]:
    with httpx2.Client(timeout=60) as client, client.stream("GET", f"{server.url}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        line = Line(answer.iter_lines())
        line.open()
        yield line


def test_articles_that_another_process_adds_are_told_by_their_number(record: Record, listening: Line) -> None:
    with record.connection(writes=True) as connection:
        for told in WAR[1:4]:
            adding.add(connection, told.source, told.reading)
    assert listening.next() == ("articles", {"new": 3})


def test_a_decision_is_told_with_its_author_and_subject(record: Record, listening: Line) -> None:
    (article,) = record.articles()
    fact = next(record.facts(article.id))
    record.decide(Accept(fact.id), by="amal", why="as the text says")
    assert listening.next() == ("decision", {"by": "amal", "subject": fact.id})


def test_an_alert_is_told_in_words(record: Record, listening: Line) -> None:
    raise_alerts(record, [])
    record.add(WAR[4].source, WAR[4].reading)
    raise_alerts(record, [Rule("any", toll=0)])
    told = [listening.next()]
    while told[-1][0] != "alert":
        told.append(listening.next())
    assert told[-1][1]["rule"] == "any" and WAR[4].attack.town.name in told[-1][1]["words"]


def test_a_browser_that_was_away_is_told_what_it_missed(record: Record, server: Server, listening: Line) -> None:
    seen = listening.last_id
    record.add(WAR[1].source, WAR[1].reading)
    headers = {"last-event-id": seen}
    with httpx2.Client(timeout=60) as client, client.stream("GET", f"{server.url}/events", headers=headers) as answer:
        assert Line(answer.iter_lines()).next() == ("articles", {"new": 1})


@pytest.mark.parametrize("given", ["", "x", "1.2", "-1.0.0", "9" * 40 + ".0.0", "١.٢.٣"])
def test_a_position_that_is_none_means_from_now_on(record: Record, server: Server, given: str) -> None:
    headers = {"last-event-id": given.encode()}
    with httpx2.Client(timeout=60) as client, client.stream("GET", f"{server.url}/events", headers=headers) as answer:
        line = Line(answer.iter_lines())
        line.open()
        assert line.last_id.split(".")[0] == "1"


def test_the_alerts_stand_on_a_page_and_withheld_names_do_not(record: Record, server: Server) -> None:
    assert "There is no alert yet" in httpx2.get(f"{server.url}/alerts").text
    raise_alerts(record, [])
    record.add(WAR[4].source, WAR[4].reading)
    (alert, *_) = raise_alerts(record, [Rule("any", toll=0)])
    assert alert.words.split(":")[0] in httpx2.get(f"{server.url}/alerts").text
    record.decide(Withhold(alert.subject), by="edith", why="a source is in danger")
    assert alert.words.split(":")[0] not in httpx2.get(f"{server.url}/alerts").text


def test_a_part_of_a_stream_is_told(record: Record, listening: Line) -> None:
    subject = next(record.incidents()).id
    Keeper(record, subject, "https://cam.example/live", "stream", "video/mp2t").keep(b"part", now())
    assert listening.next() == ("media", {})
