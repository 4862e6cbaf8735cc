"""`onrecord serve`: the desk in the browser."""

from __future__ import annotations

import socket

import click

from onrecord.cli.options import record_option
from onrecord.cli.terminal import say
from onrecord.errors import OnRecordError

PORT = 8765
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@click.command(short_help="Open the desk: the record in the browser.")
@record_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="The port to listen on.")
def serve(record_at: str | None, host: str, port: int) -> None:
    """Open the desk on a record, to read, check and correct it in the browser; Ctrl-C ends it.

    Nothing leaves this machine, and nobody else can reach the desk. The record is made where there is none.

    \b
    onrecord serve
    onrecord serve --record onrecord-demo.db --port 8000
    """
    from onrecord.config import settings
    from onrecord.desk.app import create_app

    if host not in LOOPBACK:
        raise OnRecordError(
            "without sign-ins the desk is for this machine alone", where=f"--host {host}", advice="leave out --host"
        )
    app = create_app(record_at or settings().record)
    _run(app, host, port)


def _run(app: object, host: str, port: int) -> None:
    """Serve until somebody stops it."""
    import uvicorn

    listening = _listener(host, port)
    shown = f"[{host}]" if ":" in host else host
    say(f"The desk is open at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)")
    config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)  # type: ignore[arg-type]
    uvicorn.Server(config).run(sockets=[listening])


def _listener(host: str, port: int) -> socket.socket:
    """A socket that listens; raises `OnRecordError` where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as fault:
        listening.close()
        raise OnRecordError(
            f"cannot listen there ({fault.strerror})",
            where=f"{host}:{port}",
            advice="another desk may be open: use it, or give another --port",
        ) from fault
    listening.listen(128)
    return listening
