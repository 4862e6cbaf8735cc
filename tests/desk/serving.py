"""The desk on a real server, on a free port of loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp


@dataclass(frozen=True)
class Server:
    """Where the desk listens."""

    url: str
    port: int


@contextmanager
def served(app: ASGIApp) -> Iterator[Server]:
    """Serve an application for as long as the context lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{port}", port)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
