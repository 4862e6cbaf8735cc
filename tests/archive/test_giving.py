"""The archive given out and brought in again."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from benchmarks.generated import telling
from onrecord import __version__
from onrecord.archive.capturing import captured
from onrecord.archive.giving import give_out
from onrecord.archive.packing import surt
from onrecord.errors import RecordError
from onrecord.record import Record, journal
from onrecord.record.decisions.acts import Withhold
from onrecord.sources import Source, sources_in
from onrecord.sources.fetching import Policy
from tests.archive.pages import ARTICLE, WALL
from tests.sites import Site, response


@pytest.fixture
def filled(record: Record, here: Site, policy: Policy) -> Record:
    """A record with two captures of a page, one of a wall, and three articles from files."""
    here.answers |= {"/a": response(ARTICLE), "/wall": response(WALL)}
    for path in ("/a", "/a", "/wall"):
        captured(record, here.url(path), policy)
    for told in telling(3, seed=2):
        record.add(told.source, told.reading)
    return record


@pytest.mark.parametrize("name", ["war.warc.gz", "war.wacz"])
def test_what_is_given_out_can_be_brought_in(filled: Record, tmp_path: Path, name: str) -> None:
    number = give_out(filled, tmp_path / name)
    found = [source for source in sources_in([tmp_path / name]) if isinstance(source, Source)]
    expected = {ARTICLE, WALL, *(told.source.data for told in telling(3, seed=2))}
    assert {source.data for source in found} == expected
    assert len(found) == 5  # no revisit, no derived text
    assert number > len(found)
    kinds = {told.source.data: told.source.kind for told in telling(3, seed=2)}
    assert all(source.kind == kinds.get(source.data, "html") for source in found)


def test_a_warc_is_one_that_others_read(filled: Record, tmp_path: Path) -> None:
    give_out(filled, tmp_path / "war.warc.gz")
    with (tmp_path / "war.warc.gz").open("rb") as stream:
        records = [
            (one.rec_type, one.rec_headers, one.raw_stream.read())
            for one in ArchiveIterator(stream, check_digests="raise")
        ]
    kinds = [kind for kind, _, _ in records]
    assert kinds[0] == "warcinfo" and f"software: onrecord/{__version__}".encode() in records[0][2]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        **{"warcinfo": 1, "response": 2, "request": 3, "revisit": 1, "metadata": 3},
        **{"resource": 3, "conversion": 3},
    }
    ids = {head.get_header("WARC-Record-ID") for _, head, _ in records}
    derived = [head for kind, head, _ in records if kind == "conversion"]
    assert all(head.get_header("WARC-Refers-To") in ids for head in derived)
    assert all(head.get_header("Onrecord-Derived-By").startswith(f"onrecord/{__version__}") for head in derived)


def test_a_wacz_says_where_each_page_stands(filled: Record, here: Site, tmp_path: Path) -> None:
    give_out(filled, tmp_path / "war.wacz")
    with zipfile.ZipFile(tmp_path / "war.wacz") as packed:
        package = json.loads(packed.read("datapackage.json"))
        for resource in package["resources"]:
            data = packed.read(resource["path"])
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        stated = json.loads(packed.read("datapackage-digest.json"))["hash"]
        assert stated == f"sha256:{hashlib.sha256(packed.read('datapackage.json')).hexdigest()}"
        warc, index = packed.read("archive/data.warc.gz"), packed.read("indexes/index.cdxj").decode().splitlines()
        pages = packed.read("pages/pages.jsonl").decode().splitlines()
    assert index == sorted(index)
    for line in index:
        entry = json.loads(line.split(" ", 2)[2])
        start, length = int(entry["offset"]), int(entry["length"])
        (found,) = ArchiveIterator(io.BytesIO(warc[start : start + length]))
        assert found.rec_headers.get_header("WARC-Target-URI") == entry["url"]
    assert [json.loads(line)["url"] for line in pages[1:]] == [here.url("/a"), here.url("/wall")]


def test_the_sources_of_what_is_withheld_are_left_out(filled: Record, tmp_path: Path) -> None:
    incident = next(iter(filled.incidents()))
    told = {article.id: filled.source(article.id) for article in filled.articles()}
    filled.decide(Withhold(incident.id), by="A. Coder", why="A witness is in danger.")
    give_out(filled, tmp_path / "war.wacz")
    found = {source.data for source in sources_in([tmp_path / "war.wacz"]) if isinstance(source, Source)}
    for account in incident.accounts:
        assert told[account.article.id] not in found
    assert found & set(told.values()) or len(incident.accounts) == len(told)


def test_giving_out_is_in_the_journal(filled: Record, tmp_path: Path) -> None:
    give_out(filled, tmp_path / "war.wacz")
    with filled.connection() as connection:
        (entry,) = journal.entries(connection, kind="exported")
    assert entry.what["sha256"] == hashlib.sha256((tmp_path / "war.wacz").read_bytes()).hexdigest()


def test_where_it_cannot_be_written_nothing_is_left(filled: Record, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be written"):
        give_out(filled, tmp_path / "no-such-folder" / "war.wacz")
    (tmp_path / "taken.wacz").mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(RecordError, match="cannot be written"):
        give_out(filled, tmp_path / "taken.wacz")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.News.example/A?b=C", "example,news)/a?b=c"),
        ("http://news.example:8080", "example,news:8080)/"),
        ("urn:sha256:ab", "urn:sha256:ab"),
    ],
)
def test_an_address_has_its_key_in_the_index(url: str, key: str) -> None:
    assert surt(url) == key
