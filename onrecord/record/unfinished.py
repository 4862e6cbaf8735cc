"""Folders in which files are made before they get their names; those that a killed program left are swept away.

A folder in use is locked. The lock goes with the program that held it, however it ended, so that what is unlocked was
left behind. Where the system has no such locks nothing is swept.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PREFIX = ".onrecord-unfinished-"


@contextmanager
def unfinished(beside: Path | None = None) -> Iterator[Path]:
    """A new folder beside a file to be (or where the system keeps such), which goes with all that is left in it."""
    parent = Path(gettempdir()) if beside is None else beside.parent
    sweep(parent)
    folder, lock = _made(parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def sweep(parent: Path) -> None:
    """Remove the folders of this kind that nobody uses any more; what may not be removed stays."""
    with suppress(OSError):
        for folder in parent.glob(f"{PREFIX}*"):
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _made(parent: Path) -> tuple[Path, int | None]:
    """A new folder with its lock; made again where another program swept it away before it was locked."""
    while True:
        folder = Path(mkdtemp(dir=parent, prefix=PREFIX))
        lock = _locked(folder)
        if fcntl is None or (lock is not None and folder.exists()):
            return folder, lock


def _locked(folder: Path) -> int | None:
    """The lock of a folder; None where another has it, the folder is gone, or the system has no such locks."""
    if fcntl is None:
        return None
    try:
        lock = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock
