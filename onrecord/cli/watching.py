"""`onrecord watch`: the news as it comes in."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import open_record, record_option
from onrecord.cli.terminal import note, say
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.record import Record
    from onrecord.watch.rules import Rule
    from onrecord.watch.watcher import Said, Watcher


@click.command(short_help="Watch feeds, and put on record what comes.")
@click.argument("feeds", metavar="[FEED]...", nargs=-1)
@click.option("--every", type=click.FloatRange(1, 10_000), metavar="MINUTES", help="Between two polls. [default: 15]")
@click.option("--once", is_flag=True, help="One round of what is due, then end.")
@record_option
def watch(feeds: tuple[str, ...], every: float | None, once: bool, record_at: str | None) -> None:
    """Watch feeds: fetch, archive, read and link new articles as they come; Ctrl-C ends it, the same again goes on.

    A FEED is the address of an RSS or Atom feed, an OPML file, or a text file with an address a line; without any,
    those of [watch] in onrecord.toml are watched. Sites are asked as their robots.txt says, with pauses, and a feed
    only for what has changed. What fails is tried again, and listed with the reason by "onrecord articles --failed".
    Several watchers may share a record. [[alerts]] in onrecord.toml say what you want to be told of at once, here, on
    the desk and by webhook.

    \b
    onrecord watch https://example.org/rss
    onrecord watch feeds.opml --every 5
    onrecord watch --once
    """
    from onrecord.sources.fetching import policy_in_force
    from onrecord.watch import rules as wanted
    from onrecord.watch.subscriptions import feeds_named
    from onrecord.watch.watcher import Watcher

    named = feeds_named(feeds) or wanted.feeds()
    if not named:
        raise OnRecordError("no feed is named", advice="give an address or a file, or write [watch] into onrecord.toml")
    rules = wanted.rules()
    with open_record(record_at) as record:
        minutes = every * 60.0 if every else wanted.every()
        watcher = Watcher(record, named, policy_in_force(), every=minutes, say=_said)
        _tell(watcher, rules)  # from now on: nothing is told of what is on record already
        if once:
            watcher.round()
            _tell(watcher, rules)
        else:
            _run(watcher, rules, len(named))


def _run(watcher: Watcher, rules: Sequence[Rule], feeds: int) -> None:
    from onrecord.views.words import counted

    if threading.current_thread() is threading.main_thread():
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: watcher.stop.set())
    say(f"Watching {counted(feeds, 'feed')} (Ctrl-C ends it)")
    watcher.run(lambda: _tell(watcher, rules))
    say("Stopped; run the same again to go on.")


def _tell(watcher: Watcher, rules: Sequence[Rule]) -> None:
    """Raise the alerts that are due, here and by webhook."""
    from onrecord.watch.alerts import raise_alerts
    from onrecord.watch.webhooks import deliver

    record: Record = watcher.record
    for alert in raise_alerts(record, rules):
        say(f"ALERT {alert.rule}: {alert.words} (onrecord show {alert.subject})")
    for fault in deliver(record, rules, policy=watcher.policy, pace=watcher.pace):
        note(fault)


def _said(said: Said) -> None:
    if said.fault is not None:
        note(said.fault)
    elif said.arrival is not None:
        say(f"{said.arrival.article}  {said.arrival.title or 'untitled'}  {said.arrival.address}")
