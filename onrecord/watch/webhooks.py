"""Alerts by webhook: each is posted as JSON, signed, and tried again until it is taken or given up.

The body is `{"alert": {…}}`. The header `X-Onrecord-Signature` holds `t=SECONDS,v1=HEX`: the moment of sending and the
HMAC-SHA256, under the rule's secret, of that moment, a full stop and the body; whoever takes it should check both. An
address within the own network is asked only where `[fetching] allowed` in the settings names its host.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select, update

from onrecord.errors import FetchError
from onrecord.record import Record
from onrecord.sources.fetching import Policy, fetch
from onrecord.views.as_json import encoded, plain
from onrecord.watch.alerts import Alert, alert_numbered, shown
from onrecord.watch.pace import Pace
from onrecord.watch.rules import Rule
from onrecord.watch.tables import deliveries

MOST_TRIES = 10
"""An alert that nobody takes so often, over a day, is given up."""
SIGNATURE = "X-Onrecord-Signature"
_HOLD = 300.0
_DELIVERIES = deliveries.c


def deliver(record: Record, rules: Sequence[Rule], *, policy: Policy, pace: Pace) -> list[FetchError]:
    """Post the alerts that are due; the faults of those that were not taken, which are kept with them."""
    faults = []
    secrets = {rule.webhook: rule.secret for rule in rules if rule.webhook}
    for number, webhook, tries in _due(record, pace.now()):
        if webhook not in secrets or not _taken(record, number, webhook, pace.now()):
            continue
        with record.connection() as connection:
            (alert,) = shown(connection, [alert_numbered(connection, number)])
        fault = _posted(alert, webhook, secrets[webhook], policy, pace.now())
        _note(record, number, webhook, tries + 1, fault, pace)
        if fault is not None:
            faults.append(fault)
    return faults


def signature(secret: str, at: int, body: bytes) -> str:
    """What the header of a body says that was sent at this moment (seconds since 1970)."""
    made = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={made}"


def _posted(alert: Alert, webhook: str, secret: str | None, policy: Policy, now: float) -> FetchError | None:
    body = encoded({"alert": plain(alert)})
    headers = ((SIGNATURE, signature(secret, int(now), body)),) if secret else ()
    asked = replace(policy, robots=False, redirects=0, delay=0.0)  # robots.txt is about pages
    try:
        answer = fetch(webhook, policy=asked, data=body, content_type="application/json", headers=headers)
    except FetchError as fault:
        return fault
    if answer.is_page:
        return None
    return FetchError(f"the webhook answered {answer.status}", where=webhook, advice="it is tried again")


def _due(record: Record, now: float) -> list[tuple[int, str, int]]:
    waiting = select(_DELIVERIES.alert, _DELIVERIES.webhook, _DELIVERIES.tries).where(
        _DELIVERIES.delivered.is_(False),
        _DELIVERIES.given_up.is_(False),
        _DELIVERIES.due <= now,
        _DELIVERIES.held_until <= now,
    )
    with record.connection() as connection:
        return [(row.alert, row.webhook, row.tries) for row in connection.execute(waiting.order_by(_DELIVERIES.alert))]


def _taken(record: Record, number: int, webhook: str, now: float) -> bool:
    taking = update(deliveries).where(
        _DELIVERIES.alert == number,
        _DELIVERIES.webhook == webhook,
        _DELIVERIES.delivered.is_(False),
        _DELIVERIES.due <= now,
        _DELIVERIES.held_until <= now,
    )
    with record.connection(writes=True) as connection:
        return connection.execute(taking.values(held_until=now + _HOLD)).rowcount == 1


def _note(record: Record, number: int, webhook: str, tries: int, fault: FetchError | None, pace: Pace) -> None:
    values = {
        "delivered": fault is None,
        "given_up": fault is not None and tries >= MOST_TRIES,
        "due": pace.after_failures(tries),
        "held_until": 0.0,
        "tries": tries,
        "reason": None if fault is None else fault.what,
    }
    which = (_DELIVERIES.alert == number, _DELIVERIES.webhook == webhook)
    with record.connection(writes=True) as connection:
        connection.execute(update(deliveries).where(*which).values(values))
