"""Pages for what goes wrong, which say what to do next."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.desk.guarding import HEADERS
from onrecord.desk.problems import problem
from onrecord.desk.rendering import page
from onrecord.errors import OnRecordError

_LOG = logging.getLogger(__name__)
_TITLES = {
    400: "This could not be understood",
    401: "Please sign in",
    403: "Not allowed",
    404: "There is nothing here",
    405: "This page takes no such request",
    409: "Somebody else was here meanwhile",
    413: "This is too large",
    422: "This could not be understood",
    429: "Too many tries",
}


async def refused(request: Request, fault: Exception) -> Response:
    """The answer to an `HTTPException`."""
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    detail = fault.detail if isinstance(fault, HTTPException) else ""
    headers = getattr(fault, "headers", None) or {}
    said = detail if detail.endswith(".") else ""  # Starlette's own say no more than the title
    answer = _answer(request, status, _TITLES.get(status, "That did not work"), said)
    answer.headers.update(headers)
    return answer


async def not_on_record(request: Request, fault: Exception) -> Response:
    """The answer where the library says what is wrong and what to do."""
    assert isinstance(fault, OnRecordError)
    missing = fault.what.startswith("there is no ")
    advice = "" if missing or fault.advice is None else f" {fault.advice[:1].upper()}{fault.advice[1:]}."
    what = f"{fault.what[:1].upper()}{fault.what[1:]}."
    status = 404 if missing else 422
    return _answer(request, status, _TITLES[404] if missing else "That did not work", what + advice)


async def overtaken(request: Request, fault: Exception) -> Response:
    """The answer to a decision on what somebody else has changed meanwhile: told, and nothing overwritten."""
    assert isinstance(fault, OnRecordError)
    said = f"{fault.what[:1].upper()}{fault.what[1:]}. Your decision was not put on record: look again, then decide."
    back, _, fact = request.url.path.partition("/facts/")
    return _answer(request, 409, _TITLES[409], said, back=f"{back}#{fact}" if fact else back)


async def broken(request: Request, fault: Exception) -> Response:
    """The answer to a fault of the program."""
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=fault)
    answer = _answer(
        request,
        500,
        "Something broke",
        "This is a fault of the program, not yours; nothing was changed. The log of onrecord serve says what happened.",
    )
    answer.headers.update(dict(HEADERS))  # Starlette answers a fault outside of the middleware
    return answer


def _answer(request: Request, status: int, title: str, said: str, *, back: str | None = None) -> Response:
    if request.url.path.startswith("/api/"):
        return problem(status, title, said)
    return page(request, "fault.html", status, title=title, said=said, back=back)
