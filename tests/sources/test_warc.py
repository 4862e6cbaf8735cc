"""Web archives: the captured pages, whole ones before a break included."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.errors import SourceError
from onrecord.sources import Source, sources_in

PAGE = b"<html><body><p>Shelling killed 12 people in Aleppo on Friday, doctors said.</p></body></html>"


def archive(*captures: tuple[str, str, str, bytes], gzipped: bool = True) -> bytes:
    """A WARC file of (address, status, content type, body) captures, each with its request."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("test.warc", {"software": "test"}))
    for url, status, kind, body in captures:
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=request))
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        response = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2016-10-14T08:30:00Z"},
        )
        writer.write_record(response)
    return out.getvalue()


def found(tmp_path: Path, data: bytes, name: str = "crawl.warc.gz") -> list[Source | SourceError]:
    (tmp_path / name).write_bytes(data)
    return list(sources_in([tmp_path / name]))


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_captured_page_carries_its_address_type_and_moment(tmp_path: Path, gzipped: bool) -> None:
    data = archive(("https://news.example/a", "200 OK", "text/html; charset=utf-8", PAGE), gzipped=gzipped)
    (source,) = found(tmp_path, data)
    assert isinstance(source, Source)
    assert source.data == PAGE
    assert (source.kind, source.url) == ("html", "https://news.example/a")
    assert (source.content_type, source.captured) == ("text/html; charset=utf-8", "2016-10-14T08:30:00Z")
    assert source.origin == f"{tmp_path / 'crawl.warc.gz'}#3 (https://news.example/a)"


def test_images_scripts_redirects_and_robots_are_passed_over(tmp_path: Path) -> None:
    data = archive(
        ("https://news.example/logo.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://news.example/old", "301 Moved Permanently", "text/html", b""),
        ("https://news.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
        ("https://news.example/favicon.ico", "404 Not Found", "text/html", PAGE),
    )
    assert found(tmp_path, data) == []


def test_a_refused_page_is_a_fault_with_the_answer(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, archive(("https://news.example/a", "403 Forbidden", "text/html", PAGE)))
    assert isinstance(fault, SourceError)
    assert fault.what == "the server answered 403 instead of a page"


def test_a_page_that_http_packed_is_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    payload = io.BytesIO(gzip.compress(PAGE))
    writer.write_record(
        writer.create_warc_record("https://news.example/a", "response", payload=payload, http_headers=headers)
    )
    (source,) = found(tmp_path, out.getvalue())
    assert isinstance(source, Source)
    assert source.data == PAGE


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_truncated_archive_gives_the_pages_before_the_break_and_a_fault(tmp_path: Path, gzipped: bool) -> None:
    captures = [(f"https://news.example/{n}", "200 OK", "text/html", PAGE + b" " * 500) for n in range(3)]
    data = archive(*captures, gzipped=gzipped)
    sources = found(tmp_path, data[: len(data) * 3 // 4])
    assert isinstance(sources[0], Source)
    assert any(isinstance(fault, SourceError) and "breaks off" in fault.what for fault in sources)


def test_an_archive_that_breaks_off_at_once_is_a_fault(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, b"WARC/1.0\r\nWARC-Type: resp", "a.warc")
    assert "breaks off" in str(fault)


def test_a_record_that_is_longer_than_it_says_is_named_and_nothing_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<p>Two people were killed in the shelling.</p>" * 3
    record = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    )
    path = tmp_path / "a.warc"
    path.write_bytes(record % (len(page) - 40, page) + record % (len(page), page))
    found = list(sources_in([str(path)]))
    faults = [str(each) for each in found if isinstance(each, SourceError)]
    assert len(faults) == 1 and "a.warc#1: goes on after the length that it gives" in faults[0]
    assert len(found) == 3
    assert capfd.readouterr() == ("", "")
