"""`onrecord show`: one thing on record in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import existing_record, json_option, record_option
from onrecord.cli.terminal import print_json, say
from onrecord.errors import RecordError

if TYPE_CHECKING:
    from onrecord.record import Record
    from onrecord.record.shapes import ArticleOnRecord, IncidentOnRecord, Story, TruceOnRecord

    Thing = ArticleOnRecord | IncidentOnRecord | Story | TruceOnRecord


@click.command(short_help="One incident, article, story or truce in full.")
@click.argument("id")
@record_option
@json_option
def show(id: str, record_at: str | None, as_json: bool) -> None:
    """Show the incident (i...), article (a...), story (s...) or truce (t...) of this ID in full.

    An incident comes with each toll by whose figure it is, and its accounts one after the other; every fact with its
    sentence. An article comes with what was read in it. The ids stand in the listings.

    \b
    onrecord show i3f2a
    onrecord show a91c0 --json
    """
    with existing_record(record_at) as record:
        thing = _thing(record, id)
        if as_json:
            print_json([thing])
            return
        for line in _lines(record, thing):
            say(line)


def _thing(record: Record, id: str) -> Thing:
    finders: dict[str, Callable[[str], Thing]] = {
        "i": record.incident,
        "a": record.article,
        "s": record.story,
        "t": record.truce,
    }
    finder = finders.get(id[:1])
    if finder is None:
        raise RecordError("is no id", where=id, advice="ids begin with i, a, s or t and stand in the listings")
    return finder(id)


def _lines(record: Record, thing: Thing) -> Iterable[str]:
    from onrecord.record import shapes
    from onrecord.views import details

    if isinstance(thing, shapes.IncidentOnRecord):
        return details.incident_lines(thing)
    if isinstance(thing, shapes.TruceOnRecord):
        return details.truce_lines(thing)
    if isinstance(thing, shapes.Story):
        return details.story_lines(thing)
    return details.article_lines(thing, record.reading(thing.id))
