"""Characters that files, databases and terminals all take."""

from __future__ import annotations

import re

_UNFIT = re.compile("[\0\ud800-\udfff]")


def storable(words: str) -> str:
    """The words with U+FFFD for each NUL and half of a surrogate pair, which no UTF-8 or no database takes.

    A file's name or a command's word that is no UTF-8 has such halves, and JSON may name them. Offsets stay.
    """
    return _UNFIT.sub("\ufffd", words)
