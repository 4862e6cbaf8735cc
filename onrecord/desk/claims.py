"""Who says what: the speakers, and what one of them is said to have said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil

from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import digest_tables as digests
from onrecord.desk.chosen import rows_of
from onrecord.desk.digests import stamp
from onrecord.desk.filtering import asked
from onrecord.desk.links import SentenceLink, to_sentence
from onrecord.desk.paging import Pages, paged
from onrecord.desk.rendering import page
from onrecord.record import Filter, Record
from onrecord.record.shapes import Claim
from onrecord.record.shelf import Shelf
from onrecord.record.statements import claims_in

ARTICLES_ON_A_PAGE = 25
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
    sums: dict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0])
    wanted = select(_SPEAKERS.name, _SPEAKERS.named, func.sum(_SPEAKERS.claims), func.count())
    with record.connection() as connection:
        grouped = wanted.group_by(_SPEAKERS.name, _SPEAKERS.named)
        for name, named, said, articles in rows_of(connection, grouped, _SPEAKERS.article, of):
            sums[name, named][0] += said
            sums[name, named][1] += articles
    found = [Speaker(name, named, *counts) for (name, named), counts in sums.items()]
    return sorted(found, key=lambda speaker: (-speaker.claims, speaker.name))


def _sayings(record: Record, speaker: str, of: Filter, at: int) -> Pages[Saying]:
    """What a speaker says, some articles on a page."""
    with record.connection() as connection:
        shelf = Shelf(connection)
        wanted = select(_SPEAKERS.article, _SPEAKERS.claims).where(func.lower(_SPEAKERS.name) == speaker.lower())
        rows = list(rows_of(connection, wanted, _SPEAKERS.article, of))
        last = max(1, ceil(len(rows) / ARTICLES_ON_A_PAGE))
        at = min(at, last)
        found = []
        for article, _ in rows[(at - 1) * ARTICLES_ON_A_PAGE : at * ARTICLES_ON_A_PAGE]:
            for claim in claims_in(shelf, shelf.telling(article), Filter()):
                if speaker.casefold() in ((claim.speaker or "").casefold(), claim.source.casefold()):
                    found.append(Saying(claim, to_sentence(claim.evidence)))
    return Pages(tuple(found), at, last, sum(said for _, said in rows))


ROUTES = [Route("/claims", claims, name="claims")]
