"""Which feeds are watched: addresses, OPML, lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import SourceError
from onrecord.watch.subscriptions import feeds_named

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>War</title></head><body>
<outline text="Wires"><outline text="A" type="rss" xmlUrl="https://a.example/rss"/></outline>
<outline text="B" xmlUrl=" http://b.example/atom.xml "/><outline text="no feed"/></body></opml>"""


def test_addresses_lists_and_opml_come_in_their_order_and_once(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML)
    (tmp_path / "feeds.txt").write_text("# wires\n\nhttps://c.example/rss#top\nhttps://a.example/rss\n")
    given = ["https://d.example/", str(tmp_path / "feeds.opml"), str(tmp_path / "feeds.txt"), "https://d.example/"]
    assert feeds_named(given) == [
        "https://d.example/",
        "https://a.example/rss",
        "http://b.example/atom.xml",
        "https://c.example/rss",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "names no feed"),
        (b"# nothing\n", "names no feed"),
        (b"https://a.example\nfeed two\n", "feeds:2: 'feed two' is no address of a feed"),
        (b"file:///etc/passwd\n", "is no address of a feed"),
        (b"https:///nohost\n", "is no address of a feed"),
        (b"https://a.example/ b\n", "is no address of a feed"),
        (b"https://[half\n", "is no address of a feed"),
        (b"\xff\xfe\x00", "is no text in UTF-8"),
        (b"<opml><body>", "is damaged OPML"),
        (b'<opml><body><outline xmlUrl="javascript:alert(1)"/></body></opml>', "is no address of a feed"),
        (
            b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><outline xmlUrl="&x;"/></opml>',
            "is damaged OPML",
        ),
    ],
)
def test_a_file_that_names_no_feeds_is_refused_with_the_place(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "feeds").write_bytes(content)
    with pytest.raises(SourceError) as refused:
        feeds_named([str(tmp_path / "feeds")])
    assert said in str(refused.value)


def test_what_is_neither_address_nor_file_is_refused() -> None:
    with pytest.raises(SourceError, match="is neither an address nor a file"):
        feeds_named(["nowhere.opml"])
