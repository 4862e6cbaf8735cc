"""Verification, back-ups and archives of a record on PostgreSQL: as of one in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from benchmarks.generated import telling
from onrecord.archive.backing_up import back_up, restore
from onrecord.archive.broken import Broken
from onrecord.archive.capturing import captured, captures_of
from onrecord.archive.giving import give_out
from onrecord.archive.media import media_of, record_media
from onrecord.archive.proving import Proved, prove
from onrecord.archive.stamping import stamp
from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.record.decisions.acts import Merge
from onrecord.sources import sources_in
from onrecord.sources.fetching import Policy
from tests.archive.media.test_recording import photograph
from tests.archive.pages import ARTICLE
from tests.authorities import Authority
from tests.record.conftest import postgres  # noqa: F401
from tests.record.state import state_of
from tests.servers import Server
from tests.sites import response, site

ALLOWED = Policy(allowed=frozenset({"localhost"}), robots=False)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def template(postgres: Server, authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> str:  # noqa: F811
    """A database with articles, captures, a decision, a photograph and a time stamp."""
    picture = tmp_path_factory.mktemp("media") / "picture.jpg"
    picture.write_bytes(photograph())
    with Record.open(postgres.new_database("archived", like="fresh")) as record, site() as here:
        for told in telling(6, seed=3):
            record.add(told.source, told.reading)
        here.answers["/a"] = response(ARTICLE)
        for _ in range(2):
            captured(record, here.url("/a"), ALLOWED)
        incidents = [incident.id for incident in record.incidents()]
        made = record.decide(Merge(tuple(incidents[:2])), by="A. Coder", why="The same raid.")
        assert made.act == "merge"
        record_media(record, str(picture), next(incident.id for incident in record.incidents()))
        here.answer_to = authority.answered  # type: ignore[method-assign]
        stamp(record, here.url("/tsr"), policy=ALLOWED, roots=[authority.root])
    return "archived"


@pytest.fixture
def at(request: pytest.FixtureRequest, postgres: Server, template: str) -> str:  # noqa: F811
    """The address of a copy of it."""
    return postgres.new_database(
        "".join(each if each.isalnum() else "-" for each in request.node.name)[-40:], like=template
    )


@pytest.fixture
def archived(at: str) -> Iterator[Record]:
    with Record.open(at) as record:
        yield record


def first_broken(record: Record) -> Broken | None:
    return next((found for found in prove(record) if isinstance(found, Broken)), None)


def test_a_whole_record_is_found_whole(archived: Record, authority: Authority) -> None:
    found = {part.part: part.number for part in prove(archived, roots=[authority.root]) if isinstance(part, Proved)}
    assert (found["captures"], found["readings"], found["decisions"], found["media"]) == (2, 6, 1, 1)
    assert found["time stamps"] == 1 and found["articles with their links"] == 6


CHANGES = {
    "a blob": ("UPDATE blobs SET data = '\\x00'::bytea || substring(data from 2)", "archive"),
    "a reading": (
        "UPDATE readings SET reading = (SELECT reading FROM readings WHERE source = 4) WHERE source = 3",
        "reading",
    ),
    "an entry of the journal": ("UPDATE journal SET what = what || ' ' WHERE number = 5", "journal, entry 5"),
    "an entry left out": ("DELETE FROM journal WHERE number = 5", "journal, entry 5"),
    "a capture": ("UPDATE captures SET at = '2016-10-14T00:00:00.000+00:00' WHERE id = 2", "capture c2"),
    "a medium": ("UPDATE media SET source = 'elsewhere.jpg'", "media m1"),
    "an article's text": ("UPDATE articles SET text = text || '.' WHERE number = 2", "articles"),
    "a link": ("UPDATE links SET weight = 0.9 WHERE weight < 0.9", "links"),
    "a decision's reason": ("UPDATE decisions SET why = 'Because.'", "decision"),
}


GUARDED = {"archive", "journal", "capture", "media"}
"""What the server itself refuses to change."""


@pytest.mark.parametrize("what", list(CHANGES))
def test_what_somebody_changed_is_found_and_named(at: str, what: str) -> None:
    command, where = CHANGES[what]
    with psycopg.connect(at, autocommit=True) as connection:
        if where.split(",")[0].split(" ")[0] in GUARDED:
            with pytest.raises(psycopg.Error, match="cannot be changed"):
                connection.execute(command)
        connection.execute("SET session_replication_role = replica")  # as who owns the server can: no trigger is asked
        assert connection.execute(command).rowcount > 0
    with Record.open(at) as record:
        found = first_broken(record)
    assert found is not None and found.where.startswith(where), found


def test_a_back_up_goes_into_a_file_and_out_to_another_server(
    archived: Record,
    postgres: Server,  # noqa: F811
    authority: Authority,
    tmp_path: Path,
) -> None:
    head = back_up(archived, tmp_path / "copy.db")
    with Record.open(tmp_path / "copy.db") as copy:
        assert state_of(copy) == state_of(archived)
        assert [each.number for each in captures_of(copy)] == [1, 2] and len(list(media_of(copy))) == 1
        assert all(isinstance(part, Proved) for part in prove(copy, roots=[authority.root]))
    anew = postgres.new_database("restored")
    assert restore(tmp_path / "copy.db", anew) == head
    with Record.open(anew) as restored:
        assert state_of(restored) == state_of(archived)
        (newcomer,) = telling(1, seed=99)
        restored.add(newcomer.source, newcomer.reading)
        assert first_broken(restored) is None
    with pytest.raises(RecordError, match="holds something already"):
        restore(tmp_path / "copy.db", anew)


def test_an_archive_is_given_out_and_can_be_brought_in(archived: Record, tmp_path: Path) -> None:
    assert give_out(archived, tmp_path / "war.wacz") > 8
    sources = list(sources_in([str(tmp_path / "war.wacz")]))
    assert {source.sha256 for source in sources} >= {told.source.sha256 for told in telling(6, seed=3)}
    assert first_broken(archived) is None


def test_linking_anew_changes_nothing(archived: Record) -> None:
    before = state_of(archived)
    assert archived.link_anew() == 6
    assert state_of(archived) == before and first_broken(archived) is None
