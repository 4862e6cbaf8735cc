"""The group of all commands, and how the program ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import IO, Any

import click

from onrecord import __version__
from onrecord.cli.adding import add
from onrecord.cli.archiving import archive
from onrecord.cli.capturing import capture
from onrecord.cli.comparing import compare
from onrecord.cli.deciding import contradictions, decide, decisions, why
from onrecord.cli.demonstration import demo
from onrecord.cli.exporting import export, report
from onrecord.cli.listing import actors, articles, claims, incidents, labels, places, search, stories, tolls, truces
from onrecord.cli.people import people
from onrecord.cli.places import gazetteer
from onrecord.cli.proving import backup, restore, verify
from onrecord.cli.reading import read, schema
from onrecord.cli.releasing import release, releases
from onrecord.cli.rereading import relink, reread
from onrecord.cli.serving import serve
from onrecord.cli.showing import show
from onrecord.cli.stamping import timestamp
from onrecord.cli.terminal import note
from onrecord.cli.watching import watch
from onrecord.errors import OnRecordError

INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C has ended
PIPE_CLOSED = 141  # and for one whose reader has gone


class Fault(click.ClickException):
    """A fault of the library, as one line on the standard error; exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        note(self.message)


class Commands(click.Group):
    """The commands in the order in which one meets them, rather than by letter."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except OnRecordError as fault:
            raise Fault(str(fault)) from fault


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="onrecord")
def onrecord() -> None:
    """Reads the news on an armed conflict and keeps the record: what happened, where and when; how many were
    harmed; and on whose word.

    \b
    onrecord demo                      read the bundled sample and write report.html
    onrecord add news/                 read files, pages, feeds and archives onto the record
    onrecord incidents --place Aleppo  what is on record
    onrecord show i3f2a                one happening, its accounts side by side
    onrecord report                    everything as one page for the browser

    The record is a file, onrecord.db in the folder where you are; --record or ONRECORD_RECORD name another. Every
    listing prints a table on a terminal, tab-separated lines in a pipe, and JSON lines with --json.
    """


for _command in (
    *(demo, add, read, reread, relink),
    *(incidents, tolls, truces, claims, labels, articles, stories, places, actors, search, show),
    *(why, contradictions, decide, decisions),
    *(
        serve,
        watch,
        people,
        report,
        export,
        release,
        releases,
        compare,
        capture,
        archive,
        timestamp,
        verify,
        backup,
        restore,
        schema,
        gazetteer,
    ),
):
    onrecord.add_command(_command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status: 0 done, 1 something could not be, 2 wrong usage."""
    _listen()
    try:
        status = onrecord.main(arguments, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except (click.Abort, KeyboardInterrupt):
        note("stopped; what was put on record stays there, run the same again to go on")
        return INTERRUPTED
    except BrokenPipeError:
        # Python would complain once more when it closes the standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return status if isinstance(status, int) else 0


def _listen() -> None:
    """Show what the library logs only to those who ask for it: `ONRECORD_LOG=debug`."""
    import logging

    level = os.environ.get("ONRECORD_LOG", "")
    if level:
        logging.basicConfig(level=level.upper(), stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
