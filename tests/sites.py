"""Web sites on loopback whose answers, down to the byte, are what a test wants."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socket import socket

Answer = bytes | Callable[[socket], None]


@dataclass
class Site:
    """A site: what it answers by path, and every request that it got, as it came."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[bytes] = field(default_factory=list)
    scheme: str = "http"

    def url(self, path: str = "/", host: str = "localhost") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def asked(self) -> list[str]:
        """The paths that were asked for, in order, but for robots.txt."""
        paths = [request.split(b" ")[1].decode() for request in self.requests]
        return [path for path in paths if path != "/robots.txt"]

    def answer_to(self, request: bytes) -> Answer:
        self.requests.append(request)
        path = request.split(b" ")[1].decode("latin-1")
        return self.answers.get(path, response(b"not here", status="404 Not Found"))


def response(body: bytes = b"", *, status: str = "200 OK", headers: Mapping[str, str] | None = None) -> bytes:
    """A response as it goes over the line; a length that is given replaces the true one."""
    said = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return response(status=status, headers={"Location": to})


@contextmanager
def site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port of loopback, for as long as the context lasts."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # a client that goes away is what many tests are about
                connection = tls.wrap_socket(self.request, server_side=True) if tls else self.request
                answer = served.answer_to(_request(connection))
                answer(connection) if callable(answer) else connection.sendall(answer)
                connection.close()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        served = Site(server.server_address[1], scheme="https" if tls else "http")
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()


def _request(connection: socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            raise OSError("the client went away")
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while lengths and len(body) < int(lengths[0]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
