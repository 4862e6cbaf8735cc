"""The pages on truces: what became of each, step by step, and what is reported to have happened meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import lines
from onrecord.desk.digests import stamp
from onrecord.desk.filtering import asked
from onrecord.desk.lines import Line
from onrecord.desk.links import SentenceLink, to_sentences
from onrecord.desk.media import MediumSheet, sheets_of
from onrecord.desk.paging import listed
from onrecord.desk.rendering import page
from onrecord.reading.schema import TruceKind
from onrecord.record import Filter, Record, listing
from onrecord.record.shapes import TruceOnRecord, TruceStepOnRecord
from onrecord.record.shelf import Shelf
from onrecord.views.timeline import BROKEN
from onrecord.views.words import voice_of

ON_A_PAGE = 10
STEPS = 25
"""Of each truce in the list; all of them are on its own page."""
MEANWHILE = 40
KINDS: tuple[TruceKind, ...] = ("ceasefire", "humanitarian-pause", "evacuation", "corridor", "withdrawal", "no-fly")
TYPES = tuple((kind, kind.replace("-", " ")) for kind in KINDS)


@dataclass(frozen=True, slots=True)
class StepSheet:
    """A step of a truce with its sentences; `voice` is empty where it is the outlet's own."""

    step: TruceStepOnRecord
    broken: bool
    voice: str
    links: tuple[SentenceLink, ...]


@dataclass(frozen=True, slots=True)
class TruceSheet:
    """A truce with its steps, or the last of them."""

    truce: TruceOnRecord
    name: str
    steps: tuple[StepSheet, ...]
    left_out: int = 0


def truces(request: Request) -> Response:
    """The truces that fit, in pages."""
    wanted = asked(request)
    record: Record = request.app.state.record
    key = ("truces", wanted.of, wanted.page)
    pages = request.app.state.kept.get(key, stamp(record), lambda: listed(record, "truce", wanted, _sheets, ON_A_PAGE))
    return page(request, "truces.html", asked=wanted, pages=pages, types=TYPES)


def _sheets(shelf: Shelf, ids: Sequence[str]) -> Iterator[TruceSheet]:
    cards = listing.cards(shelf.connection, "truce", ids)
    found = (cast(TruceOnRecord, listing.card_of(shelf, "truce", id, cards.get(id))) for id in ids)
    return (sheet_of(truce, STEPS) for truce in found if listing.is_told(truce))


def truce(request: Request) -> Response:
    """One truce, and what is reported to have happened in its area while it held."""
    record: Record = request.app.state.record
    id = request.path_params["id"]
    state = stamp(record), request.app.state.keeper.state
    sheet, meanwhile, media = request.app.state.kept.get(("truce", id), state, lambda: _with_meanwhile(record, id))
    return page(request, "truce.html", sheet=sheet, meanwhile=meanwhile, media=media)


def _with_meanwhile(record: Record, id: str) -> tuple[TruceSheet, tuple[Line, ...], tuple[MediumSheet, ...]]:
    found = record.truce(id)
    media = sheets_of(record, (found.id, *(step.id for step in found.steps)))
    return sheet_of(found), _meanwhile(record, found), media


def sheet_of(truce: TruceOnRecord, last: int | None = None) -> TruceSheet:
    """A truce laid out, with all of its steps or so many of the last."""
    kind = truce.kind.replace("-", " ").capitalize()
    name = f"{kind}, {truce.places[0].name}" if truce.places else kind
    steps = truce.steps if last is None else truce.steps[-last:]
    return TruceSheet(truce, name, tuple(map(_step, steps)), len(truce.steps) - len(steps))


def _step(step: TruceStepOnRecord) -> StepSheet:
    voice = "" if step.voice.kind == "outlet" else voice_of(step.voice)
    return StepSheet(step, step.step in BROKEN, voice, to_sentences(step.evidence))


def _meanwhile(record: Record, truce: TruceOnRecord) -> tuple[Line, ...]:
    """The deeds in the truce's area and time; where it names no place, in its time alone we could not say."""
    if not truce.places or not truce.since:
        return ()
    place = truce.places[0]
    of = Filter(place=place.key or place.name, since=truce.since, until=truce.until or truce.since)
    with record.connection() as connection:
        return tuple(lines.fitting(connection, of, lines.DEED, limit=MEANWHILE))


ROUTES = [Route("/truces", truces, name="truces"), Route("/truces/{id}", truce, name="truce")]
