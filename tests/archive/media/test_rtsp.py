"""RTSP: packets are put into parts that stand by themselves, and only judged addresses are connected to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count

import av
import pytest

from onrecord.archive.media.rtsp import _parts, _pinned, rtsp_parts
from onrecord.errors import FetchError, RefusedError
from onrecord.sources.fetching import Policy
from tests.archive.media.cameras import camera, transport_stream
from tests.archive.media.test_recording import video


def test_each_part_is_a_file_of_its_own_that_begins_with_a_whole_picture() -> None:
    ticks = count()
    with av.open(io.BytesIO(video(frames=60))) as held:
        packets = sum(1 for packet in held.demux(held.streams.video[0]) if packet.dts is not None)
    with av.open(io.BytesIO(video(frames=60))) as held:
        parts = list(_parts(held, 3.0, lambda: float(next(ticks))))
    assert len(parts) > 1
    seen = 0
    for part in parts:
        with av.open(io.BytesIO(part)) as file:
            assert "matroska" in file.format.name
            kept = [packet for packet in file.demux(file.streams.video[0]) if packet.dts is not None]
        assert kept[0].is_keyframe
        seen += len(kept)
    assert seen == packets


def test_a_camera_in_a_closed_network_is_refused() -> None:
    with pytest.raises(RefusedError, match="this very machine"):
        list(rtsp_parts("rtsp://127.0.0.1/stream", Policy(), 10.0, lambda: 0.0))
    with pytest.raises(RefusedError, match="password"):
        list(rtsp_parts("rtsp://user:word@cam.example/stream", Policy(), 10.0, lambda: 0.0))


def test_the_judged_address_takes_the_place_of_the_name() -> None:
    allowed = Policy(allowed=frozenset({"localhost"}))
    assert _pinned("rtsp://localhost:8554/a?b=c", allowed) in {"rtsp://127.0.0.1:8554/a?b=c", "rtsp://[::1]:8554/a?b=c"}


def test_a_camera_that_is_not_there_is_told() -> None:
    with pytest.raises(FetchError, match="dropped"):
        list(rtsp_parts("rtsp://localhost:1/a", Policy(allowed=frozenset({"localhost"})), 10.0, lambda: 0.0))


def until_it_drops(parts: Iterator[bytes]) -> list[bytes]:
    """What came before a camera hung up, which is never its end."""
    came: list[bytes] = []
    with pytest.raises(FetchError, match="ended"):
        came.extend(parts)
    return came


def test_a_camera_is_recorded_over_the_line() -> None:
    ticks = count()
    allowed = Policy(allowed=frozenset({"localhost"}))
    with camera(transport_stream(frames=60)) as at:
        parts = until_it_drops(rtsp_parts(at, allowed, 8.0, lambda: float(next(ticks))))
    assert len(parts) > 1
    packets = []
    for part in parts:
        with av.open(io.BytesIO(part)) as file:
            packets.append([packet for packet in file.demux(file.streams.video[0]) if packet.dts is not None])
    assert all(kept[0].is_keyframe for kept in packets)
    assert 55 <= sum(map(len, packets)) <= 60  # what comes while the form is looked for may be lost


def test_a_camera_that_hangs_up_leaves_what_came() -> None:
    allowed = Policy(allowed=frozenset({"localhost"}))
    data = transport_stream(frames=60)
    with camera(data, sends=len(data) // 2) as at:
        parts = until_it_drops(rtsp_parts(at, allowed, 1000.0, lambda: 0.0))
    assert len(parts) == 1
