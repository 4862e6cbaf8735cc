"""Search: articles by their words, and the places and parties whose names begin so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.desk.digests import stamp
from onrecord.desk.filtering import LONGEST, asked, limited
from onrecord.desk.rendering import page
from onrecord.record import Filter, Record, tables
from onrecord.record.accounts import ROLE_ACTOR, ROLE_PLACE
from onrecord.record.shapes import SearchHit
from onrecord.views.article_listings import FOUND_BEGINS, FOUND_ENDS

HITS = 25
NAMES = 12
_ID = re.compile(r"[aist][0-9a-hjkmnp-tv-z]{10}", re.ASCII)
_PAGES = {"a": "articles", "i": "incidents", "t": "truces", "s": "stories"}
_NAMES = tables.names.c


@dataclass(frozen=True, slots=True)
class Name:
    """A place or party that incidents name, and in how many accounts."""

    name: str
    role: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found, its snippet in pieces, each with whether it is what was looked for."""

    hit: SearchHit
    snippet: tuple[tuple[str, bool], ...]


def search(request: Request) -> Response:
    """What was found; an id leads straight to the thing."""
    wanted = asked(request)
    query = request.query_params.get("q", "").strip()[:LONGEST]
    if _ID.fullmatch(query):
        return RedirectResponse(f"/{_PAGES[query[0]]}/{query}", 303)
    record: Record = request.app.state.record
    hits: list[Hit] = []
    names: list[Name] = []
    if any(map(str.isalnum, query)):
        state = stamp(record)
        hits, names = request.app.state.kept.get(
            ("search", query, wanted.of), state, lambda: _found(record, query, wanted.of)
        )
    return page(request, "search.html", asked=wanted, query=query, hits=hits, names=names, most=HITS)


def _found(record: Record, query: str, of: Filter) -> tuple[list[Hit], list[Name]]:
    hits = [Hit(hit, tuple(_pieces(hit.snippet))) for hit in islice(record.search(query, limited(of, HITS)), HITS)]
    with record.connection() as connection:
        names = _names(connection, query)
    if any(record.withheld()):
        names = [name for name in names if _is_told(record, name)]
    return hits, names[:NAMES]


def _is_told(record: Record, name: Name) -> bool:
    """Whether an incident that may be seen names it: a name can be all that would give away what is withheld."""
    return record.count("incident", Filter(place=name.name) if name.role == "place" else Filter(actor=name.name)) > 0


def _names(connection: Connection, query: str) -> list[Name]:
    beginning = " ".join(query.casefold().replace('"', "").rstrip("*").split())
    accounts = func.count()
    wanted = (
        select(_NAMES.name, _NAMES.role, accounts)
        .where(_NAMES.kind == "incident", _NAMES.role.in_((ROLE_PLACE, ROLE_ACTOR)))
        .where(_NAMES.name >= beginning, _NAMES.name < beginning + "\U0010ffff")
        .group_by(_NAMES.name, _NAMES.role)
        .order_by(accounts.desc(), _NAMES.name)
        .limit(NAMES * 2)
    )
    found = [Name(*row) for row in connection.execute(wanted)]
    return [name for name in found if ":" not in name.name]


def _pieces(snippet: str) -> Iterator[tuple[str, bool]]:
    for at, stretch in enumerate(snippet.split(FOUND_BEGINS)):
        found, ends, rest = stretch.partition(FOUND_ENDS)
        if at and ends:
            yield found, True
            yield rest, False
        else:
            yield stretch, False


ROUTES = [Route("/search", search, name="search")]
