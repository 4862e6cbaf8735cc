"""Alerts: what on record somebody wanted to be told of, each once, and again only when what it says has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from onrecord.record import Filter, Record
from onrecord.record.contradictions import Contradiction, contradictions_in
from onrecord.record.decisions.withholding import WITHHELD
from onrecord.record.groups import Kind, group_of, members
from onrecord.record.journal import entries, head
from onrecord.record.shapes import IncidentOnRecord, TollRange, TruceOnRecord, TruceStepOnRecord
from onrecord.record.shelf import Shelf
from onrecord.views.details import headline
from onrecord.views.listing import figures_and_voices, listed, places
from onrecord.views.words import range_of, voice_of, who_of
from onrecord.watch.queue import put_new
from onrecord.watch.rules import Rule
from onrecord.watch.tables import alert_progress, alerts, deliveries

AT_ONCE = 500
"""Entries of the journal that the rules are held against at a time."""
_ALERTS = alerts.c


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a rule asked for; `subject` is the id of the incident or truce, `what` its figures or step."""

    number: int
    rule: str
    subject: str
    words: str
    what: Mapping[str, Any]
    at: str


@dataclass(frozen=True, slots=True)
class _Match:
    rule: Rule
    subject: str
    words: str
    what: Mapping[str, Any]

    @property
    def key(self) -> str:
        told = "\x1f".join((self.rule.name, self.subject, *(f"{name}={self.what[name]}" for name in sorted(self.what))))
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def raise_alerts(record: Record, rules: Sequence[Rule]) -> list[Alert]:
    """Hold the rules against what came or was decided since they were last held, whoever added it; the new alerts.

    The first time nothing is raised of what is on record already.
    """
    with record.connection() as connection:
        since = connection.scalar(select(alert_progress.c.entry))
        touched, until = ([], head(connection).number) if since is None else _touched(connection, since)
    if until == since:
        return []
    matches = [match for article in touched for rule in rules for match in _matches(record, rule, article)]
    with record.connection(writes=True) as connection:
        raised = [alert for match in matches if (alert := _raised(connection, match)) is not None]
        connection.execute(delete(alert_progress))
        connection.execute(insert(alert_progress).values(entry=until))
    return raised


def shown(connection: Connection, raised: Sequence[Alert]) -> list[Alert]:
    """The alerts as they may be shown: without the words of those on what was withheld since they were raised."""
    shelf = Shelf(connection)
    return [replace(alert, words=WITHHELD, what={}) if _is_withheld(shelf, alert) else alert for alert in raised]


def alerts_since(connection: Connection, number: int, limit: int = 100) -> list[Alert]:
    """The alerts after a number, the first raised first."""
    wanted = select(alerts).where(_ALERTS.number > number).order_by(_ALERTS.number).limit(limit)
    return [_alert(row) for row in connection.execute(wanted)]


def last_alerts(connection: Connection, limit: int = 100) -> list[Alert]:
    """The alerts, the last raised first."""
    return [_alert(row) for row in connection.execute(select(alerts).order_by(_ALERTS.number.desc()).limit(limit))]


def alert_numbered(connection: Connection, number: int) -> Alert:
    """The alert of this number, which must be there."""
    return _alert(connection.execute(select(alerts).where(_ALERTS.number == number)).one())


def last_number(connection: Connection) -> int:
    """The number of the last alert; 0 where there is none."""
    return connection.scalar(select(func.max(_ALERTS.number))) or 0


def _touched(connection: Connection, since: int) -> tuple[list[str], int]:
    """The articles that were read or decided on since, and the number of the last entry that this takes in."""
    found: dict[str, None] = {}
    until = since
    for entry in entries(connection, after=since, limit=AT_ONCE):
        until = entry.number
        if entry.kind in {"read", "decided"} and entry.subject.startswith("a"):
            found[entry.subject.split("/")[0]] = None
    return list(found), until


