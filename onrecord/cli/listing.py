"""The listings: what is on record, as tables, lines or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from onrecord.cli.options import existing_record, filter_of, filter_options, json_option, record_option, workers_option
from onrecord.cli.terminal import FAULTY, note, print_json, print_listing

if TYPE_CHECKING:
    from onrecord.record import Record
    from onrecord.views.listing import Listing

Shape = TypeVar("Shape")
limit_option = click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many.")
EVENT_TYPES = "A PLOVER type or mode: ASSAULT, aerial, heavy-weapons, abduct ..."


@click.command(short_help="What happened, where and when.")
@filter_options(EVENT_TYPES)
@record_option
@json_option
def incidents(record_at: str | None, as_json: bool, **given: Any) -> None:
    """List the incidents on record: what happened, where, when, by whom, with the range of the toll.

    "outlets" is how many tell of it, "origins" how many of them do so on their own: copies and repeated quotes are no
    further witness. With --json each incident has all of its accounts and their sentences.

    \b
    onrecord incidents --place Aleppo --since 2016-09
    onrecord incidents --type aerial --actor Russia
    onrecord incidents --json | jq .tolls
    """
    from onrecord.views.listings import incident_listing

    _list(record_at, as_json, lambda record: record.incidents(filter_of(**given)), incident_listing)


@click.command(short_help="How many were harmed, from the lowest to the highest figure.")
@filter_options("An effect: killed, wounded, missing, detained, kidnapped, displaced.")
@record_option
@json_option
def tolls(record_at: str | None, as_json: bool, **given: Any) -> None:
    """List the tolls on record: low, best and high, and whose figure each is.

    The best figure is the one that most independent origins give; no figure is ever added to another. "?" stands
    where no origin bounds the toll.

    \b
    onrecord tolls --type killed --since 2016-09-22
    onrecord tolls --place Syria --json
    """
    from onrecord.views.listings import toll_listing

    _list(record_at, as_json, lambda record: record.tolls(filter_of(**given)), toll_listing)


@click.command(short_help="What became of each ceasefire, pause and corridor.")
@filter_options("A kind or step: ceasefire, humanitarian-pause, agreed, extended, violated ...")
@record_option
@json_option
def truces(record_at: str | None, as_json: bool, **given: Any) -> None:
    """List the truces on record with their steps, each by somebody's account.

    \b
    onrecord truces --place Aleppo
    onrecord truces --type violated --json
    """
    from onrecord.views.listings import truce_listing

    _list(record_at, as_json, lambda record: record.truces(filter_of(**given)), truce_listing)


@click.command(short_help="Who says what.")
@filter_options("direct, indirect or mixed quotation.")
@click.option(
    "--together", "put_together", is_flag=True, help="One line for what several articles have, in whatever words."
)
@record_option
@json_option
def claims(record_at: str | None, as_json: bool, put_together: bool, **given: Any) -> None:
    """List the statements on record: who says what, in which article. --actor narrows to a speaker.

    With --together each statement is listed once: since when, which outlets print it, and in how many wordings; those
    that most outlets print come first.

    \b
    onrecord claims --actor "John Kerry"
    onrecord claims --since 2016-10 --text Lausanne
    onrecord claims --actor "John Kerry" --together
    """
    from onrecord.record.repeated_claims import together
    from onrecord.views.listings import claim_listing, repeated_listing

    if put_together:
        _list(record_at, as_json, lambda record: iter(together(record.claims(filter_of(**given)))), repeated_listing)
    else:
        _list(record_at, as_json, lambda record: record.claims(filter_of(**given)), claim_listing)


@click.command(short_help="Who calls whom what.")
@filter_options("A tone: hostile, neutral or approving.")
@record_option
@json_option
def labels(record_at: str | None, as_json: bool, **given: Any) -> None:
    """List who calls whom what: "terrorists", "moderate opposition", "the regime".

    A label between ‘ ’ stands in scare quotes wherever it is used.

    \b
    onrecord labels --outlet "The Herald"
    onrecord labels --type hostile --json
    """
    from onrecord.views.listings import label_listing

    _list(record_at, as_json, lambda record: record.labels(filter_of(**given)), label_listing)


@click.command(short_help="What was read; with --failed, what could not be.")
@click.option("--failed", is_flag=True, help="What could not be read, with the reason and what to do.")
@filter_options()
@record_option
@json_option
def articles(record_at: str | None, as_json: bool, failed: bool, **given: Any) -> None:
    """List the articles on record; the dates are those of publication.

    \b
    onrecord articles --outlet "The Herald" --since 2016-10-14
    onrecord articles --failed
    """
    from onrecord.views.article_listings import article_listing, failure_listing

    if failed:
        _list(record_at, as_json, lambda record: record.failures(), failure_listing)
    else:
        _list(record_at, as_json, lambda record: record.articles(filter_of(**given)), article_listing)


@click.command(short_help="Where incidents happened, with how many accounts name each place.")
@limit_option
@record_option
@json_option
def places(limit: int | None, record_at: str | None, as_json: bool) -> None:
    """List the places of incidents, the most told of first, with their keys in GeoNames.

    A wrong place is set right for good by a file of your own: see "[lexicons] places" in docs/own-files.md.

    \b
    onrecord places --limit 20
    """
    _list_named("place", limit, record_at, as_json)


@click.command(short_help="Who is party to incidents, with how many accounts name each.")
@limit_option
@record_option
@json_option
def actors(limit: int | None, record_at: str | None, as_json: bool) -> None:
    """List the parties to incidents that have a key, the most named first.

    A wrong or missing name is set right by a file of your own: see "[lexicons] actors" in docs/own-files.md.

    \b
    onrecord actors --json
    """
    _list_named("actor", limit, record_at, as_json)


def _list_named(kind: Literal["place", "actor"], limit: int | None, record_at: str | None, as_json: bool) -> None:
    from onrecord.record import roll
    from onrecord.record.shelf import Shelf
    from onrecord.views.name_listings import named_listing

    def named(record: Record) -> Iterable[roll.NamedOnRecord]:
        with record.connection() as connection:
            yield from roll.named(Shelf(connection), kind, limit=limit)

    _list(record_at, as_json, named, named_listing)


@click.command(short_help="Articles on one happening together.")
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path())
@filter_options()
@record_option
@workers_option
@json_option
def stories(
    paths: tuple[str, ...],
    record_at: str | None,
    workers: int,
    as_json: bool,
    **given: Any,
) -> None:
    """List the stories: articles on one happening.

    With a PATH (what "onrecord add" takes) those of the articles there, without a record; --json then prints
    {"id": article, "story": story} a line.

    \b
    onrecord stories --place Aleppo
    onrecord stories --json articles.jsonl
    """
    from onrecord.views.article_listings import story_listing

    if not paths:
        _list(record_at, as_json, lambda record: record.stories(filter_of(**given)), story_listing)
    elif not _list_stories_of(paths, workers, as_json):
        click.get_current_context().exit(FAULTY)


@click.command(short_help="Find articles by their words.")
@click.argument("words", nargs=-1, required=True)
@filter_options()
@record_option
@json_option
def search(words: tuple[str, ...], record_at: str | None, as_json: bool, **given: Any) -> None:
    """Find the articles that have all of the WORDS, the best first.

    A phrase stands in double quotes (which the shell must be kept from taking), * ends the beginning of a word.

    \b
    onrecord search barrel bomb*
    onrecord search '"humanitarian pause"' --since 2016-10
    """
    from onrecord.views.article_listings import search_listing

    _list(record_at, as_json, lambda record: record.search(" ".join(words), filter_of(**given)), search_listing)


def _list(
    record_at: str | None,
    as_json: bool,
    query: Callable[[Record], Iterable[Shape]],
    listing_of: Callable[[Iterable[Shape]], Listing],
) -> None:
    with existing_record(record_at) as record:
        if as_json:
            print_json(query(record))
        else:
            print_listing(listing_of(query(record)))


def _list_stories_of(paths: tuple[str, ...], workers: int, as_json: bool) -> bool:
    """Print the stories of the articles at the paths; whether all of them could be read."""
    from onrecord.cli.reading import id_of
    from onrecord.cli.terminal import progress
    from onrecord.reading.batch import read_sources
    from onrecord.record import Record
    from onrecord.sources import sources_in
    from onrecord.views.article_listings import story_listing

    lines: list[tuple[str | None, str | None, str | None]] = []
    with Record.open("sqlite://") as record:
        with progress("Reading") as advance:
            for outcome in read_sources(sources_in(paths), workers=workers):
                if outcome.fault is None and outcome.source is not None and outcome.reading is not None:
                    lines.append((outcome.reading.id, record.add(outcome.source, outcome.reading), None))
                else:
                    note(outcome.fault or "an article gave no reading")
                    lines.append((id_of(outcome.source, outcome.fault), None, str(outcome.fault)))
                advance()
        if as_json:
            print_json(_story_lines(record, lines))
        else:
            print_listing(story_listing(record.stories()))
    return all(article is not None for _, article, _ in lines)


def _story_lines(
    record: Record, lines: Iterable[tuple[str | None, str | None, str | None]]
) -> Iterable[dict[str, str | None]]:
    for id, article, error in lines:
        yield {"id": id, "story": record.article(article).story} if article else {"id": id, "error": error}
