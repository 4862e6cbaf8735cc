"""The words beside another word that decide how it is read, by the role that they play there.

They stand in `data/<table>.tsv`, a word and its role a line; a user's file of that name adds to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from onrecord.lexicon import rows
from onrecord.reading.own_files import own_files


def words_of_role(table: str, role: str) -> frozenset[str]:
    """The words of a role in a table; raises `KeyError` for a role that has none, which no caller should ask for."""
    return _by_role(table, own_files(table))[role]


@cache
def _by_role(table: str, _own_files: tuple[Path, ...]) -> Mapping[str, frozenset[str]]:
    """The words by role; the user's files, that `rows` adds, tell one table from another."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(table):
        words[row["role"]].add(row["word"])
    return {role: frozenset(found) for role, found in words.items()}
