"""Things as they are kept, as JSON to be given out: hardly more than reading their bytes, where nothing is withheld."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from onrecord.record import cards, listing
from onrecord.record.decision_tables import decisions
from onrecord.record.shapes import EVERYTHING
from onrecord.record.shelf import Shelf


def as_json(shelf: Shelf, kind: str, ids: Sequence[str]) -> Iterator[bytes]:
    """The things of a kind by their ids, each as one object of JSON, without those of which nothing may be told."""
    kept = listing.cards(shelf.connection, kind, ids)
    as_kept = _hides_nothing(shelf) and shelf.rule == EVERYTHING.rule
    for id in ids:
        held = cards.json_of(kind, kept.get(id)) if as_kept else None
        if held is not None:
            yield held
            continue
        shape = listing.card_of(shelf, kind, id, kept.get(id))
        if listing.is_told(shape):
            yield cards.as_json(kind, shape)


def _hides_nothing(shelf: Shelf) -> bool:
    """Whether everything on record is shown."""
    return shelf.withholding is None or shelf.connection.scalar(_ANY_WITHHELD) is None


_ANY_WITHHELD = select(decisions.c.id).where(decisions.c.act == "withhold", decisions.c.undone_by.is_(None)).limit(1)
