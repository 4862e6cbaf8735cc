"""Alerts by rule: raised once, again when the figure changes, and delivered until somebody takes them."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import update

from benchmarks.generated import Told, telling
from onrecord.errors import DataError
from onrecord.reading.schema import TruceStep
from onrecord.record import Filter, Record
from onrecord.sources.fetching import Policy
from onrecord.watch.alerts import raise_alerts
from onrecord.watch.pace import Pace
from onrecord.watch.rules import Rule, every, feeds, rule_of, rules
from onrecord.watch.tables import alert_progress
from onrecord.watch.webhooks import MOST_TRIES, SIGNATURE, deliver
from tests.sites import Site, redirect, response, site
from tests.watch.conftest import POLICY, Clock

WAR: list[Told] = list(telling(24, seed=7))
FIRST = WAR[0]


@pytest.fixture
def quiet(record: Record) -> Record:
    """A record whose alerts are held against what comes from now on."""
    raise_alerts(record, [])
    return record


def add(record: Record, *told: Told) -> None:
    for each in told:
        record.add(each.source, each.reading)


def highest(record: Record) -> int:
    return max(toll.range.high or 0 for toll in record.tolls() if toll.range.effect == "killed")


def test_a_figure_above_the_limit_is_told_once(quiet: Record) -> None:
    add(quiet, FIRST)
    limit = highest(quiet)
    above, at = Rule("above", toll=limit - 1), Rule("at", toll=limit)
    (alert,) = raise_alerts(quiet, [above, at])
    (incident,) = quiet.incidents()
    assert (alert.rule, alert.subject, alert.what["high"]) == ("above", incident.id, limit)
    assert f"{limit}" in alert.words and FIRST.attack.town.name in alert.words
    assert raise_alerts(quiet, [above]) == []


def test_it_is_told_again_when_the_range_changes_and_only_then(quiet: Record) -> None:
    rule = Rule("any", toll=0)
    seen: set[tuple[object, ...]] = set()
    for told in WAR:
        article = quiet.add(told.source, told.reading)
        (incident,) = quiet.incidents(Filter(article=article))
        now = {
            (incident.id, t.status, t.group, t.low, t.best, t.high, t.open)
            for t in incident.tolls
            if t.effect == "killed"
        }
        assert len(raise_alerts(quiet, [rule])) == len(now - seen)
        seen |= now
    assert len({subject for subject, *_ in seen}) < len(seen)


def test_what_is_on_record_when_the_rules_are_first_held_is_not_told(record: Record) -> None:
    add(record, *WAR)
    assert raise_alerts(record, [Rule("any", toll=0)]) == []


def test_what_another_process_added_is_told_too(quiet: Record, tmp_path: Path) -> None:
    with Record.open(tmp_path / "onrecord.db") as other:
        add(other, FIRST)
    assert len(raise_alerts(quiet, [Rule("there", place=FIRST.attack.town.name)])) == 1


def test_two_watchers_do_not_tell_the_same_twice(quiet: Record, tmp_path: Path) -> None:
    add(quiet, FIRST)
    rule = Rule("any", toll=0)
    first = raise_alerts(quiet, [rule])
    with quiet.connection(writes=True) as connection:  # as if the other had begun at the same entry
        connection.execute(update(alert_progress).values(entry=0))
    assert first and raise_alerts(quiet, [rule]) == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (Rule("there", place=FIRST.attack.town.name), True),
        (Rule("elsewhere", place="Lausanne"), False),
        (Rule("they", actor=FIRST.attack.side), True),
        (Rule("others", actor="Sweden"), False),
        (Rule("both", place=FIRST.attack.town.name, toll=10_000_000), False),
        (Rule("truces", truce=("rejected",)), False),
    ],
)
def test_all_that_a_rule_says_must_be_so(quiet: Record, rule: Rule, told: bool) -> None:
    add(quiet, FIRST)
    assert bool(raise_alerts(quiet, [rule])) == told


def test_accounts_that_contradict_each_other_are_told_with_their_sides(quiet: Record) -> None:
    rule = Rule("they differ", contradiction=True)
    add(quiet, FIRST)
    assert raise_alerts(quiet, [rule]) == []
    add(quiet, *WAR)
    told = {(alert.subject, alert.what["matter"], *alert.what["sides"]) for alert in raise_alerts(quiet, [rule])}
    assert told == {
        (found.incident, found.matter, *sorted(side.says for side in found.sides)) for found in quiet.contradictions()
    }
    assert told


def test_the_steps_of_a_truce_are_told_to_who_asks_for_them(quiet: Record) -> None:
    told = next(each for each in WAR if each.reading.truces)
    step = told.reading.truces[0].step
    add(quiet, told)
    others = tuple(other for other in get_args(TruceStep) if other != step)
    asked, not_asked = Rule("asked", truce=(step,)), Rule("not asked", truce=others)
    alerts = raise_alerts(quiet, [asked, not_asked])
    assert [(alert.rule, alert.what["step"]) for alert in alerts] == [("asked", step)] * len(alerts) != []
    assert alerts[0].subject == next(quiet.truces()).id


@pytest.fixture
def hook() -> Iterator[Site]:
    with site() as served:
        served.answers["/hook"] = response(b"ok")
        yield served


@pytest.fixture
def hooked(quiet: Record, hook: Site) -> tuple[Record, Rule]:
    rule = Rule("any", toll=0, webhook=hook.url("/hook"), secret="mellow")
    add(quiet, FIRST)
    assert len(raise_alerts(quiet, [rule])) == 1
    return quiet, rule


def test_a_webhook_gets_the_alert_signed(hooked: tuple[Record, Rule], hook: Site, clock: Clock) -> None:
    record, rule = hooked
    assert deliver(record, [rule], policy=POLICY, pace=Pace(now=clock)) == []
    (request,) = hook.requests
    head, _, body = request.partition(b"\r\n\r\n")
    assert json.loads(body)["alert"]["rule"] == "any"
    found = re.search(rf"{SIGNATURE}: t=(\d+),v1=(\w+)", head.decode())
    assert found is not None and int(found[1]) == int(clock())
    assert found[2] == hmac.new(b"mellow", f"{found[1]}.".encode() + body, hashlib.sha256).hexdigest()
    assert deliver(record, [rule], policy=POLICY, pace=Pace(now=clock)) == []
    assert len(hook.requests) == 1


def test_a_webhook_that_fails_is_tried_again_and_given_up_in_the_end(
    hooked: tuple[Record, Rule], hook: Site, clock: Clock
) -> None:
    record, rule = hooked
    hook.answers["/hook"] = response(status="500 Oops")
    pace = Pace(now=clock, chance=lambda: 1.0)
    assert [fault.what for fault in deliver(record, [rule], policy=POLICY, pace=pace)] == ["the webhook answered 500"]
    assert deliver(record, [rule], policy=POLICY, pace=pace) == []
    for _ in range(MOST_TRIES + 2):
        clock.turn(7 * 3600)
        deliver(record, [rule], policy=POLICY, pace=pace)
    assert len(hook.requests) == MOST_TRIES


def test_a_webhook_within_the_network_is_asked_only_with_permission(
    hooked: tuple[Record, Rule], hook: Site, clock: Clock
) -> None:
    record, rule = hooked
    (fault,) = deliver(record, [rule], policy=Policy(), pace=Pace(now=clock))
    assert hook.requests == [] and "allowed" in str(fault)


def test_a_webhook_leads_nowhere_else(hooked: tuple[Record, Rule], hook: Site, clock: Clock) -> None:
    record, rule = hooked
    hook.answers["/hook"] = redirect("/other")
    assert len(deliver(record, [rule], policy=POLICY, pace=Pace(now=clock))) == 1
    assert hook.asked() == ["/hook"]


def test_the_settings_name_feeds_and_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feeds.txt").write_text("https://b.example/rss\n")
    (tmp_path / "onrecord.toml").write_text(
        '[watch]\nfeeds = ["https://a.example/rss", "feeds.txt"]\nevery = 5\n'
        '[[alerts]]\nname = "dead"\ntoll = 10\nplace = "Aleppo"\n[[alerts]]\nname = "truce"\ntruce = "violated"\n'
    )
    monkeypatch.chdir(tmp_path)
    assert feeds() == ["https://a.example/rss", "https://b.example/rss"]
    assert every() == 300.0
    assert rules() == (Rule("dead", toll=10, place="Aleppo"), Rule("truce", truce=("violated",)))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "an alert has no name"),
        ({"name": " ", "toll": 1}, "an alert has no name"),
        ({"name": "x"}, "asks for nothing"),
        ({"name": "x", "tol": 1}, "there is no 'tol' in an alert; there are name, toll"),
        ({"name": "x", "toll": "10"}, "toll = '10' is not understood"),
        ({"name": "x", "toll": True}, "toll = True is not understood"),
        ({"name": "x", "toll": 1, "effect": "dead"}, "'dead' is no effect"),
        ({"name": "x", "truce": ["broken"]}, "'broken' is no step of a truce; choose of proposed"),
        ({"name": "x", "toll": 1, "webhook": "ftp://x"}, "a webhook is no address"),
    ],
)
def test_a_rule_that_is_not_understood_is_refused_by_name(values: dict[str, object], said: str) -> None:
    with pytest.raises(DataError) as refused:
        rule_of(values, "onrecord.toml")
    assert said in str(refused.value)
