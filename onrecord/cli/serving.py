"""`onrecord serve`: the desk in the browser."""

from __future__ import annotations

import socket

import click

from onrecord.cli.options import record_option
from onrecord.cli.terminal import note, say
from onrecord.errors import OnRecordError

PORT = 8765
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@click.command(short_help="Open the desk: the record in the browser.")
@record_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="The port to listen on.")
@click.option("--team", is_flag=True, help="For several people, who sign in; see onrecord people.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), help="Speak https with this (PEM).")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="The certificate's key (PEM).")
def serve(record_at: str | None, host: str, port: int, team: bool, certificate: str | None, key: str | None) -> None:
    """Open the desk on a record, to read, check and correct it in the browser; Ctrl-C ends it.

    Nothing leaves this machine, and nobody else can reach the desk. The record is made where there is none. With
    --team the desk may listen for other machines too, and everybody signs in.

    \b
    onrecord serve
    onrecord serve --record onrecord-demo.db --port 8000
    onrecord serve --team --host 0.0.0.0 --certificate desk.pem --key desk.key
    """
    from onrecord.config import settings
    from onrecord.desk.app import create_app

    if host not in LOOPBACK and not team:
        raise OnRecordError(
            "without sign-ins the desk is for this machine alone",
            where=f"--host {host}",
            advice="leave out --host, or open it with --team",
        )
    at = record_at or settings().record
    if team:
        _refuse_without_editor(at)
    app = create_app(at, team=team, hosts=None) if team else create_app(at)
    if team and certificate is None and host not in LOOPBACK:
        note("passwords cross the network in the clear; give --certificate and --key, or see docs/desk-team.md")
    _run(app, host, port, certificate, key)


def _refuse_without_editor(record_at: str) -> None:
    from onrecord.record import Record
    from onrecord.team.people import refuse_empty

    with Record.open(record_at) as record, record.connection() as connection:
        refuse_empty(connection)


def _run(app: object, host: str, port: int, certificate: str | None, key: str | None) -> None:
    """Serve until somebody stops it."""
    import uvicorn

    listening = _listener(host, port)
    shown = f"[{host}]" if ":" in host else host
    scheme = "https" if certificate else "http"
    say(f"The desk is open at {scheme}://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)")
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_level="warning",
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=2,  # pages that listen for what is new never hang up
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
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
