"""Being written."""

from __future__ import annotations

from spacy.tokens import Doc


def incidents_of(doc: Doc) -> tuple:
    return ()
