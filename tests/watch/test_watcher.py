"""A watcher and a newsroom whose feed grows, stalls, breaks and comes back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.archive.capturing import captures_of
from onrecord.record import Record
from onrecord.sources.fetching import Policy
from onrecord.watch import arrivals
from onrecord.watch.watcher import Said, Watcher
from tests.sites import response
from tests.watch.conftest import POLICY, RSS, Clock, Newsroom

Watch = Callable[..., Watcher]


def titles(record: Record) -> list[str]:
    return sorted(article.title or "" for article in record.articles())


def failures(record: Record) -> dict[str, str]:
    return {failure.where: f"{failure.reason}; {failure.advice}" for failure in record.failures()}


def test_what_a_feed_offers_is_fetched_archived_read_and_put_on_record(
    newsroom: Newsroom, watch: Watch, record: Record
) -> None:
    address = newsroom.publish("one")
    (arrival,) = watch(newsroom.feed).round()
    (article,) = record.articles()
    assert (arrival.article, arrival.address) == (article.id, address)
    assert (article.title, article.published) == ("Story one", "2016-10-14T09:00:00+00:00")
    assert [capture.asked for capture in captures_of(record, address)] == [address]
    assert article.provenance[0].captured is not None


def test_only_what_is_new_is_fetched_when_the_feed_grows(
    newsroom: Newsroom, watch: Watch, record: Record, clock: Clock
) -> None:
    newsroom.publish("one")
    watcher = watch(newsroom.feed)
    watcher.round()
    newsroom.publish("two")
    clock.turn(1000)
    watcher.round()
    assert titles(record) == ["Story one", "Story two"]
    assert newsroom.site.asked() == ["/feed.rss", "/one", "/feed.rss", "/two"]


def test_a_feed_that_has_not_changed_is_not_sent_again(newsroom: Newsroom, watch: Watch, clock: Clock) -> None:
    newsroom.publish("one")
    watcher = watch(newsroom.feed)
    for _ in range(3):
        watcher.round()
        clock.turn(1000)
    polls = [request for request in newsroom.site.requests if b" /feed.rss " in request]
    assert [b'If-None-Match: "1"' in request for request in polls] == [False, True, True]


def test_a_feed_is_polled_no_sooner_than_it_is_due(newsroom: Newsroom, watch: Watch, clock: Clock) -> None:
    watcher = watch(newsroom.feed)
    watcher.round()
    clock.turn(800)
    watcher.round()
    assert newsroom.site.asked() == ["/feed.rss"]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_server_that_asks_for_a_pause_gets_it(
    newsroom: Newsroom, watch: Watch, record: Record, clock: Clock, status: str
) -> None:
    newsroom.site.answers["/feed.rss"] = response(status=status, headers={"Retry-After": "7200"})
    watcher = watch(newsroom.feed)
    watcher.round()
    assert "the server answered" in failures(record)[newsroom.feed]
    assert "it is tried again from 2027-01-15 10:00 UTC on" in failures(record)[newsroom.feed]
    newsroom.publish("one")
    clock.turn(7100)
    watcher.round()
    assert titles(record) == []
    clock.turn(101)
    watcher.round()
    assert (titles(record), failures(record)) == (["Story one"], {})


def test_each_failure_in_a_row_doubles_the_wait(newsroom: Newsroom, watch: Watch, clock: Clock) -> None:
    newsroom.site.answers["/feed.rss"] = response(status="500 Internal Server Error")
    watcher = watch(newsroom.feed)
    for waited, polls in ((0, 1), (44, 1), (2, 2), (88, 2), (3, 3), (178, 3), (4, 4)):
        clock.turn(waited)
        watcher.round()
        assert len(newsroom.site.asked()) == polls, waited


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<rss><channel><item><title>half", "is a feed without entries"),
        (b"", "without entries"),
        (b"\x00\xff\xfe" * 50, "without entries"),
        (b"<!DOCTYPE html><html><body>Please enable cookies</body></html>", "without entries"),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>', "declares XML entities"),
    ],
)
def test_a_broken_feed_is_a_failure_with_its_reason(
    newsroom: Newsroom, watch: Watch, record: Record, body: bytes, reason: str
) -> None:
    newsroom.site.answers["/feed.rss"] = response(body, headers={"Content-Type": RSS})
    assert watch(newsroom.feed).round() == []
    assert reason in failures(record).get(newsroom.feed, "") or body.startswith(b"<rss>")


def test_a_feed_that_hangs_does_not_hold_up_the_others(newsroom: Newsroom, watch: Watch, record: Record) -> None:
    newsroom.publish("one")
    newsroom.site.answers["/hangs"] = lambda connection: connection.recv(1) and None
    policy = Policy(allowed=POLICY.allowed, seconds=0.5)
    watch(newsroom.site.url("/hangs"), newsroom.feed, policy=policy).round()
    assert titles(record) == ["Story one"]
    assert "tried again" in failures(record)[newsroom.site.url("/hangs")]


def test_a_page_that_fails_is_tried_again_and_its_failure_then_forgotten(
    newsroom: Newsroom, watch: Watch, record: Record, clock: Clock, said: list[Said]
) -> None:
    address = newsroom.publish("one")
    good = newsroom.site.answers["/one"]
    newsroom.site.answers["/one"] = response(status="502 Bad Gateway")
    watcher = watch(newsroom.feed)
    watcher.round()
    assert failures(record)[address].startswith("the server answered 502; it is tried again from")
    assert [each.address for each in said if each.fault] == [address]
    newsroom.site.answers["/one"] = good
    clock.turn(100)
    watcher.round()
    assert (titles(record), failures(record)) == (["Story one"], {})


def test_a_page_that_never_comes_is_given_up(newsroom: Newsroom, watch: Watch, record: Record, clock: Clock) -> None:
    address = newsroom.publish("one")
    newsroom.site.answers["/one"] = response(status="500 Oops")
    watcher = watch(newsroom.feed)
    for _ in range(arrivals.MOST_TRIES + 3):
        watcher.round()
        clock.turn(8 * 3600)
    assert newsroom.site.asked().count("/one") == arrivals.MOST_TRIES
    assert "it is not tried again" in failures(record)[address]


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden"])
def test_a_page_that_is_not_there_is_not_asked_for_again(
    newsroom: Newsroom, watch: Watch, record: Record, clock: Clock, status: str
) -> None:
    address = newsroom.publish("one")
    newsroom.site.answers["/one"] = response(status=status)
    watcher = watch(newsroom.feed)
    for _ in range(3):
        watcher.round()
        clock.turn(86400)
    assert newsroom.site.asked().count("/one") == 1
    assert "it is not tried again" in failures(record)[address]


def test_robots_txt_is_obeyed_by_feeds_and_pages(newsroom: Newsroom, watch: Watch, record: Record) -> None:
    newsroom.site.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /one\n")
    address = newsroom.publish("one")
    newsroom.publish("two")
    watch(newsroom.feed).round()
    assert titles(record) == ["Story two"] and "/one" not in newsroom.site.asked()
    assert "robots.txt forbids" in failures(record)[address]


def test_the_text_in_the_feed_stands_in_for_a_page_that_cannot_be_had(
    newsroom: Newsroom, watch: Watch, record: Record
) -> None:
    text = "Shelling killed 12 people in the town on Friday, doctors said. " * 4
    item = (
        f"<item><title>Whole</title><link>{newsroom.site.url('/whole')}</link><guid>w</guid>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
    )
    body = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Courier</title>{item}</channel></rss>"
    )
    newsroom.site.answers["/feed.rss"] = response(body.encode(), headers={"Content-Type": RSS})
    newsroom.site.answers["/whole"] = response(status="403 Forbidden")
    watch(newsroom.feed).round()
    (article,) = record.articles()
    assert (article.title, article.provenance[0].origin) == ("Whole", f"{newsroom.feed}#w")
    assert failures(record) == {}


def test_two_watchers_fetch_nothing_twice(newsroom: Newsroom, watch: Watch, record: Record, tmp_path: Path) -> None:
    for number in range(12):
        newsroom.publish(f"story{number}")
    with Record.open(tmp_path / "onrecord.db") as other, ThreadPoolExecutor(2) as both:
        watchers = [watch(newsroom.feed), watch(newsroom.feed, record=other)]
        for done in [both.submit(watcher.round) for watcher in watchers]:
            done.result()
        for watcher in watchers:
            watcher.round()
    assert len(titles(record)) == 12
    assert sorted(newsroom.site.asked()) == sorted(["/feed.rss", *(f"/story{number}" for number in range(12))])


def test_what_a_watcher_held_when_it_was_killed_is_taken_up_later(
    newsroom: Newsroom, watch: Watch, record: Record, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def kill(*_: object, **__: object) -> None:
        raise Killed

    newsroom.publish("one")
    for step in ("capture", "read"):
        with monkeypatch.context() as killing:
            killing.setattr(arrivals, step, kill)
            with pytest.raises(Killed):
                watch(newsroom.feed).round()
        watch(newsroom.feed).round()
        assert titles(record) == []
        clock.turn(301)
    watch(newsroom.feed).round()
    assert titles(record) == ["Story one"]
    assert newsroom.site.asked().count("/one") == 1


def test_a_feed_that_is_no_longer_named_is_left_alone(newsroom: Newsroom, watch: Watch, clock: Clock) -> None:
    watch(newsroom.feed).round()
    clock.turn(10_000)
    watch(newsroom.site.url("/other.rss")).round()
    assert newsroom.site.asked() == ["/feed.rss", "/other.rss"]


def test_a_private_address_is_not_asked_unless_it_is_allowed(newsroom: Newsroom, watch: Watch, record: Record) -> None:
    newsroom.publish("one")
    watch(newsroom.feed, policy=Policy()).round()
    assert newsroom.site.requests == []
    assert newsroom.feed in failures(record)


def test_it_runs_until_it_is_stopped_and_reads_while_it_fetches(
    newsroom: Newsroom, watch: Watch, record: Record
) -> None:
    newsroom.publish("one")
    newsroom.publish("two")
    watcher = watch(newsroom.feed)

    def stop_when_done() -> None:
        if len(titles(record)) == 2:
            watcher.stop.set()

    watcher.run(stop_when_done)
    assert titles(record) == ["Story one", "Story two"]


def test_a_fault_of_the_program_while_fetching_ends_the_watch_and_is_not_hidden(
    newsroom: Newsroom, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    newsroom.publish("one")
    monkeypatch.setattr(arrivals, "capture", broken)
    with pytest.raises(ZeroDivisionError):
        watch(newsroom.feed).run()
