"""Numbers of people harmed: the casualties of a reading, from the tolls of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from onrecord.reading.casualties.happenings import happenings_of, tellings_of
from onrecord.reading.casualties.merging import repeated_in
from onrecord.reading.casualties.news import Telling
from onrecord.reading.casualties.origin import attribution_of
from onrecord.reading.casualties.people import Kind
from onrecord.reading.casualties.period import period_of
from onrecord.reading.casualties.place import places_of, side_of
from onrecord.reading.casualties.tolls import Toll, tolls_in
from onrecord.reading.document import Itself, text_span
from onrecord.reading.numbers import Quantity
from onrecord.reading.schema import Casualty


@dataclass(frozen=True, slots=True)
class TollSite:
    """Where a casualty stands in the document, for those who tie it to a happening.

    `casualty` is its id, `tellings` are the counted people as often as the figure is told, in the order of the text,
    `word` is the token that says what befell them where the casualty stands. Casualties of one
    `happening` were told of one happening: 0 is the one that the article tells, higher numbers others (what happened
    elsewhere, or before); None is the toll of a war, a campaign or a stretch of time, which no happening caused.
    """

    casualty: str
    tellings: tuple[Span, ...]
    word: Token
    happening: int | None


def casualties_of(doc: Doc) -> tuple[Casualty, ...]:
    """The casualties that the document tells, each once, in the order of the text; `incident` is left open.

    A figure that is told again is one casualty: the first telling that somebody vouches for, else the first one.
    """
    tolls, standing_for = _tolls(doc), _standing_for(_tolls(doc), doc)
    ids = _ids(tolls, standing_for)
    return tuple(
        _casualty(_with_kind_of_all(kept, standing_for, tolls), tolls, ids, doc)
        for kept in sorted(set(standing_for.values()))
    )


def toll_sites(doc: Doc) -> tuple[TollSite, ...]:
    """The places in the document of what `casualties_of` gives, in the same order."""
    tolls, standing_for = _tolls(doc), _standing_for(_tolls(doc), doc)
    ids, happenings = _ids(tolls, standing_for), happenings_of(tolls)
    return tuple(
        TollSite(
            casualty=ids[tolls[kept].victims.start],
            tellings=tuple(tolls[at].victims.span for at in sorted(standing_for) if standing_for[at] == kept),
            word=tolls[kept].harm.word,
            happening=happenings[kept],
        )
        for kept in sorted(set(standing_for.values()))
    )


def tellings_in(doc: Doc) -> list[Telling]:
    """The document's tolls as the weights that pick the news see them; for training these."""
    return tellings_of(_tolls(doc))


def _tolls(doc: Doc) -> tuple[Toll, ...]:
    """The document's tolls; kept for the next question on the same document, whose times and names they rest on."""
    return _tolls_of(doc, Itself(doc._.times), Itself(doc._.mentions))


@lru_cache(maxsize=1)
def _tolls_of(doc: Doc, _times: Itself, _mentions: Itself) -> tuple[Toll, ...]:
    return tuple(toll for toll in tolls_in(doc) if not _is_who_tells(toll, doc))


def _is_who_tells(toll: Toll, doc: Doc) -> bool:
    """Whether the people are one who tells of the harm: "20 wounded, a doctor and an official said"."""
    victims = toll.victims
    if victims.quantity.count != 1 or victims.noun is None:
        return False
    at = victims.noun.idx
    return any(part.start <= at < part.end for told in doc._.attributions for part in told.source)


def _standing_for(tolls: Sequence[Toll], doc: Doc) -> dict[int, int]:
    """For each toll the telling of it that is kept."""
    first_of = repeated_in(tolls)
    kept: dict[int, int] = {}
    for first in range(len(tolls)):
        if first in first_of:
            continue
        tellings = [first, *(later for later, earlier in first_of.items() if earlier == first)]
        vouched = (at for at in tellings if attribution_of(tolls[at]) is not None)
        best = next(vouched, first)
        kept.update(dict.fromkeys(tellings, best))
    return kept


def _with_kind_of_all(kept: int, standing_for: dict[int, int], tolls: Sequence[Toll]) -> Toll:
    """The toll with what its other tellings say of the people."""
    toll = tolls[kept]
    kinds = [toll.kind, *(tolls[at].kind for at, best in standing_for.items() if best == kept)]
    known = {kind.status: kind for kind in kinds if kind.status != "unknown"}
    status = toll.kind if len(known) != 1 else next(iter(known.values()))
    return replace(toll, kind=Kind(toll.kind.group, status.status))


def _ids(tolls: Sequence[Toll], standing_for: dict[int, int]) -> dict[int, str]:
    """The id of the casualty for which a phrase stands, by the phrase's first token."""
    number = {at: f"k{number}" for number, at in enumerate(sorted(set(standing_for.values())), start=1)}
    return {tolls[at].victims.start: number[kept] for at, kept in standing_for.items()}


def _of_the_effect_alone(toll: Toll) -> Quantity:
    """The toll's number; of "12 killed or wounded" only the most that were killed is known."""
    quantity = toll.victims.quantity
    if not toll.harm.joint or quantity.count == 0:
        return quantity
    return replace(quantity, count=None, low=None, high=quantity.count, qualifier="at-most")


def _casualty(toll: Toll, tolls: Sequence[Toll], ids: dict[int, str], doc: Doc) -> Casualty:
    span = text_span(toll.victims.span)
    quantity = _of_the_effect_alone(toll)
    attribution = attribution_of(toll)
    period = period_of(toll, tolls)
    return Casualty(
        start=span.start,
        end=span.end,
        text=span.text,
        id=ids[toll.victims.start],
        count=quantity.count,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        effect=toll.effect,
        status=toll.kind.status,
        group=toll.kind.group,
        of=side_of(toll),
        part_of=ids.get(toll.whole.start) if toll.whole is not None else None,
        where=places_of(toll, tolls),
        since=period.since if period is not None else None,
        until=period.until if period is not None else None,
        attribution=attribution.id if attribution is not None else None,
    )
