"""Running `onrecord` as a user does, and a record made from the sample, once for all tests of a process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli.app import onrecord


@dataclass(frozen=True)
class Done:
    """What a command said and how it ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


def run_in(folder: Path, *arguments: object, input: str | None = None) -> Done:
    """Run `onrecord` in a folder, within this process, where the model is loaded already."""
    with chdir(folder):
        done = CliRunner(env={"ONRECORD_RECORD": None}).invoke(onrecord, [str(each) for each in arguments], input=input)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def run_apart(folder: Path, arguments: Sequence[str]) -> Done:
    """Run `onrecord` in a folder as a process of its own."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    environment.pop("ONRECORD_RECORD", None)
    command = [sys.executable, "-m", "onrecord.cli", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def onrecord_in(tmp_path: Path) -> Run:
    """Runs `onrecord` with the arguments, in a folder of the test's own."""
    return lambda *arguments, **options: run_in(tmp_path, *arguments, **options)


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """The folder in which `onrecord demo` was run, and what it said."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, run_apart(folder, ["demo"])


@pytest.fixture(scope="session")
def demo_record(demonstrated: tuple[Path, Done]) -> Path:
    """The record of the sample; only for looking at."""
    folder, done = demonstrated
    assert done.returncode == 0, done.stderr
    return folder / "onrecord-demo.db"


@pytest.fixture
def copied_record(demo_record: Path, tmp_path: Path) -> Path:
    """A record of the sample that a test may change."""
    return Path(shutil.copy(demo_record, tmp_path / "onrecord.db"))
