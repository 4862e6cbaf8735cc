"""Names of things on record: short, and derived from what they name, so that the order of arrival does not matter.

A code is 50 bits of a SHA-256 in ten characters of Crockford's base 32: with a million articles on record the odds that
any two share one are 1 in 2,000.
"""

from __future__ import annotations

import hashlib

from onrecord.articles.addresses import host_of
from onrecord.articles.article import Article
from onrecord.reading.schema import Reading

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 10


def code(*parts: str) -> str:
    """Ten characters that stand for these texts in this order."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big")
    return "".join(ALPHABET[number >> 5 * at & 31] for at in range(_LENGTH))


def article_id(reading: Reading) -> str:
    """The id of the article that was read: one for the same words (menus and advertisements apart) by one outlet."""
    return "a" + code(outlet_key(reading), " ".join(body(reading).split()))


def account_id(article: str, local: str) -> str:
    """The id of an incident as told by an article, which is also that of the incident if this is its first account."""
    return "i" + code(article, local)


def truce_id(article: str, local: str) -> str:
    """The id of a step of a truce as told by an article, and of the truce if this is its first step."""
    return "t" + code(article, local)


def story_id(article: str) -> str:
    """The id of the story whose first article this is."""
    return "s" + article[1:]


def outlet_key(reading: Reading) -> str:
    """What tells outlets apart: the outlet's name in small letters, else the host of its address, else nothing."""
    if reading.outlet:
        return " ".join(reading.outlet.casefold().split())
    return host_of(reading.url) or ""


def body(reading: Reading) -> str:
    """The text with its boilerplate blanked out, offsets as they are."""
    return Article(id=reading.id, text=reading.text, boilerplate=reading.boilerplate).body()
