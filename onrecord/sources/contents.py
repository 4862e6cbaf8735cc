"""What a file holds, told by its first bytes more than by its name."""

from __future__ import annotations

import codecs
import json
import re
from functools import cache
from pathlib import PurePath
from typing import Literal

from onrecord.errors import SourceError
from onrecord.lexicon import rows

Content = Literal["gzip", "warc", "wacz", "feed", "json-lines", "html", "text"]

HEAD = 1 << 16
"""Bytes at the beginning that are looked at."""
MOST_CONTROLS = 0.02
"""Share of control characters above which bytes are no text."""

_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?(?:p|div|a|span|br|h[1-6]|article|section|table|img|script|meta)\b[^<>]*>", re.IGNORECASE)
_PROLOGUE = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*", re.IGNORECASE | re.DOTALL)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_WACZ_NAMES = (b"archive/", b"indexes/", b"pages/", b"datapackage")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def content_of(head: bytes, name: str) -> Content:
    """The kind of content that begins with these bytes; `name` is the path and decides only where they do not.

    Raises `SourceError` where it is empty, binary, or of a form that is not read.
    """
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise SourceError("is empty" if not head else "holds nothing but blanks", where=name, advice="leave it out")
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PK\x03\x04") and is_wacz(head, name):
        return "wacz"
    _refuse_other_forms(head, name)
    if head.startswith(_WIDE_MARKS):
        head = _narrowed(head)
    elif _is_binary(head):
        raise SourceError("is binary, not text", where=name, advice="hand in text, HTML, JSON Lines, a feed or WARC")
    return _text_content(
        head.removeprefix(codecs.BOM_UTF8).lstrip(), PurePath(name.removesuffix(".gz")).suffix.lower(), name
    )


def is_wacz(head: bytes, name: str) -> bool:
    """Whether a ZIP file that begins with these bytes is a web archive (WACZ), by the first file in it or its name."""
    return name.lower().endswith(".wacz") or head[30:].startswith(_WACZ_NAMES)


def _text_content(head: bytes, suffix: str, name: str) -> Content:
    root = head[_end_of_prologue(head) :]
    if _FEED_ROOT.match(root):
        return "feed"
    is_page = _is_page(head)
    if suffix in {".rss", ".atom"} or (suffix == ".xml" and root.startswith(b"<")):
        if is_page:
            raise SourceError(
                f"is named as a feed, but holds a web page{_title(head)}",
                where=name,
                advice="fetch the feed again, or name the page .html",
            )
        raise SourceError("is no RSS or Atom feed", where=name, advice="hand in a feed, or the pages themselves")
    if suffix in {".jsonl", ".ndjson"} or _is_json_line(head):
        return "json-lines"
    return "html" if is_page or suffix in {".html", ".htm", ".xhtml"} else "text"


def _is_page(head: bytes) -> bool:
    return _PAGE.search(head[:4096]) is not None or (head.startswith(b"<") and len(_TAG.findall(head)) >= 3)


def _end_of_prologue(head: bytes) -> int:
    found = _PROLOGUE.match(head)
    return found.end() if found else 0


def _title(head: bytes) -> str:
    found = re.search(rb"<title[^<>]*>\s*([^<]{1,80})", head, re.IGNORECASE)
    return f' ("{found[1].decode("utf-8", "replace").strip()}")' if found else ""


def _is_json_line(head: bytes) -> bool:
    """Whether the first line is a JSON object, or what is left of one that is longer than the head."""
    if not head.startswith(b"{"):
        return False
    line, newline, _ = head.partition(b"\n")
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return re.match(rb'\{\s*"[^"\n]{1,80}"\s*:', head) is not None and (not newline or b'"text"' in line)


def _narrowed(head: bytes) -> bytes:
    wide = "utf-32" if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) else "utf-16"
    return head[: len(head) // 4 * 4].decode(wide, "ignore").encode()


def _is_binary(head: bytes) -> bool:
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROLS)) > MOST_CONTROLS * len(head)


def _refuse_other_forms(head: bytes, name: str) -> None:
    for mark, form, advice in _other_forms():
        if head.startswith(mark):
            raise SourceError(f"is {form}, which is not read", where=name, advice=advice)


@cache
def _other_forms() -> tuple[tuple[bytes, str, str], ...]:
    return tuple((bytes.fromhex(row["first_bytes"]), row["form"], row["advice"]) for row in rows("file-forms"))
