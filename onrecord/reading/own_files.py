"""The files that a user adds to a lexicon, known at every word that is looked up."""

from __future__ import annotations

from pathlib import Path

from onrecord.config import settings


def own_files(name: str) -> tuple[Path, ...]:
    """The user's files that add to the lexicon `name`; what is cached by them is read anew where they change."""
    return settings().lexicons.get(name, ())
