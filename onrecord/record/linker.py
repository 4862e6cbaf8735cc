"""Which state of the program links: what it gives can differ from what an earlier one gave."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from onrecord import lexicon
from onrecord.reading import schema

_HERE = Path(__file__).resolve().parent
_DATA = ("word-documents", "abbreviations", "agencies")
_DIGITS = 16


@cache
def linker() -> str:
    """The beginning of the SHA-256 over all that decides on links: this package, the contract, the word lists.

    Two programs with the same linker give the same links for the same readings and decisions.
    """
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:_DIGITS]


def _files() -> Iterator[Path]:
    yield from sorted(path for path in _HERE.rglob("*.py") if "migrations" not in path.parts)
    yield Path(schema.__file__)
    yield from (lexicon.DATA / f"{name}.tsv" for name in _DATA)
