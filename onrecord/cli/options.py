"""Options that several commands share, and what their values are parsed to."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import reduce
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.terminal import note

if TYPE_CHECKING:
    from onrecord.record import Filter, Record

Command = Callable[..., Any]


def first_day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The day that a date (ISO 8601) stands for; of a month or year the first one."""
    return value and _day(value, last=False)


def last_day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The day that a date (ISO 8601) stands for; of a month or year the last one."""
    return value and _day(value, last=True)


def moment(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """An ISO 8601 date, or date and time, kept as it was written."""
    try:
        datetime.fromisoformat(value or "2000-01-01")
    except ValueError as fault:
        raise click.BadParameter(f"{value!r} is no date; write it as 2016-10-14 or 2016-10-14T18:30+02:00") from fault
    return value


def _day(value: str, *, last: bool) -> str:
    try:
        match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
        year, month, number = (int(part) if part else None for part in match.groups()) if match else (0, 0, 0)
        month = month or (12 if last else 1)
        number = number or (calendar.monthrange(year or 0, month)[1] if last else 1)
        return date(year or 0, month, number).isoformat()
    except ValueError as fault:
        raise click.BadParameter(f"{value!r} is no date; write it as 2016-10-14, 2016-10 or 2016") from fault


_LINKED_OTHERWISE = (
    "another version of onrecord linked this record; what is listed is right by those links, but slower to list: "
    'run "onrecord relink", or on a large record for the time being "onrecord relink --only-listings"'
)
record_option = click.option(
    "--record",
    "record_at",
    metavar="FILE",
    envvar="ONRECORD_RECORD",
    show_envvar=True,
    help="The record: a file, or the address of a database. [default: onrecord.db]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every sentence.")
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    metavar="N",
    help="Read on so many cores; each takes a few hundred megabytes. [default: 1]",
)
dask_option = click.option(
    "--dask",
    metavar="ADDRESS",
    help="Read on the machines of a Dask cluster, by its scheduler (tcp://HOST:8786); each must have onrecord.",
)
published_option = click.option(
    "--published",
    metavar="DATE",
    callback=moment,
    help='The day of publication, on which "on Friday" is reckoned; overrides what a page says.',
)
outlet_option = click.option("--outlet", metavar="NAME", help="The outlet; overrides what a page says.")
url_option = click.option("--url", metavar="URL", help="The address of the article; overrides what a page says.")
paths_argument = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())


rule_option = click.option(
    "--rule",
    type=click.Choice(("representative", "conservative", "informative")),
    default="representative",
    help="The best figure of a toll: the one of most origins, the lowest, or the most exact. [default: representative]",
)


def filter_options(types: str | None = None) -> Callable[[Command], Command]:
    """The options that narrow a listing; `types` says what `--type` takes there, None that there are no types."""
    options = (
        click.option(
            "--since", metavar="DATE", callback=first_day, help="From this day on (a month or a year will do)."
        ),
        click.option("--until", metavar="DATE", callback=last_day, help="Up to this day."),
        click.option("--place", metavar="NAME", help="A town, region or country (with all in it), or geonames:ID."),
        click.option("--actor", metavar="NAME", help="A party, organisation or person, or wikidata:ID."),
        click.option("--outlet", metavar="NAME", help="As this outlet tells it."),
        *((click.option("--type", metavar="TYPE", help=types),) if types else ()),
        click.option("--story", metavar="ID", help="Of this story."),
        click.option("--text", metavar="WORDS", help="Of articles in which this occurs."),
        click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many."),
        *((rule_option,) if types else ()),
    )

    def with_options(command: Command) -> Command:
        return reduce(lambda inner, option: option(inner), reversed(options), command)

    return with_options


def filter_of(**given: Any) -> Filter:
    """The filter that the options of `filter_options` describe."""
    from onrecord.record import Filter

    return Filter(**given)


def open_record(at: str | None) -> Record:
    """The record at a path or address, else the one of the settings; made where there is none.

    Says so where an earlier version linked it.
    """
    from onrecord.config import settings
    from onrecord.record import Record

    record = Record.open(at or settings().record)
    if record.linked_otherwise():
        note(_LINKED_OTHERWISE)
    return record


def existing_record(at: str | None) -> Record:
    """The record as `open_record` gives it; raises `RecordError` where the file is not there yet."""
    from pathlib import Path

    from onrecord.config import settings
    from onrecord.errors import RecordError

    address = at or settings().record
    path = Path(address.removeprefix("sqlite:///"))
    if ("://" not in address or address.startswith("sqlite:///")) and not path.exists():
        raise RecordError(
            "there is no record here",
            where=address,
            advice="make one with: onrecord add PATH, or try: onrecord demo",
        )
    return open_record(at)
