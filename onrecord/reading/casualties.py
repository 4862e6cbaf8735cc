"""Numbers of people harmed: `casualties_of(doc)`, from the counted phrases, what befell them, and whose figure it is."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.reading.document import text_span
from onrecord.reading.harm import Harm, harm_to
from onrecord.reading.schema import Casualty
from onrecord.reading.toll_reality import is_real
from onrecord.reading.victims import Victims, counted_people, kind_of


@dataclass(frozen=True, slots=True)
class Toll:
    """Counted people and what befell them."""

    victims: Victims
    harm: Harm


def casualties_of(doc: Doc) -> tuple[Casualty, ...]:
    """The tolls that the document tells, each once."""
    return tuple(_casualty(toll, f"k{number}") for number, toll in enumerate(tolls_in(doc), start=1))


def tolls_in(doc: Doc) -> list[Toll]:
    found = []
    for victims in counted_people(doc):
        harm = harm_to(victims)
        if harm is not None and is_real(harm.word):
            found.append(Toll(victims, harm))
    return found


def _casualty(toll: Toll, identifier: str) -> Casualty:
    victims, quantity = toll.victims, toll.victims.quantity
    kind = kind_of(victims)
    span = text_span(victims.span)
    return Casualty(
        span.start, span.end, span.text,
        id=identifier, count=quantity.count, low=quantity.low, high=quantity.high, qualifier=quantity.qualifier,
        effect=toll.harm.effect, status=kind.status, group=kind.group,
    )
