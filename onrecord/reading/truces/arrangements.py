"""Where a text names an arrangement that stops or limits fighting, or lets people or forces through.

The names stand in `data/truce-arrangements.tsv`; beside them count a halt to fire that a verb tells ("to halt air
strikes"), people who leave under a deal, and "the deal" where it takes an arrangement up.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.deals import deals_in, leaving_under_a_deal
from onrecord.reading.truces.halts import halts_in
from onrecord.reading.truces.names import named_in


def arrangements(doc: Doc) -> tuple[Arrangement, ...]:
    """The arrangements that a document names, in their order."""
    found = list(named_in(doc))
    found += [*halts_in(doc, found), *leaving_under_a_deal(doc)]
    taken = {at for one in found for at in range(one.start, one.end)}
    found += [deal for deal in deals_in(doc, found) if deal.token.i not in taken]
    return tuple(sorted(_distinct(found), key=lambda one: one.start))


def _distinct(found: list[Arrangement]) -> Iterator[Arrangement]:
    """The arrangements without those that lie within a longer one."""
    for one in found:
        within = (other for other in found if other is not one and other.start <= one.start and one.end <= other.end)
        if not any(other.end - other.start > one.end - one.start for other in within):
            yield one
