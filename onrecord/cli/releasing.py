"""`onrecord release` and `onrecord releases`: frozen versions of the record that can be cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli.options import existing_record, json_option, record_option
from onrecord.cli.terminal import print_json, print_listing, say

if TYPE_CHECKING:
    from onrecord.record.releases import Releases

into_option = click.option(
    "--into",
    metavar="FOLDER",
    help="The folder of the releases. [default: beside the record, or as onrecord.toml says]",
)


@click.command(short_help="Freeze the record as a version that can be cited.")
@click.argument("name")
@click.option("--note", metavar="WORDS", help="What the release is for, and how its sources were chosen.")
@into_option
@record_option
def release(name: str, note: str | None, into: str | None, record_at: str | None) -> None:
    """Freeze the record as it is now as the release NAME: a folder of plain files beside the record.

    It holds the data (JSON lines, CSV, GeoJSON), a page on how it was made and what it cannot do, what changed since
    the last release and why, and the SHA-256 of every file. A release never changes; the same name cannot be given
    twice. What is withheld is left out.

    \b
    onrecord release 2016-11 --note "All that four outlets told of Aleppo in October 2016."
    onrecord export csv --from-release 2016-11
    """
    from onrecord.team.oneself import user_name
    from onrecord.views.release import make_release

    with existing_record(record_at) as record:
        releases = releases_at(record_at, into)
        made = make_release(record, releases, name, by=user_name(), note=note)
    say(f"Released {made.name}: {made.counts['incidents']:,} incidents, {made.counts['accounts']:,} accounts.")
    say(f"It is in {releases.path(name)}; open methodology.html there.")
    say(f"SHA-256 of its SHA256SUMS, to be cited with it: {releases.sums_of(name)}")


@click.command(short_help="The releases that there are.")
@click.option("--zip", "zipped", nargs=2, metavar="NAME FILE", help="Write the release NAME as one ZIP file.")
@into_option
@record_option
@json_option
def releases(zipped: tuple[str, str] | None, into: str | None, record_at: str | None, as_json: bool) -> None:
    """List the releases of the record, the first made first.

    \b
    onrecord releases
    onrecord releases --zip 2016-11 2016-11.zip
    """
    from onrecord.cli.exporting import opened
    from onrecord.record.packing import write_zip
    from onrecord.views.release.listing import release_listing

    kept = releases_at(record_at, into)
    if zipped:
        name, target = zipped
        with opened(target) as file:
            write_zip(file, kept.path(kept.one(name).name))
        return
    every = kept.all()
    if as_json:
        print_json(every)
    else:
        print_listing(release_listing((one, kept.sums_of(one.name)) for one in every))


def releases_at(record_at: str | None, into: str | None = None) -> Releases:
    """The releases of the record at a path or address, else of the one of the settings."""
    from onrecord.config import settings
    from onrecord.record.releases import Releases

    return Releases.beside(record_at or settings().record, into)
