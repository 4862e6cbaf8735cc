"""Broken and hostile files: each one clear line, in bounded time and memory, and the run goes on."""

from __future__ import annotations

import gzip
import os
import random
import time
import tracemalloc
from pathlib import Path

import pytest

from onrecord.articles import article_of
from onrecord.errors import ArticleError, OnRecordError
from onrecord.sources import Source, sources_in

TEXT = b"Shelling killed 12 people in Aleppo on Friday, doctors said."
SECONDS = 20
"""Of computing; far more than any of these takes."""


def outcomes(path: Path) -> list[str]:
    """What comes of a file: "read", or the fault's one line without its path."""
    results = []
    for source in sources_in([path]):
        try:
            if not isinstance(source, Source):
                raise source
            article_of(source)
        except OnRecordError as fault:
            assert fault.where is not None
            assert fault.advice
            assert "\n" not in str(fault)
            results.append(fault.what)
        else:
            results.append("read")
    return results


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


CASES: dict[str, tuple[bytes, list[str]]] = {
    "empty.txt": (b"", ["is empty"]),
    "blank.txt": (b" \n\n", ["holds nothing but blanks"]),
    "binary.txt": (noise(5_000), ["is binary, not text"]),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + noise(100), ["is a PNG image, which is not read"]),
    "paper.txt": (b"%PDF-1.7 ...", ["is a PDF document, which is not read"]),
    "broken.txt": (
        b"Shelling killed \xff\xfe\x80 12 people in Aleppo \xc3\x28 on Friday.",
        ["is text in no encoding that is known, or damaged"],
    ),
    "deep.html": (
        b"<html><body>" + b"<div>" * 100_000 + TEXT + b"</div>" * 100_000,
        ["is HTML with more elements than any article has"],
    ),
    "deeper.html": (
        b"<html><body>" + b"<div>" * 5_000 + TEXT + b"</div>" * 5_000,
        ["is HTML nested more than 256 elements deep, as no article is"],
    ),
    "tags.html": (b"<html><body>" + b"<p>" * 1_000_000, ["is HTML with more elements than any article has"]),
    "attributes.html": (
        b"<html><body><p " + b" ".join(b"a%d" % n for n in range(100_000)) + b">" + TEXT,
        ["is HTML with thousands of attributes on one element"],
    ),
    "rows.jsonl": (
        b'{"text": "%s"}\nnot JSON\n{"id": "x"}\n{"text": 5}\n[1]\n{"text": " "}\n' % TEXT,
        [
            "read",
            "is no JSON (Expecting value at character 1)",
            'has no "text"',
            'has no "text"',
            "is no JSON object",
            'has an empty "text"',
        ],
    ),
    "nested.jsonl": (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ["is no JSON (too nested)"]),
    "feed.rss": (
        b"<!DOCTYPE html><html><head><title>503 Service Unavailable</title></head><body>Sorry</body></html>",
        ['is named as a feed, but holds a web page ("503 Service Unavailable")'],
    ),
    "sitemap.xml": (b'<?xml version="1.0"?><urlset><url/></urlset>', ["is no RSS or Atom feed"]),
    "russian.txt": (
        "Авиаудары по восточным районам города убили двенадцать человек, сообщили врачи.".encode(),
        ["is in Russian; onrecord reads English"],
    ),
    "french.txt": (
        "Des frappes ont tué douze personnes dans la ville, selon les médecins, et les secours sont arrivés.".encode(),
        ["is in French; onrecord reads English"],
    ),
    "menu.txt": (
        b"Home\nWorld\nPolitics\nSport\nContact us\n",
        ["holds no article: only menus, links or single words"],
    ),
    "menu.html": (
        b"<html><body><ul>" + b'<li><a href="/a">World news</a></li>' * 60 + b"</ul></body></html>",
        ["holds no article that could be found"],
    ),
    "endless.txt": (b"x" * 400_000, ["holds no article: only menus, links or single words"]),
    "half.txt.gz": (gzip.compress(TEXT + noise(400).hex().encode())[:300], ["the gzip file breaks off"]),
    "twice.txt.gz": (gzip.compress(gzip.compress(TEXT)), ["is gzip within gzip"]),
    "wall.html": (
        b"<html><body><p>Please enable JavaScript and cookies to continue to the site, thank you.</p></body></html>",
        ["is a page that needs JavaScript, not the article"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    data, expected = CASES[name]
    (tmp_path / name).write_bytes(data)
    began = time.process_time()
    assert outcomes(tmp_path / name) == expected
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", ["line.txt", "line.html", "line.jsonl"])
def test_fifty_megabytes_of_one_line_are_refused_without_being_held(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b'{"text": "' if name.endswith("jsonl") else b"")
        for _ in range(50):
            file.write(b"word " * 200_000)
    tracemalloc.start()
    (what,) = outcomes(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "10 MB, which no article is" in what
    assert peak < 45_000_000


@pytest.mark.parametrize(
    ("name", "first", "expected"),
    [
        ("bomb.txt.gz", b"a", "is larger than 10 MB, which no article is"),
        ("bomb.jsonl.gz", b'{"text": "', "unpacks to over 100 MB and 200 times its size, as gzip bombs do"),
    ],
)
def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path, name: str, first: bytes, expected: str) -> None:
    with gzip.open(tmp_path / name, "wb", compresslevel=1) as file:
        file.write(first)
        for _ in range(150):
            file.write(b"a" * 1_000_000)
    assert outcomes(tmp_path / name)[-1] == expected


def test_a_run_goes_on_after_each_fault(tmp_path: Path) -> None:
    for name, (data, _) in CASES.items():
        if len(data) < 10_000:
            (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_bytes(TEXT)
    assert outcomes(tmp_path)[-1] == "read"


def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "good.txt").write_bytes(TEXT)
    assert outcomes(tmp_path) == ["read"]


def test_a_faults_line_is_its_message_for_the_user(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"{}\n")
    (source,) = sources_in([path])
    assert isinstance(source, Source)
    with pytest.raises(ArticleError) as caught:
        article_of(source)
    assert str(caught.value).startswith(f'{path}:1: has no "text"; give each line as ')
