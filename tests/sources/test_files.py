"""Files, folders and standard input as sources."""

from __future__ import annotations

import gzip
import io
import json
from hashlib import sha256
from pathlib import Path

from onrecord.errors import SourceError
from onrecord.sources import Source, sources_in

TEXT = "Shelling killed 12 people in Aleppo on Friday, doctors said.\n"
PAGE = f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>"


def found(*paths: Path | str, stdin: bytes = b"") -> list[Source | SourceError]:
    return list(sources_in(paths, stdin=io.BytesIO(stdin)))


def kinds(sources: list[Source | SourceError]) -> list[str]:
    return [source.kind if isinstance(source, Source) else "fault" for source in sources]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_file_is_one_source_with_its_bytes_and_their_hash(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt", TEXT)
    (source,) = found(path)
    assert source == Source(TEXT.encode(), "text", str(path))
    assert isinstance(source, Source)
    assert source.sha256 == sha256(TEXT.encode()).hexdigest()


def test_content_tells_the_kind_and_a_name_only_where_content_does_not(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", PAGE)
    write(tmp_path / "b.html", TEXT)
    write(tmp_path / "c", json.dumps({"text": TEXT}))
    write(tmp_path / "d.txt", '<?xml version="1.0"?><rss><channel><item><title>x</title></item></channel></rss>')
    write(tmp_path / "e.xhtml", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>')
    assert kinds(found(tmp_path)) == ["html", "html", "json", "feed-entry", "html"]


def test_a_folder_gives_its_files_by_name_at_every_depth_without_hidden_ones_and_assets(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "page_files/style.css", "page_files/logo.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, TEXT)
    origins = [source.origin for source in found(tmp_path) if isinstance(source, Source)]
    assert origins == [str(tmp_path / "b.txt"), str(tmp_path / "a" / "z.txt")]


def test_a_dash_is_standard_input() -> None:
    assert found("-", stdin=TEXT.encode()) == [Source(TEXT.encode(), "text", "standard input")]
    (row,) = found("-", stdin=b'{"text": "x"}\n')
    assert isinstance(row, Source)
    assert (row.kind, row.origin) == ("json", "standard input:1")


def test_gzip_is_unpacked_whatever_is_in_it(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl.gz", gzip.compress(b'{"text": "one"}\n{"text": "two"}\n'))
    write(tmp_path / "b.html.gz", gzip.compress(PAGE.encode()))
    write(tmp_path / "c.txt.gz", gzip.compress(TEXT[:10].encode()) + gzip.compress(TEXT[10:].encode()))
    sources = found(tmp_path)
    assert kinds(sources) == ["json", "json", "html", "text"]
    assert isinstance(sources[-1], Source)
    assert sources[-1].data == TEXT.encode()


def test_what_cannot_be_read_stands_in_its_place_and_the_rest_is_read(tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", TEXT)
    sources = found(tmp_path / "nothing.txt", good)
    assert kinds(sources) == ["fault", "text"]
    assert str(sources[0]) == f"{tmp_path / 'nothing.txt'}: there is no such file or folder; check the path"


def test_an_address_is_visited(tmp_path: Path) -> None:
    source = Source(b"x", "text", "https://news.example/a")
    assert list(sources_in(["HTTPS://news.example/a"], visit=lambda address: iter([source]))) == [source]


def test_an_address_that_may_not_be_fetched_and_an_empty_folder_are_faults(tmp_path: Path) -> None:
    assert "nothing is fetched" in str(found("http://127.0.0.1/a")[0])
    assert "is a folder without files to read" in str(found(tmp_path)[0])
