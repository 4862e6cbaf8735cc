"""A camera on loopback: RTSP (RFC 2326) over TCP, an MPEG transport stream in RTP packets between the answers."""

from __future__ import annotations

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import socket

import av

_PACKET = 188 * 7
_SDP = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 33\r\na=control:track1\r\n"


def transport_stream(frames: int = 60, every: int = 10) -> bytes:
    """A generated video as a camera sends it, with a picture that stands by itself each so many."""
    out = io.BytesIO()
    with av.open(out, "w", format="mpegts") as file:
        stream = file.add_stream("mpeg2video", rate=25)
        stream.width = stream.height = 64
        stream.pix_fmt, stream.gop_size = "yuv420p", every
        for number in range(frames):
            frame = av.VideoFrame(64, 64, "rgb24")
            for plane in frame.planes:
                plane.update(bytes([number * 4 % 256]) * plane.buffer_size)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
    return out.getvalue()


@contextmanager
def camera(data: bytes, *, sends: int | None = None) -> Iterator[str]:
    """The address of a camera that sends a stream, and hangs up after it, or after so many bytes of it."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError, ValueError):
                _serve(self.request, data[:sends])

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True).start()
        try:
            yield f"rtsp://localhost:{server.server_address[1]}/live"
        finally:
            server.shutdown()


def _serve(line: socket, data: bytes) -> None:
    with line.makefile("rb") as asked:
        while True:
            request = asked.readline().decode()
            fields = {}
            while (field := asked.readline().decode().strip()) != "":
                name, _, value = field.partition(":")
                fields[name.lower()] = value.strip()
            method = request.partition(" ")[0]
            _answer(line, method, fields.get("cseq", "0"))
            if method == "PLAY":
                _send(line, data)
                return


def _answer(line: socket, method: str, number: str) -> None:
    more = {
        "OPTIONS": "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n",
        "DESCRIBE": f"Content-Type: application/sdp\r\nContent-Length: {len(_SDP)}\r\n",
        "SETUP": "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 7\r\n",
        "PLAY": "Session: 7\r\nRTP-Info: url=track1;seq=0;rtptime=0\r\n",
    }.get(method, "")
    body = _SDP if method == "DESCRIBE" else ""
    line.sendall(f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\n{more}\r\n{body}".encode())


def _send(line: socket, data: bytes) -> None:
    """RTP packets (RFC 3550, payload type 33) on channel 0 of the line."""
    for number, at in enumerate(range(0, len(data), _PACKET)):
        packet = struct.pack(">BBHII", 0x80, 33, number % 65536, number * 900, 7) + data[at : at + _PACKET]
        line.sendall(b"$\0" + struct.pack(">H", len(packet)) + packet)
