"""Which state of the program links and lists: what it gives can differ from what an earlier one gave."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, delete, select, text

from onrecord import lexicon
from onrecord.reading import schema
from onrecord.record.tables import linked_by

_HERE = Path(__file__).resolve().parent
_DATA = ("word-documents", "abbreviations", "agencies", "demonyms", "site-nouns")
_DIGITS = 16
_LISTS = "listing"
"""The module that puts together what is listed."""
_IMPORT = re.compile(r"^\s*from onrecord\.record(?:\.([\w.]+))? import (\([^)]*\)|.*)$", re.MULTILINE)
_NAME = re.compile(r"\w+")


@cache
def linker() -> str:
    """The beginning of the SHA-256 over all that decides on links: this package, the contract, the word lists.

    Two programs with the same linker give the same links for the same readings and decisions.
    """
    return _digest(sorted(path for path in _HERE.rglob("*.py") if "migrations" not in path.parts))


@cache
def lister() -> str:
    """The same over what decides how things that are linked are put together to be listed."""
    return _digest(sorted(_with_imports(_module(_LISTS))))


def note_linker(connection: Connection, *, alone: bool = False) -> None:
    """Note that this state of the program made links; `alone`: all that there are."""
    if alone:
        connection.execute(delete(linked_by).where(linked_by.c.linker != linker()))
    connection.execute(_NOTE, {"linker": linker()})


def linked_otherwise(connection: Connection) -> bool:
    """Whether another state of the program made links that there are: this one might make others."""
    return connection.scalar(select(linked_by.c.linker).where(linked_by.c.linker != linker()).limit(1)) is not None


_NOTE = text("INSERT INTO linked_by (linker) VALUES (:linker) ON CONFLICT (linker) DO NOTHING")


def _digest(program: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in (*program, Path(schema.__file__), *(lexicon.DATA / f"{name}.tsv" for name in _DATA)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:_DIGITS]


def _with_imports(first: Path) -> set[Path]:
    """A module of this package, and all of this package that it imports, or that these import."""
    found, waiting = {first}, [first]
    while waiting:
        ahead = {path for path in _imported(waiting.pop().read_text("utf-8")) if path.exists()} - found
        found |= ahead
        waiting += ahead
    return found


def _imported(program: str) -> Iterator[Path]:
    for within, names in _IMPORT.findall(program):
        if within:
            yield _module(within)
        yield from (_module(f"{within}.{name}" if within else name) for name in _NAME.findall(names))


def _module(name: str) -> Path:
    return _HERE.joinpath(*name.split(".")).with_suffix(".py")
