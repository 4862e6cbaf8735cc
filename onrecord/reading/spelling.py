"""Spellings of names made comparable: folded keys, names without their Arabic article, consonant skeletons."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from anyascii import anyascii

from onrecord.lexicon import rows

_APOSTROPHES = re.compile(r"['`´‘’ʻʼʾʿ′ʹ\"“”]")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_DIGRAPHS = (("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"),
             ("ph", "f"), ("dj", "j"), ("ck", "k"), ("q", "k"), ("x", "ks"))  # fmt: skip
_HOST = re.compile(r"[a-z0-9-]{2,}(\.[a-z0-9-]+)*\.[a-z]{2,}(/\S*)?")
_WEB = ("http://", "https://", "www.")
_VOWELS = frozenset("aeiouwy")


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """The name in plain lower-case words: without diacritics, apostrophes, punctuation and a leading "the".

    "Deir ez-Zor" and "DEIR EZ ZOR" -> "deir ez zor"; "Sana'a" -> "sanaa"; "U.S." -> "us".
    """
    plain = _APOSTROPHES.sub("", anyascii(name.replace(".", ""))).lower()
    key = _NOT_ALPHANUMERIC.sub(" ", plain).strip()
    return key[4:] if key.startswith("the ") and len(key) > 4 else key


def is_address(text: str) -> bool:
    """Whether it is an address on the net: "desk@example.org", "example.org/news"; but "Example.org" is an outlet."""
    return "@" in text or text.startswith(_WEB) or _HOST.fullmatch(text) is not None


def without_articles(key: str) -> str:
    """The folded key without Arabic articles, generic words in one spelling: "tell rifaat" -> "tal rifaat"."""
    words = (_standard().get(word, word) for word in key.split())
    return " ".join(word for word in words if word) or key


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """The consonants of a folded key, each sound by one letter and none doubled: "gaziantep" -> "gzntp".

    The first letter stays though it is a vowel; spaces go. Empty where too little is left to tell
    names apart (under three letters).
    """
    bare = without_articles(key).replace(" ", "")
    for sound, letter in _DIGRAPHS:
        bare = bare.replace(sound, letter)
    # A final h is silent in Arabic names (Hamah, Raqqah).
    kept = bare[:1] + "".join(letter for letter in bare[1:].rstrip("h") if letter not in _VOWELS)
    bones = "".join(letter for letter, before in zip(kept, " " + kept, strict=False) if letter != before)
    return bones if len(bones) >= 3 else ""


@cache
def _standard() -> dict[str, str]:
    """The spelling by which a word of a name is compared, by those that it has; "" for an article."""
    return {row["spelling"]: row["standard"] for row in rows("name-spellings")}
