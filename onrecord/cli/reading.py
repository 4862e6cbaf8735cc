"""`onrecord read`, `onrecord stories PATH` and `onrecord schema`: what articles say, without a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import (
    dask_option,
    outlet_option,
    paths_argument,
    published_option,
    url_option,
    workers_option,
)
from onrecord.cli.terminal import FAULTY, note, print_json, progress, say
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.reading.batch import Outcome
    from onrecord.sources import Source


@click.command(short_help="Show what articles say, without keeping it.")
@paths_argument
@click.option("--json", "as_json", is_flag=True, help="One reading a line, as the schema has it (onrecord schema).")
@workers_option
@dask_option
@published_option
@outlet_option
@url_option
@click.pass_context
def read(
    context: click.Context,
    paths: tuple[str, ...],
    as_json: bool,
    workers: int,
    dask: str | None,
    published: str | None,
    outlet: str | None,
    url: str | None,
) -> None:
    """Read articles and show what they say: incidents, tolls, truces, labels, and who says so.

    A PATH is what "onrecord add" takes. With --json the readings come one a line and in the order of the articles;
    one that could not be read has {"format", "id", "error"} in its place. The exit status is then 1.

    \b
    onrecord read clipping.txt --published 2016-10-14
    onrecord read --json articles.jsonl > readings.jsonl
    curl -s https://example.org/story.html | onrecord read -
    """
    faults = 0
    for outcome in _outcomes(paths, workers=workers, dask=dask, published=published, outlet=outlet, url=url):
        faults += outcome.fault is not None
        _show(outcome, as_json)
    if faults:
        context.exit(FAULTY)


def _outcomes(
    paths: tuple[str, ...],
    *,
    workers: int,
    dask: str | None,
    published: str | None,
    outlet: str | None,
    url: str | None,
) -> Iterator[Outcome]:
    from onrecord.reading.batch import read_sources
    from onrecord.sources import sources_in

    with progress("Reading") as advance:
        for outcome in read_sources(
            sources_in(paths), workers=workers, dask=dask, published=published, outlet=outlet, url=url
        ):
            if outcome.fault is not None:
                note(outcome.fault)
            yield outcome
            advance()


def _show(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print_json([json_of(outcome)])
    elif outcome.reading is not None:
        from onrecord.views.reading import lines_of

        for line in lines_of(outcome.reading):
            say(line)


def json_of(outcome: Outcome) -> dict[str, object]:
    """The reading as JSON values, or what stands in its place."""
    from onrecord.reading.schema import FORMAT, as_json

    if outcome.reading is not None:
        return as_json(outcome.reading)
    return {"format": FORMAT, "id": id_of(outcome.source, outcome.fault), "error": str(outcome.fault)}


def id_of(source: Source | None, fault: OnRecordError | None) -> str | None:
    """The id that an article's reading would have had: the caller's, else that of the bytes, else the place."""
    if source is None:
        return fault.where if fault else None
    if source.kind == "json":
        try:
            given = json.loads(source.data).get("id")
        except (ValueError, AttributeError, RecursionError):
            given = None
        if isinstance(given, str):
            return given
    return f"sha256:{source.sha256}"


@click.command(short_help="Print the JSON Schema of a reading.")
def schema() -> None:
    """Print the JSON Schema (2020-12) of what "onrecord read --json" gives.

    \b
    onrecord schema > onrecord-reading.schema.json
    """
    from onrecord.reading.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
