"""Text from outside made fit for a terminal or a line."""

from __future__ import annotations

import unicodedata

KEPT = {"\n", "\t"}
BIDI = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def printable(text: str) -> str:
    """The text without what could steer a terminal or turn its order about: control and bidirectional characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in KEPT or not _steers(c) else "\ufffd" for c in text)


def one_line(text: str) -> str:
    """The text as one line that can stand in a tab-separated row."""
    return printable(" ".join(text.split()))


def shortened(text: str, letters: int) -> str:
    """The text as one line of at most so many letters, cut between words."""
    line = one_line(text)
    if len(line) <= letters:
        return line
    return line[: letters - 1].rsplit(" ", 1)[0] + "…"


def _steers(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in BIDI
