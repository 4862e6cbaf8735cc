"""Whose figure a toll is."""

from __future__ import annotations

from onrecord.reading.attributions.section import covering
from onrecord.reading.casualties.tolls import Toll
from onrecord.reading.schema import Attribution


def attribution_of(toll: Toll) -> Attribution | None:
    """The statement that holds the number, or the word for the harm; None for the article's own."""
    doc = toll.victims.doc
    for token in (doc[toll.victims.quantity.last - 1], toll.harm.word):
        found = covering(doc._.attributions, token.idx, token.idx + len(token.text))
        if found is not None:
            return found
    return None
