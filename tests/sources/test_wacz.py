"""WACZ: the pages in each WARC of a ZIP file, and what may be wrong with one."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SourceError
from onrecord.sources import Source, sources_in
from onrecord.sources.wacz import wacz_sources
from tests.sources.test_warc import PAGE, archive


def wacz(**members: bytes) -> bytes:
    """A ZIP file with these members, a "/" in the name for each "__", ".warc" put after it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in members.items():
            packed.writestr(f"{name.replace('__', '/')}.warc", data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def one(url: str, *, gzipped: bool = True) -> bytes:
    return archive((url, "200 OK", "text/html", PAGE), gzipped=gzipped)


def found(tmp_path: Path, data: bytes, name: str = "crawl.wacz") -> list[Source | SourceError]:
    (tmp_path / name).write_bytes(data)
    return list(sources_in([tmp_path / name]))


@pytest.mark.parametrize("name", ["crawl.wacz", "crawl.zip"])
def test_the_pages_of_every_warc_are_found(tmp_path: Path, name: str) -> None:
    data = wacz(archive__b=one("https://b.example/"), archive__a=one("https://a.example/", gzipped=False), pages__c=b"")
    sources = found(tmp_path, data, name)
    assert [source.url for source in sources if isinstance(source, Source)] == [
        "https://a.example/",
        "https://b.example/",
    ]
    assert all(isinstance(source, Source) for source in sources)
    assert sources[0].origin == f"{tmp_path / name}/archive/a.warc#3 (https://a.example/)"  # type: ignore[union-attr]


def test_a_broken_warc_is_no_hindrance_to_the_next(tmp_path: Path) -> None:
    sources = found(tmp_path, wacz(archive__a=one("https://a.example/")[:-40], archive__b=one("https://b.example/")))
    assert [type(source) for source in sources] == [SourceError, Source]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (wacz(pages__a=b"x"), "without a WARC"),
        (wacz(archive__a=one("https://a.example/"))[:-30], "damaged ZIP"),
        (wacz(archive__a=bytes(150_000_000)), "as ZIP bombs do"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, data: bytes, what: str) -> None:
    (fault,) = found(tmp_path, data)
    assert isinstance(fault, SourceError) and what in str(fault) and fault.advice


def test_a_zip_file_within_gzip_is_told(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, gzip.compress(wacz(archive__a=b"x")), "x.wacz.gz")
    assert "wacz within gzip" in str(fault)


WHOLE = wacz(archive__a=one("https://a.example/"), archive__b=one("https://b.example/", gzipped=False))


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4))
def test_however_it_is_damaged_it_is_read_or_told(at: int, damage: bytes) -> None:
    data = WHOLE[:at] + damage + WHOLE[at + len(damage) :]
    try:
        for source in wacz_sources(io.BytesIO(data), "x"):
            assert isinstance(source, Source) or source.advice
    except SourceError as fault:
        assert fault.advice
