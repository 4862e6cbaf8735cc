"""A newsroom on loopback with a feed that grows, a watcher with a clock of its own, and a reader without the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

import pytest

from onrecord.articles import article_of
from onrecord.articles.article import Article
from onrecord.errors import OnRecordError
from onrecord.reading.batch import Given, Outcome
from onrecord.reading.schema import Reading
from onrecord.record import Record
from onrecord.sources.fetching import Policy
from onrecord.sources.source import Source
from onrecord.watch.pace import Pace
from onrecord.watch.watcher import Said, Watcher
from tests.sites import Site, response, site
from tests.sources.fetching.conftest import forgotten  # noqa: F401

RSS = "application/rss+xml"
POLICY = Policy(allowed=frozenset({"localhost"}), seconds=5.0)


@dataclass
class Newsroom:
    """A site with a feed of stories, each a page of its own."""

    site: Site
    stories: list[str] = field(default_factory=list)

    @property
    def feed(self) -> str:
        return self.site.url("/feed.rss")

    def publish(self, name: str, text: str | None = None) -> str:
        """Put a story at the head of the feed; gives the address of its page."""
        self.stories.insert(0, name)
        words = text or f"Shelling killed {len(self.stories)} people in the town on Friday, doctors said. "
        page = f"<html><head><title>Story {name}</title></head><body><article><h1>Story {name}</h1>"
        page += (
            f"<p>{words * 4}</p><p>Residents of the {name} quarter spoke of a long night.</p></article></body></html>"
        )
        self.site.answers[f"/{name}"] = response(page.encode())
        self.offer()
        return self.site.url(f"/{name}")

    def offer(self) -> None:
        """Let the feed be what it should be."""
        items = "".join(
            f"<item><title>Story {name}</title><link>{self.site.url(f'/{name}')}?utm_source=rss</link>"
            f"<guid>{name}</guid>"
            "<pubDate>Fri, 14 Oct 2016 09:00:00 GMT</pubDate><description>In short.</description></item>"
            for name in self.stories
        )
        body = (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Levant Courier</title>{items}</channel></rss>'
        )
        mark = f'"{len(self.stories)}"'

        def answer(connection: object) -> None:
            asked = self.site.requests[-1]
            unchanged = f"If-None-Match: {mark}".encode() in asked
            headers = {"ETag": mark, "Content-Type": RSS}
            changed = response(body.encode(), headers=headers)
            said = response(status="304 Not Modified", headers=headers) if unchanged else changed
            connection.sendall(said)  # type: ignore[attr-defined]

        self.site.answers["/feed.rss"] = answer


@dataclass
class Clock:
    """A clock that only tests turn."""

    seconds: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def turn(self, seconds: float) -> None:
        self.seconds += seconds


def plain_reader(source: Source, given: Given) -> Outcome:
    """A reading with the article alone, nothing read in it."""
    try:
        article = article_of(source, published=given.published, outlet=given.outlet, url=given.url)
    except OnRecordError as fault:
        return Outcome(source, None, fault)
    return Outcome(source, Reading(**{each.name: getattr(article, each.name) for each in fields(Article)}), None)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with site() as served:
        room = Newsroom(served)
        room.offer()
        yield room


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "onrecord.db") as opened:
        yield opened


@pytest.fixture
def said() -> list[Said]:
    """What watchers said."""
    return []


@pytest.fixture
def watch(record: Record, clock: Clock, said: list[Said]) -> Callable[..., Watcher]:
    """A watcher of feeds on the record."""

    def make(*feeds: str, record: Record = record, policy: Policy = POLICY) -> Watcher:
        pace = Pace(now=clock, chance=lambda: 0.5)
        return Watcher(record, feeds, policy, every=900.0, pace=pace, say=said.append, reader=plain_reader)

    return make
