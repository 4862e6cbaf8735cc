"""A fetch: judged, asked for and followed through its redirects, each of which is judged anew."""

from __future__ import annotations

import time
from dataclasses import replace

from onrecord.errors import FetchError, RefusedError
from onrecord.sources.fetching.exchange import exchange
from onrecord.sources.fetching.fetched import Exchange, Fetched, Headers
from onrecord.sources.fetching.policy import Policy, policy_in_force
from onrecord.sources.fetching.robots import LARGEST, Robots
from onrecord.sources.fetching.targets import Target, redirected, resolved, target_of
from onrecord.sources.fetching.turns import Turns

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ROBOTS_REDIRECTS = 5
"""Redirects of a robots.txt that are followed (RFC 9309, section 2.3.1.2); with more it counts as out of reach."""

_turns = Turns()
_robots = Robots()


def fetch(
    address: str,
    *,
    policy: Policy | None = None,
    etag: str | None = None,
    modified: str | None = None,
    data: bytes = b"",
    content_type: str | None = None,
    headers: Headers = (),
) -> Fetched:
    """What stands at an http(s) address, with every exchange as it went over the line; any status is an answer.

    `etag` and `modified`, as an earlier fetch gave them, ask for it only if it has changed (else the status is 304).
    `data` is posted, as `content_type`, where there is any; `headers` are sent along to the address itself, and to no
    other that it redirects to. Without `policy`, the one that the settings give is in
    force. Raises `RefusedError` where the address, one that it redirects to, or a robots.txt forbids it, and
    `FetchError` where nothing whole came within the policy's bounds.
    """
    policy = policy or policy_in_force()
    more = _conditions(etag, modified, content_type)
    once = headers
    target, left = target_of(address), policy.seconds
    exchanges: list[Exchange] = []
    while True:
        made, left = _turn(target, policy, left, (*more, *once), data)
        once = ()
        exchanges.append(made)
        location = made.header("Location") if made.status in REDIRECTS else None
        if location is None:
            return Fetched(address, tuple(exchanges))
        target = _next(target, location, exchanges, policy)
        if made.status in {301, 302, 303}:  # RFC 9110, section 15.4: what was posted is not posted elsewhere
            data = b""


def _next(target: Target, location: str, exchanges: list[Exchange], policy: Policy) -> Target:
    following = redirected(target, location)
    asked = exchanges[0].url
    if any(made.url == following.url for made in exchanges):
        raise FetchError(
            "redirects in a circle, as sites do that want a cookie",
            where=asked,
            advice="save the page in a browser and hand in the file",
        )
    if len(exchanges) > policy.redirects:
        raise FetchError(f"redirects more than {policy.redirects} times", where=asked, advice="check the address")
    return following


def _turn(target: Target, policy: Policy, left: float, more: Headers, data: bytes) -> tuple[Exchange, float]:
    """The exchange with the target when it is its turn, and the seconds left after it."""
    is_allowed = target.host in policy.allowed
    delay = 0.0 if is_allowed else policy.delay
    if policy.robots:
        rules = _robots.rules(target, lambda robots: _robots_txt(robots, policy))
        if not rules.allow(target):
            raise _forbidden(target, rules.missing)
        delay = max(delay, rules.delay)
    with _turns.turn(target.host, delay):
        begun = time.monotonic()
        addresses = resolved(target, is_allowed=is_allowed, seconds=left)
        left -= time.monotonic() - begun
        begun = time.monotonic()
        made = exchange(target, addresses, policy=policy, seconds=left, more=more, data=data)
        return made, left - (time.monotonic() - begun)


def _robots_txt(target: Target, policy: Policy) -> tuple[int, bytes]:
    # Its beginning would do, but one that is larger than its bound twenty times over is an attack.
    bounds = replace(
        policy, robots=False, largest=20 * LARGEST, largest_unpacked=20 * LARGEST, redirects=ROBOTS_REDIRECTS
    )
    found = fetch(target.url, policy=bounds)
    return found.status, found.body


def _forbidden(target: Target, missing: str | None) -> FetchError:
    if missing is not None:
        return FetchError(
            f"its robots.txt cannot be had ({missing}), which means no",
            where=target.url,
            advice="check the address, or try again in some minutes",
        )
    return RefusedError(
        "its robots.txt forbids programs to fetch it",
        where=target.url,
        advice="open it in a browser and hand in the saved page",
    )


def _conditions(etag: str | None, modified: str | None, content_type: str | None) -> Headers:
    named = (("If-None-Match", etag), ("If-Modified-Since", modified), ("Content-Type", content_type))
    return tuple((name, value) for name, value in named if value is not None)
