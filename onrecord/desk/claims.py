"""Who says what: the speakers, and what one of them is said to have said."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import digest_tables as digests
from onrecord.desk.chosen import chosen
from onrecord.desk.digests import stamp
from onrecord.desk.filtering import asked
from onrecord.desk.links import SentenceLink, to_sentence
from onrecord.desk.paging import Pages, last_page, paged
from onrecord.desk.rendering import page
from onrecord.record import Filter, Record
from onrecord.record.accounts import folded
from onrecord.record.shapes import Claim
from onrecord.record.shelf import Shelf
from onrecord.record.statements import claims_in

ARTICLES_ON_A_PAGE = 25
MOST_SPEAKERS = 5000
_SPEAKERS = digests.speakers.c


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks; `named` is False where the texts do not name them."""

    name: str
    named: bool
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement with its sentence."""

    claim: Claim
    link: SentenceLink


def claims(request: Request) -> Response:
    """The speakers who fit, those who say most first; of one of them the statements."""
    wanted = asked(request)
    record: Record = request.app.state.record
    speaker = request.query_params.get("speaker", "").strip() or wanted.of.actor
    if speaker:
        state = stamp(record), request.app.state.keeper.state
        key = ("sayings", speaker, wanted.of, wanted.page)
        sayings = request.app.state.kept.get(key, state, lambda: _sayings(record, speaker, wanted.of, wanted.page))
        return page(request, "sayings.html", asked=wanted, speaker=speaker, pages=sayings)
    found = request.app.state.kept.get(
        ("claims", wanted.of), request.app.state.keeper.state, lambda: _speakers(record, wanted.of)
    )
    named = [speaker for speaker in found if speaker.named]
    unnamed = [speaker for speaker in found if not speaker.named][:SHOWN_UNNAMED]
    return page(request, "claims.html", asked=wanted, pages=paged(named, wanted.page), unnamed=unnamed)


SHOWN_UNNAMED = 40


def _speakers(record: Record, of: Filter) -> list[Speaker]:
    said = func.sum(_SPEAKERS.claims)
    with record.connection() as connection:
        wanted = chosen(connection, of, _SPEAKERS.name, _SPEAKERS.named, said, func.count())
        grouped = wanted.group_by(_SPEAKERS.name, _SPEAKERS.named).order_by(said.desc(), _SPEAKERS.name)
        return [Speaker(*row) for row in connection.execute(grouped.limit(MOST_SPEAKERS))]


def _sayings(record: Record, speaker: str, of: Filter, at: int) -> Pages[Saying]:
    """What a speaker says, some articles on a page."""
    with record.connection() as connection:
        shelf = Shelf(connection)
        wanted = chosen(connection, of, func.count(), func.sum(_SPEAKERS.claims))
        articles, claims = connection.execute(wanted.where(_SPEAKERS.folded == folded(speaker))).one()
        last = last_page(articles, ARTICLES_ON_A_PAGE)
        at = min(at, last)
        theirs = chosen(connection, of, _SPEAKERS.article).where(_SPEAKERS.folded == folded(speaker))
        ordered = theirs.order_by(_SPEAKERS.article).limit(ARTICLES_ON_A_PAGE).offset((at - 1) * ARTICLES_ON_A_PAGE)
        ids = list(connection.scalars(ordered))
        shelf.prepare(ids)
        found = [
            Saying(claim, to_sentence(claim.evidence))
            for id in ids
            for claim in claims_in(shelf, shelf.telling(id), Filter())
            if folded(speaker) in (folded(claim.speaker or ""), folded(claim.source))
        ]
    return Pages(tuple(found), at, last, claims or 0)


ROUTES = [Route("/claims", claims, name="claims")]
