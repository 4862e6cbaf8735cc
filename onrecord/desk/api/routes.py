"""The routes of the API: parameters in, JSON out, with pages, ETags and problem details."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord import __version__
from onrecord.desk.api.openapi import document
from onrecord.desk.api.parameters import PAGING, USUAL, Parameter, ParameterError, values_of
from onrecord.desk.api.resources import LISTED, SINGLE, WHOLE, Encoded, Held, Listed, One, Page, Values, Whole
from onrecord.desk.giving import releases_of
from onrecord.desk.problems import problem
from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.record.changes import stamp
from onrecord.views.as_json import encoded

LARGEST = 250_000
"""Bytes of the things on a page: where there is more, the page ends and says where the next begins."""

Make = Callable[[Record, Values], Response]


def _answer(request: Request, known: Sequence[Parameter], make: Make) -> Response:
    """What `make` gives for the address; nothing anew where the record has not changed since the ETag given."""
    try:
        values = values_of(request.query_params, known)
    except ParameterError as fault:
        return problem(422, "Not understood", f"{fault}.")
    record: Record = request.app.state.record
    mark = _etag(request, record)
    if _matches(request.headers.get("if-none-match", ""), mark):
        answer = Response(status_code=304)
    else:
        answer = make(record, values)
    answer.headers["etag"] = mark
    answer.headers["cache-control"] = "private, no-cache"
    answer.headers["vary"] = "Cookie"
    return answer


def _listing(listed: Listed) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        def make(record: Record, values: Values) -> Response:
            offset, limit = int(values.get("offset", 0)), int(values.get("limit", USUAL))
            page = listed.page(Held(record, releases_of(request)), values, offset, limit)
            return _page(request, values, page, offset, limit)

        return _answer(request, (*listed.parameters, *PAGING), make)

    return endpoint


def _page(request: Request, values: Values, page: Page, offset: int, limit: int) -> Response:
    items = list(_that_fit(map(_item, page.items)))
    end = offset + (limit if len(items) == len(page.items) else len(items))
    following = _address(request, values, end, limit) if page.more or len(items) < len(page.items) else None
    before = _address(request, values, max(0, offset - limit), limit) if offset else None
    rest = encoded({"total": page.total, "offset": offset, "limit": limit, "next": following})
    answer = Response(b'{"items": [' + b", ".join(items) + b"], " + rest[1:], media_type="application/json")
    links = [f'<{address}>; rel="{name}"' for address, name in ((following, "next"), (before, "prev")) if address]
    if links:
        answer.headers["link"] = ", ".join(links)
    return answer


def _item(item: object) -> bytes:
    return item.data if isinstance(item, Encoded) else encoded(item)


def _that_fit(items: Iterable[bytes]) -> Iterator[bytes]:
    """Those that fit on a page; the first in any case."""
    size = 0
    for item in items:
        if size and size + len(item) > LARGEST:
            return
        size += len(item)
        yield item


def _address(request: Request, values: Values, offset: int, limit: int) -> str:
    return f"{request.url.path}?{urlencode({**values, 'limit': limit, 'offset': offset})}"


def _single(one: One) -> Callable[[Request], Response]:
    known = re.compile(f"{one.pattern}[0-9a-z]{{1,15}}", re.ASCII)

    def endpoint(request: Request) -> Response:
        id = request.path_params["id"]
        if not known.fullmatch(id):
            return problem(404, "Not on record", f"Ids of {one.path} begin with {one.pattern}.")

        def make(record: Record, values: Values) -> Response:
            return _json(one.find(record, id))

        try:
            return _answer(request, (), make)
        except RecordError as fault:
            if not fault.what.startswith("there is no "):
                raise
            return problem(404, "Not on record", f"{fault}.")

    return endpoint


def _whole(whole: Whole) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return _answer(request, whole.parameters, lambda record, values: _json(whole.make(record, values)))

    return endpoint


def openapi(request: Request) -> Response:
    """The description of the API."""
    return JSONResponse(_document(bool(request.app.state.team)), headers={"cache-control": "private, no-cache"})


def index(request: Request) -> Response:
    """To the description, which names everything else."""
    return RedirectResponse("/api/openapi.json", 307)


def nothing(request: Request) -> Response:
    """The answer for an address that there is not."""
    return problem(404, "Not found", "There is nothing here; see /api/openapi.json.")


@cache
def _document(team: bool) -> dict[str, object]:
    return document(team=team)


def _json(value: object) -> Response:
    return Response(encoded(value), media_type="application/json")


def _etag(request: Request, record: Record) -> str:
    with record.connection() as connection:
        now = stamp(connection)
    asked = f"{__version__}\n{now}\n{request.url.path}\n{request.url.query}"
    return f'"{hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:32]}"'


def _matches(given: str, mark: str) -> bool:
    """Whether one of the ETags given is that of now, by weak comparison (RFC 9110, 13.1.2)."""
    return given.strip() == "*" or mark in {each.strip().removeprefix("W/") for each in given.split(",")}


def _routes() -> list[BaseRoute]:
    return [
        Route("/api/", index, methods=["GET"]),
        Route("/api/openapi.json", openapi, methods=["GET"]),
        *(Route(f"/api/{listed.name}", _listing(listed), methods=["GET"]) for listed in LISTED),
        *(Route(f"/api/{one.path}/{{id}}", _single(one), methods=["GET"]) for one in SINGLE),
        *(Route(f"/api/{whole.name}", _whole(whole), methods=["GET"]) for whole in WHOLE),
        Route("/api/{rest:path}", nothing),
    ]


ROUTES = _routes()
