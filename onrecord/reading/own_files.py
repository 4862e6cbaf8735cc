"""The files that a user adds to a lexicon, known at every word that is looked up."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from onrecord.config import settings


def own_files(name: str) -> tuple[Path, ...]:
    """The user's files that add to the lexicon `name`; what is cached by them is read anew where they change."""
    return _own_files(name, os.environ.get("ONRECORD_CONFIG"), os.getcwd())  # noqa: PTH109 (called a thousand times)


@lru_cache(maxsize=64)
def _own_files(name: str, _config: str | None, _folder: str) -> tuple[Path, ...]:
    # Finding the path of the settings anew at each word would take longer than the reading.
    return tuple(settings().lexicons.get(name, ()))
