"""Folders for what is not finished: gone in the end, swept when a killed program left them, kept while in use."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from onrecord.record import Record
from onrecord.record.unfinished import sweep, unfinished


def killed_in_one(target: Path) -> None:
    """Have a program be killed while it makes a file."""
    child = os.fork()
    if child == 0:
        with unfinished(target) as folder:
            (folder / "half").write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def test_a_folder_goes_with_all_that_is_in_it(tmp_path: Path) -> None:
    with unfinished(tmp_path / "copy.db") as folder:
        (folder / "half").write_bytes(b"half")
        assert folder.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_goes_when_the_next_begins(tmp_path: Path) -> None:
    killed_in_one(tmp_path / "copy.db")
    (left,) = tmp_path.iterdir()
    assert (left / "half").exists()
    with unfinished(tmp_path / "copy.db") as folder:
        assert list(tmp_path.iterdir()) == [folder]
    killed_in_one(tmp_path / "copy.db")
    Record.open(tmp_path / "onrecord.db").close()
    assert [path.name for path in tmp_path.iterdir()] == ["onrecord.db"]


def test_what_is_in_use_or_no_such_folder_is_left_alone(tmp_path: Path) -> None:
    strange = tmp_path / ".onrecord-notes"
    strange.mkdir()
    with unfinished(tmp_path / "copy.db") as folder:
        child = os.fork()  # another program
        if child == 0:
            sweep(tmp_path)
            os._exit(0)
        os.waitpid(child, 0)
        assert folder.is_dir() and strange.is_dir()
