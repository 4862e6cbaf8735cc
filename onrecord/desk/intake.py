"""Reading what people hand in at the desk: by a program of its own, so that the desk stays small and quick."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

State = Literal["waiting", "reading", "done", "failed"]
KEPT = 30
"""Jobs of which the page still tells."""
_LINES = 12


@dataclass(slots=True)
class Job:
    """Something that was handed in: what, by whom, when, and what became of it; `said` are the reader's own words."""

    what: str
    by: str
    at: str
    arguments: tuple[str, ...]
    folder: Path | None
    state: State = "waiting"
    said: list[str] = field(default_factory=list)


class Intake:
    """Reads one job after the other, in the background, onto the record at a path or address."""

    def __init__(self, record_at: str) -> None:
        self._record_at = record_at
        self._jobs: deque[Job] = deque(maxlen=KEPT)
        self._turn = threading.Condition()
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._reader: subprocess.Popen[str] | None = None

    @property
    def jobs(self) -> Sequence[Job]:
        """The last jobs, the newest first."""
        with self._turn:
            return tuple(reversed(self._jobs))

    @property
    def busy(self) -> bool:
        """Whether anything is still to be read."""
        return any(job.state in ("waiting", "reading") for job in self.jobs)

    def hand_in(self, what: str, by: str, arguments: Sequence[str], folder: Path | None = None) -> None:
        """Have a command of `onrecord` put something on record; `folder` is removed when it is done."""
        job = Job(what, by, datetime.now(UTC).isoformat(timespec="seconds"), tuple(arguments), folder)
        with self._turn:
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
                self._thread.start()
            self._turn.notify()

    def stop(self) -> None:
        """End the work; what is not read yet is not read."""
        with self._turn:
            self._stopped = True
            self._turn.notify()
            if self._reader is not None:
                self._reader.terminate()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                self._read(job)
            finally:
                if job.folder is not None:
                    shutil.rmtree(job.folder, ignore_errors=True)

    def _next(self) -> Job | None:
        with self._turn:
            while not self._stopped:
                for job in self._jobs:
                    if job.state == "waiting":
                        job.state = "reading"
                        return job
                self._turn.wait()
            return None

    def _read(self, job: Job) -> None:
        command = [sys.executable, "-m", "onrecord.cli", *job.arguments]
        # The address of a database may hold a password, which the list of processes would show to everybody.
        environment = {**os.environ, "ONRECORD_RECORD": self._record_at}
        with self._turn:
            if self._stopped:
                return
            self._reader = subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
            )
        said, _ = self._reader.communicate()
        folder = f"{job.folder}{os.sep}" if job.folder else ""
        job.said = [line.replace(folder, "") if folder else line for line in said.splitlines()][-_LINES:]
        job.state = "done" if self._reader.returncode == 0 else "failed"


def new_folder() -> Path:
    """A folder for what is handed in, which nobody else can look into."""
    return Path(tempfile.mkdtemp(prefix="onrecord-"))
