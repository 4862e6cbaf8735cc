"""Answers that do not end: their content piece by piece, for as long as somebody listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import h11

from onrecord.errors import FetchError
from onrecord.sources.fetching.exchange import request_events
from onrecord.sources.fetching.line import Line
from onrecord.sources.fetching.policy import Policy
from onrecord.sources.fetching.targets import Target, redirected, resolved, target_of

STALL = 20.0
"""Seconds of silence after which a stream counts as dropped."""


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer whose head has come; `pieces` gives its content, and raises `FetchError` where it breaks off."""

    url: str
    content_type: str
    pieces: Iterator[bytes]


@contextmanager
def stream(address: str, policy: Policy, *, seconds: float, stall: float = STALL) -> Iterator[Stream]:
    """Listen to an http(s) address for at most so many seconds, its redirects judged as `fetch` judges them."""
    target = target_of(address)
    for _ in range(policy.redirects + 1):
        addresses = resolved(target, is_allowed=target.host in policy.allowed, seconds=stall)
        with Line(target, addresses, seconds=seconds, largest=policy.largest, stall=stall) as line:
            speaker = h11.Connection(h11.CLIENT)
            for event in request_events(target, policy):
                line.send(speaker.send(event) or b"")
            head = _head(speaker, line, target)
            said = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
            if head.status_code in {301, 302, 303, 307, 308} and "location" in said:
                target = redirected(target, said["location"])
                continue
            if head.status_code != 200:
                raise FetchError(
                    f"the server answered {head.status_code} instead of a stream",
                    where=target.url,
                    advice="check the address",
                )
            yield Stream(target.url, said.get("content-type", ""), _pieces(speaker, line, target))
            return
    raise FetchError(f"redirects more than {policy.redirects} times", where=address, advice="check the address")


def _head(speaker: h11.Connection, line: Line, target: Target) -> h11.Response:
    while True:
        event = _next(speaker, line, target)
        if isinstance(event, h11.Response):
            return event
        if not isinstance(event, h11.InformationalResponse):
            raise _broken("no answer", target)


def _pieces(speaker: h11.Connection, line: Line, target: Target) -> Iterator[bytes]:
    while True:
        event = _next(speaker, line, target)
        if isinstance(event, h11.Data):
            yield bytes(event.data)
        else:
            return


def _next(speaker: h11.Connection, line: Line, target: Target) -> object:
    try:
        while (event := speaker.next_event()) is h11.NEED_DATA:
            speaker.receive_data(line.receive())
    except h11.RemoteProtocolError as fault:
        raise _broken(str(fault), target) from fault
    return event


def _broken(what: str, target: Target) -> FetchError:
    return FetchError(f"the stream broke off ({what})", where=target.url, advice="try again later")
