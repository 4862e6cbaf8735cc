"""Captures: kept as they came, asked for again only if changed, told where they hold no article."""

from __future__ import annotations

import gzip
import io
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from onrecord.archive.capturing import captured, captures_of, sources_of
from onrecord.archive.tables import KEPT, captures
from onrecord.errors import FetchError, RecordError
from onrecord.record import Record, journal, tables
from onrecord.record.tables import metadata
from onrecord.sources import Source
from onrecord.sources.fetching import Policy
from tests.archive.pages import ARTICLE, BLOCKED, SHELL, WALL
from tests.sites import Site, redirect, response


def warc_of(record: Record, number: int) -> bytes:
    with record.connection() as connection:
        name = connection.scalar(select(captures.c.warc).where(captures.c.id == number))
        return bytes(connection.scalar(select(tables.blobs.c.data).where(tables.blobs.c.sha256 == name)) or b"")


def records_in(data: bytes) -> list[tuple[ArcWarcRecord, bytes]]:
    return [
        (found, found.content_stream().read()) for found in ArchiveIterator(io.BytesIO(data), check_digests="raise")
    ]


def test_a_page_is_kept_with_its_request_and_response(record: Record, here: Site, policy: Policy) -> None:
    packed = gzip.compress(ARTICLE)
    here.answers |= {"/a": redirect("/b"), "/b": response(packed, headers={"Content-Encoding": "gzip", "ETag": '"1"'})}
    capture = captured(record, here.url("/a"), policy)
    assert (capture.asked, capture.url, capture.status) == (here.url("/a"), here.url("/b"), 200)
    assert (capture.original, capture.lacks) == (None, None)
    found = records_in(warc_of(record, capture.number))
    assert [one.rec_type for one, _ in found] == ["response", "request", "response", "request", "metadata"]
    answer, content = found[2]
    assert content == ARTICLE
    assert answer.rec_headers.get_header("WARC-Target-URI") == here.url("/b")
    assert answer.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"
    assert answer.rec_headers.protocol == "WARC/1.1"
    assert f"via: {here.url('/a')}".encode() in found[4][1]


def test_the_records_hold_what_went_over_the_line(record: Record, here: Site, policy: Policy) -> None:
    here.answers["/a"] = sent = response(ARTICLE, headers={"x-ODD": "  two  blanks", "Server": "\xe9"})
    unpacked = gzip.decompress(warc_of(record, captured(record, here.url("/a"), policy).number))
    assert sent in unpacked
    assert here.requests[-1] in unpacked


def test_a_source_is_the_page_as_it_came(record: Record, here: Site, policy: Policy) -> None:
    here.answers["/a"] = response(gzip.compress(ARTICLE), headers={"Content-Encoding": "gzip"})
    capture = captured(record, here.url("/a"), policy)
    (source,) = sources_of(record, capture)
    assert source == Source(
        ARTICLE, "html", here.url("/a"), here.url("/a"), "text/html; charset=utf-8", captured=capture.at
    )


def test_a_page_that_the_server_calls_unchanged_is_a_revisit(record: Record, here: Site, policy: Policy) -> None:
    here.answers["/a"] = response(ARTICLE, headers={"ETag": '"1"', "Last-Modified": "Fri, 14 Oct 2016 08:30:00 GMT"})
    first = captured(record, here.url("/a"), policy)
    here.answers["/a"] = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
    second = captured(record, here.url("/a"), policy)
    assert b'If-None-Match: "1"' in here.requests[-1]
    assert (second.status, second.original, second.content) == (304, first.number, first.content)
    assert [source.data for source in sources_of(record, second) if isinstance(source, Source)] == [ARTICLE]
    (revisit, _), (original, _) = records_in(warc_of(record, 2))[0], records_in(warc_of(record, 1))[0]
    assert revisit.rec_type == "revisit"
    assert revisit.rec_headers.get_header("WARC-Profile").endswith("server-not-modified")
    assert revisit.rec_headers.get_header("WARC-Refers-To") == original.rec_headers.get_header("WARC-Record-ID")


