"""`onrecord demo`: from a folder of invented news to a record and a report."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from pathlib import Path

import click

from onrecord.cli.terminal import FAULTY, say
from onrecord.errors import RecordError

RECORD = "onrecord-demo.db"


@click.command(short_help="Read the bundled sample and write report.html: start here.")
@click.option("--record", "record_at", default=RECORD, show_default=True, metavar="FILE", help="The record to make.")
@click.option("-o", "--output", default="report.html", show_default=True, help="The report to write.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Read on so many cores.")
@click.pass_context
def demo(context: click.Context, record_at: str, output: str, workers: int) -> None:
    """Read the bundled sample, put it on a record of its own, print what is on it and write the report.

    The sample is news on a fortnight that never was, as five invented outlets tell it: the places are real, nothing
    else is.

    \b
    onrecord demo
    onrecord serve --record onrecord-demo.db
    """
    from onrecord.cli.adding import add_all
    from onrecord.cli.exporting import write_report
    from onrecord.cli.options import open_record
    from onrecord.record import EVERYTHING
    from onrecord.views.summary import summary_lines

    _remove(Path(record_at))
    with open_record(record_at) as record:
        added = add_all(record, [_from_here(sample())], workers=workers)
        for line in summary_lines(record):
            say(line)
        write_report(record, EVERYTHING, output, title="The sample: an invented fortnight")
    say(f"Wrote {output}: open it in a browser. The record is {record_at}; read, check and correct it there with")
    say(f"  {_program()} serve --record {record_at}")
    if added.failed:
        context.exit(FAULTY)


def sample() -> Path:
    """The folder of the bundled sample; raises `RecordError` where the installation lacks it."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "samples", package.parent / "samples"):
        if folder.is_dir():
            return folder
    raise RecordError("the sample is missing", where=str(package / "samples"), advice="install onrecord again")


def _program() -> str:
    """How this program is called here: by its path, where it is in a virtual environment that is not active."""
    here = Path(sys.executable).with_name("onrecord")
    return "onrecord" if shutil.which("onrecord") or not here.exists() else _from_here(here)


def _from_here(folder: Path) -> str:
    """The path of a folder, in short where it lies within the one where we are."""
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)


def _remove(record: Path) -> None:
    """The demonstration's record is made anew each time, so that it shows what this version reads."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            Path(f"{record}{suffix}").unlink()
