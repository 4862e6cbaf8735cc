"""A record that an earlier version linked: who opens it is told, and linking it anew makes it this version's."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from benchmarks.generated import telling
from onrecord.record import Record, cards
from onrecord.record.listing_tables import listings
from onrecord.record.tables import linked_by
from tests.cli.conftest import Run


def as_of_an_earlier_version(path: Path) -> None:
    with Record.open(path) as record, record.connection(writes=True) as connection:
        connection.execute(update(linked_by).values(linker="0" * 16))
        connection.execute(update(listings).where(listings.c.card != cards.NONE).values(card=b"0000earlier"))


def outdated(path: Path) -> int:
    with Record.open(path) as record, record.connection() as connection:
        kept = connection.execute(listings.select().where(listings.c.card != cards.NONE))
        return sum(cards.unpacked(row.kind, row.card) is None for row in kept)


def test_who_opens_what_an_earlier_version_linked_is_told_what_to_run(onrecord_in: Run, tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    with Record.open(path) as record:
        for each in telling(6, seed=3):
            record.add(each.source, each.reading)

    def run(*arguments: str) -> tuple[str, str]:
        done = onrecord_in(*arguments)
        assert done.returncode == 0
        return done.stdout, done.stderr

    before, silent = run("incidents")
    assert silent == ""
    as_of_an_earlier_version(path)
    after, told = run("incidents")
    assert after == before and told.count("\n") == 1 and 'run "onrecord relink"' in told
    assert outdated(path) > 0
    assert run("relink", "--only-listings")[0].startswith("All that is listed")
    assert outdated(path) == 0
    assert 'run "onrecord relink"' in run("incidents")[1]
    as_of_an_earlier_version(path)
    assert "linked again" in run("relink")[0]
    assert outdated(path) == 0
    assert run("incidents") == (before, "")
