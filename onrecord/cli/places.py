"""The gazetteer's commands: bring a country's places in, look a name up."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.options import json_option
from onrecord.cli.terminal import FAULTY, print_json, print_listing, progress, say


@click.group(short_help="Look places up; bring in all villages of a country.")
def gazetteer() -> None:
    """Look places up in the gazetteer, and add to it.

    The packaged one has the towns of 500 people or more of all countries, regions, and what news on wars names beside
    these (GeoNames, CC BY 4.0). Single places and spellings can be set right by a file of your own, see
    "[lexicons] places" in the README; articles read again are then read by it.

    \b
    onrecord gazetteer find Qasr
    """


@gazetteer.command("import", short_help="Add all places of a GeoNames country dump.")
@click.argument("dumps", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path), help="The file to add to.  [default: onrecord-gazetteer.sqlite]"
)
def import_dumps(dumps: tuple[Path, ...], into: Path | None) -> None:
    """Add all villages, quarters, bases and camps of GeoNames country dumps (download.geonames.org/export/dump).

    They go into onrecord-gazetteer.sqlite in the folder where you are, which every command run there then uses; a file
    elsewhere is named in onrecord.toml under [gazetteer].

    \b
    onrecord gazetteer import SY.zip IQ.zip
    """
    from onrecord.config import OWN_GAZETTEER
    from onrecord.reading.places.gazetteer_file import add_to
    from onrecord.reading.places.geonames_dump import entries_of

    target = into or Path(OWN_GAZETTEER)
    with progress("Importing") as advance:
        for dump in dumps:
            number = add_to(target, entries_of(dump))
            advance()
            say(f"{number} places of {dump.name} in {target}")


@gazetteer.command(short_help="The places that a name may mean.")
@click.argument("name")
@json_option
@click.pass_context
def find(context: click.Context, name: str, as_json: bool) -> None:
    """List the places that a name may mean, the likeliest without any context first; exit status 1 for none.

    \b
    onrecord gazetteer find "Tall Rifaat"
    """
    from onrecord.reading.places.gazetteer import gazetteer as opened
    from onrecord.reading.places.spellings import readings_of
    from onrecord.views.name_listings import gazetteer_listing

    found = readings_of(opened(), name) or opened().alike(name)
    if as_json:
        print_json(found)
    else:
        print_listing(gazetteer_listing(found))
    if not found:
        context.exit(FAULTY)
