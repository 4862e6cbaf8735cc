"""`onrecord archive`: what was captured, and all of it given out."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.options import existing_record, json_option, record_option
from onrecord.cli.terminal import print_json, print_listing, say


@click.group(short_help="What was captured; all of it given out.")
def archive() -> None:
    """The archive: every source as it came, and every page as it was fetched.

    \b
    onrecord archive list
    onrecord archive media
    onrecord archive export war.wacz
    """


@archive.command("list", short_help="The captures, the first made first.")
@click.argument("address", required=False)
@json_option
@record_option
def list_captures(record_at: str | None, address: str | None, as_json: bool) -> None:
    """List what was fetched, when, and whether there is an article in it.

    \b
    onrecord archive list
    onrecord archive list https://example.org/story.html
    """
    from onrecord.archive.capturing import captures_of
    from onrecord.views.captures import listing_of

    with existing_record(record_at) as record:
        found = captures_of(record, address)
        if as_json:
            print_json(found)
        else:
            print_listing(listing_of(found))


@archive.command("media", short_help="Photographs, videos and streams, the first recorded first.")
@click.argument("about", required=False, metavar="[ID]")
@json_option
@record_option
def list_media(record_at: str | None, about: str | None, as_json: bool) -> None:
    """List what was recorded with onrecord capture, of one incident (i…) or truce (t…) or of all.

    \b
    onrecord archive media
    onrecord archive media i3f2a --json
    """
    from onrecord.archive.media import media_told
    from onrecord.views.captures import media_listing

    with existing_record(record_at) as record:
        found = media_told(record, about)
        if as_json:
            print_json(found)
        else:
            print_listing(media_listing(found))


@archive.command("export", short_help="Everything as it came, as WARC or WACZ.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@record_option
def export_archive(record_at: str | None, file: Path) -> None:
    """Write every source as it came to FILE: WACZ if it is named .wacz, else WARC in gzip.

    Captures stand there with their requests, redirects and headers, what came from files as resources, and the text of
    each article with the version of the program that made it. Both forms can be added to another record.

    \b
    onrecord archive export war.wacz
    onrecord archive export war.warc.gz
    """
    from onrecord.archive.giving import give_out
    from onrecord.views.words import counted

    with existing_record(record_at) as record:
        number = give_out(record, file)
    say(f"Wrote {counted(number, 'record')} to {file}.")