def test_a_page_that_comes_again_the_same_is_a_revisit_of_the_first(record: Record, here: Site, policy: Policy) -> None:
    here.answers["/a"] = response(ARTICLE)
    numbers = [captured(record, here.url("/a"), policy) for _ in range(3)]
    assert [capture.original for capture in numbers] == [None, 1, 1]
    (first, _), *_ = records_in(warc_of(record, 1))
    (third, content), *_ = records_in(warc_of(record, 3))
    assert (third.rec_type, content) == ("revisit", b"")
    assert third.rec_headers.get_header("WARC-Refers-To") == first.rec_headers.get_header("WARC-Record-ID")
    assert third.rec_headers.get_header("WARC-Payload-Digest") == first.rec_headers.get_header("WARC-Payload-Digest")
    assert third.http_headers.get_header("Content-Type") == "text/html; charset=utf-8"


def test_a_page_that_changed_is_a_capture_of_its_own(record: Record, here: Site, policy: Policy) -> None:
    here.answers["/a"] = response(ARTICLE)
    captured(record, here.url("/a"), policy)
    here.answers["/a"] = response(ARTICLE.replace(b"Two", b"Three"))
    assert captured(record, here.url("/a"), policy).original is None
    assert [capture.number for capture in captures_of(record, here.url("/a"))] == [1, 2]


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        (response(ARTICLE), None),
        (response(WALL), "is a consent wall, not the article"),
        (response(BLOCKED), "is a block page, not the article"),
        (response(SHELL), "holds no article that could be found"),
        (response(b""), "is empty"),
        (response(b"%PDF-1.7"), "is a PDF document, which is not read"),
        (response(b"gone", status="404 Not Found"), "the server answered 404 instead of a page"),
        (response(b"later", status="503 Unavailable"), "the server answered 503 instead of a page"),
    ],
)
def test_a_capture_without_an_article_is_told(
    record: Record, here: Site, policy: Policy, answer: bytes, lacks: str | None
) -> None:
    here.answers["/a"] = answer
    assert captured(record, here.url("/a"), policy).lacks == lacks


def test_the_wall_of_yesterday_stays_told_when_the_page_comes_today(record: Record, here: Site, policy: Policy) -> None:
    for page in (WALL, WALL, ARTICLE):
        here.answers["/a"] = response(page)
        captured(record, here.url("/a"), policy)
    assert [bool(capture.lacks) for capture in captures_of(record)] == [True, True, False]


def test_what_did_not_come_leaves_nothing(record: Record, here: Site, policy: Policy) -> None:
    here.answers["/a"] = response(b"short", headers={"Content-Length": "99"})
    with pytest.raises(FetchError):
        captured(record, here.url("/a"), policy)
    assert list(captures_of(record)) == []


def test_each_capture_is_in_the_journal(record: Record, here: Site, policy: Policy) -> None:
    here.answers["/a"] = response(ARTICLE)
    capture = captured(record, here.url("/a"), policy)
    with record.connection() as connection:
        (entry,) = journal.entries(connection, kind="captured")
    assert entry.subject == f"c{capture.number}"
    assert (entry.what["content"], entry.what["url"], entry.what["at"]) == (capture.content, capture.url, capture.at)


@pytest.mark.parametrize("table", KEPT)
def test_the_database_refuses_to_change_what_was_captured(
    record: Record, here: Site, policy: Policy, table: str
) -> None:
    here.answers["/a"] = response(ARTICLE)
    captured(record, here.url("/a"), policy)
    changed = metadata.tables[table]
    column = list(changed.columns)[-1]
    commands: list[Any] = [delete(changed), update(changed).values({column.name: column})]
    with record.connection() as connection:
        filled = connection.execute(select(changed).limit(1)).one_or_none() is not None
    for command in commands if filled else ():
        with (
            pytest.raises((RecordError, Exception), match="cannot be changed"),
            record.connection(writes=True) as opened,
        ):
            opened.execute(command)
