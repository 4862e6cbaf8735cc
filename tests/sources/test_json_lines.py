"""JSON Lines: one source a line, bounded memory."""

from __future__ import annotations

import io

import pytest

from onrecord.errors import SourceError
from onrecord.sources import json_lines
from onrecord.sources.source import Source


def found(data: bytes) -> list[Source | SourceError]:
    return list(json_lines.json_line_sources(io.BytesIO(data), "rows.jsonl"))


def test_each_line_is_a_source_with_its_number_and_blank_lines_count() -> None:
    sources = found(b'\xef\xbb\xbf{"text": "one"}\r\n\n  {"text": "two"}')
    assert [(source.data, source.origin) for source in sources if isinstance(source, Source)] == [
        (b'{"text": "one"}', "rows.jsonl:1"),
        (b'{"text": "two"}', "rows.jsonl:3"),
    ]


def test_a_line_that_is_too_long_is_a_fault_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LARGEST_ARTICLE", 20)
    fault, source = found(b'{"text": "' + b"a" * 100 + b'"}\n{"text": "b"}\n')
    assert isinstance(fault, SourceError)
    assert fault.where == "rows.jsonl:1"
    assert isinstance(source, Source)
    assert source.origin == "rows.jsonl:2"


def test_a_line_as_long_as_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LARGEST_ARTICLE", 13)
    assert all(isinstance(source, Source) for source in found(b'{"text": "b"}\n{"text": "c"}'))


def test_a_line_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LARGEST_ARTICLE", 20)
    monkeypatch.setattr(json_lines, "LARGEST_SKIP", 100)
    monkeypatch.setattr(json_lines, "CHUNK", 10)
    assert len(found(b"a" * 1000 + b'\n{"text": "b"}\n')) == 1
