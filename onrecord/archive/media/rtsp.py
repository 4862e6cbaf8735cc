"""RTSP cameras, by PyAV: packets put into files of some seconds as they come, neither decoded nor changed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import DataError, FetchError, RefusedError
from onrecord.sources.fetching import Policy
from onrecord.sources.fetching.streaming import STALL
from onrecord.sources.fetching.targets import Target, resolved

CONTENT_TYPE = "video/x-matroska"
_PORT = 554


def rtsp_parts(address: str, policy: Policy, seconds: float, clock: Callable[[], float]) -> Iterator[bytes]:
    """Parts of about so many seconds, each a Matroska file that begins with a picture that stands by itself.

    The name is resolved once, judged as for `fetch`, and the connection made to that address, over TCP. Raises
    `FetchError` where the stream drops or cannot be had, `DataError` where the extra is not installed.
    """
    try:
        import av
    except ImportError as fault:
        raise DataError("recording RTSP needs more", advice="pip install 'onrecord[media]'") from fault
    options = {"rtsp_transport": "tcp", "timeout": str(int(STALL * 1_000_000)), "protocol_whitelist": "rtsp,tcp,rtp"}
    try:
        with av.open(_pinned(address, policy), options=options, timeout=STALL) as held:
            yield from _parts(held, seconds, clock)
            if held.duration is not None:  # a recording, which has an end
                return
    except (av.error.FFmpegError, OSError) as fault:
        raise FetchError(f"the stream dropped ({fault})", where=address, advice="check the address") from fault
    # A camera does not end; where it hangs up, it dropped.
    raise FetchError("the stream ended", where=address, advice="it is tried again")


def _pinned(address: str, policy: Policy) -> str:
    """The address with the host's judged IP address in place of its name."""
    parts = urlsplit(address)
    if parts.username is not None or not parts.hostname:
        raise RefusedError("has no host, or carries a password", where=parts.hostname, advice="check the address")
    host = parts.hostname.lower()
    target = Target("rtsp", host, parts.port or _PORT, parts.path)
    ip = resolved(target, is_allowed=host in policy.allowed, seconds=STALL)[0]
    shown = f"[{ip}]" if ip.version == 6 else str(ip)
    return parts._replace(netloc=f"{shown}:{parts.port or _PORT}").geturl()


def _parts(held: Any, seconds: float, clock: Callable[[], float]) -> Iterator[bytes]:
    import av

    (video,) = held.streams.video[:1]
    part, begun = _Part(video), clock()
    try:
        for packet in held.demux(video):
            if packet.dts is None:
                continue
            if packet.is_keyframe and part.packets and clock() - begun >= seconds:
                yield part.closed()
                part, begun = _Part(video), clock()
            part.put(packet)
    except (av.error.FFmpegError, OSError):
        if part.packets:
            yield part.closed()
        raise
    if part.packets:
        yield part.closed()


class _Part:
    """A Matroska file in the making."""

    def __init__(self, video: Any) -> None:
        import av

        self._data = io.BytesIO()
        self._file = av.open(self._data, "w", format="matroska")
        self._stream = self._file.add_stream_from_template(video)
        self.packets = 0

    def put(self, packet: Any) -> None:
        packet.stream = self._stream
        self._file.mux(packet)
        self.packets += 1

    def closed(self) -> bytes:
        self._file.close()
        return self._data.getvalue()