def _matches(record: Record, rule: Rule, article: str) -> Iterator[_Match]:
    of = Filter(place=rule.place, actor=rule.actor, article=article)
    if rule.asks_of_incidents:
        for incident in record.incidents(of):
            yield from _of_incident(rule, incident)
    if rule.truce:
        for truce in record.truces(of):
            yield from _of_truce(rule, truce, article)


def _of_incident(rule: Rule, incident: IncidentOnRecord) -> Iterator[_Match]:
    above = [toll for toll in incident.tolls if rule.toll is not None and _is_above(toll, rule)]
    if rule.toll is not None and not above:
        return
    if rule.contradiction:
        for found in contradictions_in(incident):
            if rule.toll is None or found.matter == "toll":
                yield _of_contradiction(rule, incident, found)
    elif rule.toll is None:
        yield _Match(rule, incident.id, headline(incident), {})
    else:
        yield from (_of_toll(rule, incident, toll) for toll in above)


def _of_toll(rule: Rule, incident: IncidentOnRecord, toll: TollRange) -> _Match:
    told = ("effect", "status", "group", "low", "best", "high", "open")
    said = f"{headline(incident)}: {who_of(toll)} {range_of(toll)}: {figures_and_voices(toll)}"
    return _Match(rule, incident.id, said, {name: getattr(toll, name) for name in told})


def _of_contradiction(rule: Rule, incident: IncidentOnRecord, found: Contradiction) -> _Match:
    sides = [f"{side.says} ({listed(dict.fromkeys(map(voice_of, side.voices)))})" for side in found.sides]
    said = f"{headline(incident)}: accounts contradict each other ({found.about}): {', against '.join(sides)}"
    what = {"matter": found.matter, "about": found.about, "sides": sorted(side.says for side in found.sides)}
    return _Match(rule, incident.id, said, what)


def _of_truce(rule: Rule, truce: TruceOnRecord, article: str) -> Iterator[_Match]:
    for step in truce.steps:
        if step.article.id == article and step.step in rule.truce:
            yield _Match(
                rule, truce.id, _step_words(truce, step), {"step": step.step, "on": step.on, "by": step.voice.name}
            )


def _step_words(truce: TruceOnRecord, step: TruceStepOnRecord) -> str:
    where = places(truce.places) or "place not told"
    on = f" on {step.on}" if step.on else ""
    return f"{truce.kind}, {where}: {step.step}{on}, by the word of {voice_of(step.voice)}"


def _is_above(toll: TollRange, rule: Rule) -> bool:
    highest = max((number for number in (toll.low, toll.best, toll.high) if number is not None), default=0)
    return toll.effect == rule.effect and rule.toll is not None and highest > rule.toll


def _is_withheld(shelf: Shelf, alert: Alert) -> bool:
    """Whether the incident is, or a person whom one of its articles names."""
    kind: Kind = "truce" if alert.subject.startswith("t") else "incident"
    group = group_of(shelf.connection, kind, alert.subject)
    if group is None or group in shelf.withheld_groups:
        return True
    return any(shelf.hides(article) for _, article, _ in members(shelf.connection, kind, group))


def _raised(connection: Connection, match: _Match) -> Alert | None:
    """The alert that comes of a match; None where it was raised before."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    values = {
        "rule": match.rule.name,
        "subject": match.subject,
        "words": match.words,
        "what": dict(match.what),
        "at": at,
    }
    if not put_new(connection, alerts, {"key": match.key, **values}):
        return None
    alert = _alert(connection.execute(select(alerts).where(_ALERTS.key == match.key)).one())
    if match.rule.webhook is not None:
        waiting = {"delivered": False, "given_up": False, "due": 0.0, "held_until": 0.0, "tries": 0}
        put_new(connection, deliveries, {"alert": alert.number, "webhook": match.rule.webhook, **waiting})
    return alert


def _alert(row: Any) -> Alert:
    return Alert(row.number, row.rule, row.subject, row.words, row.what, row.at)
