"""One request and its response over HTTP/1.1 (RFC 9112), spoken by h11."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import h11

from onrecord.errors import FetchError
from onrecord.sources.fetching.decoding import ACCEPTED, unpacked
from onrecord.sources.fetching.fetched import Exchange, Headers
from onrecord.sources.fetching.line import Line
from onrecord.sources.fetching.policy import Policy
from onrecord.sources.fetching.targets import IPAddress, Target

LARGEST_HEAD = 1 << 16
"""Bytes of a response's head; browsers and servers draw the line at or below it."""
MOST_INTERIM = 8
"""Responses before the response ("103 Early Hints") that are borne with."""
_WANTED = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, text/plain;q=0.9, */*;q=0.5"


def exchange(
    target: Target,
    addresses: tuple[IPAddress, ...],
    *,
    policy: Policy,
    seconds: float,
    more: Headers = (),
    data: bytes = b"",
) -> Exchange:
    """Ask for the target at the first of the addresses that answers; `data` is posted where there is any.

    Raises `FetchError` where the response does not come whole, in time, within the bounds, as HTTP has it.
    """
    begun = _now()
    with Line(target, addresses, seconds=seconds, largest=policy.largest) as line:
        speaker = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)
        try:
            for event in request_events(target, policy, more, data):
                line.send(speaker.send(event) or b"")
            head, body, start = _response(speaker, line)
        except h11.RemoteProtocolError as fault:
            raise FetchError(
                f"the answer is no HTTP or breaks off ({fault})", where=target.url, advice=_LATER
            ) from fault
        except h11.LocalProtocolError as fault:
            raise FetchError(f"cannot be asked for ({fault})", where=target.url, advice="check the address") from fault
        end = len(line.received) - len(speaker.trailing_data[0])
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers.raw_items())
        made = Exchange(
            url=target.url,
            address=str(line.address),
            begun=begun,
            ended=_now(),
            request=bytes(line.sent),
            response=bytes(line.received[start:end]),
            status=head.status_code,
            reason=head.reason.decode("latin-1"),
            headers=headers,
            payload=body,
            body=body,
            certificate=line.certificate,
        )
    return _unpacked(made, policy)


def request_events(target: Target, policy: Policy, more: Headers = (), data: bytes = b"") -> Iterator[h11.Event]:
    """A request for a target, as h11 takes it; `data` is posted where there is any."""
    headers = [
        ("Host", target.authority),
        ("User-Agent", policy.agent),
        ("Accept", _WANTED),
        ("Accept-Encoding", ACCEPTED),
        ("Connection", "close"),
        *more,
    ]
    if data:
        headers.append(("Content-Length", str(len(data))))
    yield h11.Request(method="POST" if data else "GET", target=target.path, headers=headers)
    if data:
        yield h11.Data(data=data)
    yield h11.EndOfMessage()


_LATER = "try again later"


def _unpacked(made: Exchange, policy: Policy) -> Exchange:
    body = unpacked(made.payload, made.header("Content-Encoding"), most=policy.largest_unpacked, where=made.url)
    return replace(made, body=body)


def _response(speaker: h11.Connection, line: Line) -> tuple[h11.Response, bytes, int]:
    """The response's head, its body (still packed) and where in what was received it begins."""
    head: h11.Response | None = None
    body = bytearray()
    start = interim = 0
    while True:
        event = speaker.next_event()
        if event is h11.NEED_DATA:
            speaker.receive_data(line.receive())
        elif isinstance(event, h11.InformationalResponse):
            interim += 1
            if interim > MOST_INTERIM:
                raise h11.RemoteProtocolError("too many responses before the response")
            start = len(line.received) - len(speaker.trailing_data[0])
        elif isinstance(event, h11.Response):
            head = event
            if len(line.received) - len(speaker.trailing_data[0]) - start > LARGEST_HEAD:
                raise h11.RemoteProtocolError(f"a head of more than {LARGEST_HEAD:,} bytes")
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return head, bytes(body), start
        else:
            raise h11.RemoteProtocolError("the connection was closed without an answer")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
