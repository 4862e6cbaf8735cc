"""How the commands speak: tables on a terminal, lines in a pipe, JSON where asked, faults on the standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from onrecord.errors import OnRecordError
from onrecord.views.as_json import encoded
from onrecord.views.plain import one_line, printable

if TYPE_CHECKING:
    from onrecord.views.listing import Listing

WIDE = 130
"""A terminal of so many columns shows every column of a listing."""

FAULTY = 1
"""The exit status where something could not be read."""


def say(text: str = "") -> None:
    """Print a line to the standard output, without what could steer the terminal."""
    click.echo(printable(text))


def note(fault: OnRecordError | str) -> None:
    """Print one line on the standard error."""
    click.echo(f"onrecord: {one_line(str(fault))}", err=True)


def print_json(values: Iterable[object]) -> None:
    """Print each value as one line of JSON; dataclasses as objects."""
    for value in values:
        click.echo(encoded(value))


def print_listing(listing: Listing) -> None:
    """Print a table, or in a pipe one line a row with tabs between the fields."""
    if sys.stdout.isatty():
        _print_table(listing)
        return
    for row in listing.rows:
        click.echo("\t".join(one_line(field) for field in row))


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """A progress bar on the standard error, where that is a terminal; the value given is to be called at each step."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def _print_table(listing: Listing) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = list(listing.rows)
    console = Console(highlight=False)
    if not rows:
        console.print(Text(listing.empty))
        return
    shown = [at for at, column in enumerate(listing.columns) if console.width >= WIDE or not column.optional]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for column in (listing.columns[at] for at in shown):
        table.add_column(
            column.title,
            justify="right" if column.number else "left",
            ratio=column.ratio,
            width=column.width,
            overflow="fold",
            no_wrap=column.ratio is None and column.width is None,
        )
    for row in rows:
        table.add_row(*(Text(printable(row[at])) for at in shown))
    console.print(table)
