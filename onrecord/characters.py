"""Characters that files, databases and terminals all take."""

from __future__ import annotations

import re
from typing import overload

_UNFIT = re.compile("[\0\ud800-\udfff]")


@overload
def storable(words: str) -> str: ...


@overload
def storable(words: None) -> None: ...


@overload
def storable(words: str | None) -> str | None: ...


def storable(words: str | None) -> str | None:
    """The words with U+FFFD for each NUL and half of a surrogate pair, which no UTF-8 or no database takes.

    A file's name or a command's word that is no UTF-8 has such halves, and JSON may name them. Offsets stay. None, what
    is not known, stays None.
    """
    return None if words is None else _UNFIT.sub("\ufffd", words)
