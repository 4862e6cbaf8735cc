"""A record as it is at one moment, and a release of it, on SQLite and on PostgreSQL."""

import pytest

from onrecord.errors import RecordError
from onrecord.record import Filter, journal
from onrecord.record.releases import KIND, Releases
from onrecord.record.snapshot import snapshot
from onrecord.views.exports import export_bytes
from onrecord.views.release import make_release


def test_it_stands_still_while_others_add(record, war):
    for told in war[:8]:
        record.add(told.source, told.reading)
    with snapshot(record) as still:
        before = list(still.incidents())
        for told in war[8:16]:
            record.add(told.source, told.reading)
        assert list(still.incidents()) == before
        assert len(list(still.articles())) == 8
    assert len(list(record.articles())) == 16


def test_it_takes_nothing(record, war):
    with snapshot(record) as still, pytest.raises(RecordError, match="it takes nothing"):
        still.add(war[0].source, war[0].reading)


def test_a_release_holds_the_record_and_is_whole(record, war, tmp_path):
    for told in war[:8]:
        record.add(told.source, told.reading)
    releases = Releases(tmp_path / "releases")
    make_release(record, releases, "one", by="Ann")
    frozen = releases.opened("one")
    assert list(frozen.incidents()) == list(record.incidents())
    assert b"".join(export_bytes(frozen, Filter(), "acled")) == b"".join(export_bytes(record, Filter(), "acled"))
    with record.connection() as connection:
        assert releases.first_fault(journal.entries(connection, kind=KIND)) is None
