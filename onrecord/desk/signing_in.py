"""Signing in to the desk of a team, and out again."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.desk import csrf, faults
from onrecord.desk.cookies import SESSION, cookie_of, forget_cookie, set_cookie
from onrecord.desk.problems import problem
from onrecord.desk.rendering import page
from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.team import Deed, Person, people, sign_ins
from onrecord.team.sign_ins import LIMITS, MINUTE, Limits, TooManyAttemptsError

SIGN_IN = "/sign-in"
OPEN = (SIGN_IN, "/static/")
"""Paths that need no sign-in."""
_READERS_POST = frozenset({"/sign-out", "/sign-out-everywhere", "/account"})
"""What even those who only look may send."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_HASHED_AT_ONCE = CapacityLimiter(2)
"""A password takes 64 MiB for a tenth of a second; many at once would take the desk down."""


class SignedIn:
    """ASGI middleware for the desk of a team: sets `state.person`, and sends whoever is not signed in to sign in.

    `clock` gives seconds since 1970.
    """

    def __init__(self, app: ASGIApp, limits: Limits = LIMITS, clock: Callable[[], float] = time.time) -> None:
        self._app = app
        self._limits = limits
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # A page that listens for what is new is not somebody who works.
        person = await self._person(HTTPConnection(scope), is_use=scope["path"] != "/events")
        state = scope.setdefault("state", {})
        state.update(person=person, limits=self._limits, clock=self._clock)
        answer = await _answer_without(person, Request(scope))
        await (answer or self._app)(scope, receive, send)

    async def _person(self, request: HTTPConnection, *, is_use: bool) -> Person | None:
        token = cookie_of(request, SESSION)
        return await run_in_threadpool(self._known, request.app.state.record, token, is_use) if token else None

    def _known(self, record: Record, token: str, is_use: bool) -> Person | None:
        now = self._clock()
        with record.connection() as connection:
            found = sign_ins.who(connection, token, now, self._limits)
        if found is None:
            return None
        person, used = found
        if is_use and now - used > MINUTE:
            with suppress(RecordError), record.connection(writes=True) as connection:
                sign_ins.note_use(connection, token, now, self._limits)
        return person


def require(request: Request, deed: Deed) -> Person:
    """Who is at the desk; raises `HTTPException` (403) where their role does not let them do this."""
    person: Person = request.state.person
    if not person.may(deed):
        raise HTTPException(403, f"You are signed in as a {person.role}, who may not do this; ask an editor.")
    return person


def within_desk(path: object) -> str:
    """The path where it is one of this desk, else that of the first page: no page of elsewhere is ever led to."""
    if not isinstance(path, str) or not path.startswith("/") or path.startswith("//") or len(path) > 2000:
        return "/"
    if "\\" in path or not path.isprintable() or urlsplit(path).netloc or path.startswith(SIGN_IN):
        return "/"
    return quote(path, safe="/?&=%+:,;@!~*'()$-._")


async def sign_in_page(request: Request) -> Response:
    """The form; straight on, where somebody is signed in."""
    following = within_desk(request.query_params.get("next"))
    if request.state.person is not None:
        return RedirectResponse(following, 303)
    return _form(request, following)


async def sign_in(request: Request) -> Response:
    """Take name and password; on success a fresh token, and on to where one wanted to go."""
    async with request.form(max_files=0, max_fields=10) as form:
        csrf.check(request, form)
        following = within_desk(form.get("next"))
        name, password = _text(form, "name"), _text(form, "password")
    try:
        token = await to_thread.run_sync(_begin, request, name, password, limiter=_HASHED_AT_ONCE)
    except TooManyAttemptsError as fault:
        answer = _form(request, following, name, f"{fault}.".capitalize(), 429)
        answer.headers["retry-after"] = str(fault.seconds)
        return answer
    if token is None:
        return _form(request, following, name, "This name and this password do not belong together.", 403)
    signed_in = RedirectResponse(following, 303)
    lasting = round(request.state.limits.whole)
    signed_in.headers.append("set-cookie", set_cookie(request.scope, SESSION, token, same_site="lax", seconds=lasting))
    return signed_in


async def sign_out(request: Request) -> Response:
    """Sign out this browser, or (`/sign-out-everywhere`) all in which the person is signed in."""
    async with request.form(max_files=0, max_fields=10) as form:
        csrf.check(request, form)
    await run_in_threadpool(_end, request, request.url.path != "/sign-out")
    left = RedirectResponse(SIGN_IN, 303)
    left.headers.append("set-cookie", forget_cookie(request.scope, SESSION))
    return left


def _begin(request: Request, name: str, password: str) -> str | None:
    record: Record = request.app.state.record
    now = request.state.clock()
    address = request.client.host if request.client else ""
    with record.connection(writes=True) as connection:
        sign_ins.note_attempt(connection, name, address, now, request.state.limits)
    with record.connection() as connection:
        person = people.verified(connection, name, password)
    if person is None:
        return None
    with record.connection(writes=True) as connection:
        return sign_ins.begin(connection, person, now, instead_of=cookie_of(request, SESSION))


def _end(request: Request, everywhere: bool) -> None:
    record: Record = request.app.state.record
    with record.connection(writes=True) as connection:
        if everywhere:
            sign_ins.end_all(connection, request.state.person.name)
        sign_ins.end(connection, cookie_of(request, SESSION) or "")


def _form(request: Request, following: str, name: str = "", said: str = "", status: int = 200) -> Response:
    answer = page(request, "sign-in.html", status, following=following, name=name, said=said)
    answer.headers["cache-control"] = "no-store"
    return answer


async def _answer_without(person: Person | None, request: Request) -> Response | None:
    """The answer to who is not signed in, or only looks and wants to do more; `None` where all is well."""
    path = request.url.path
    if person is None:
        if path.startswith(OPEN):
            return None
        if path.startswith(("/api/", "/events")):
            return problem(401, "Not signed in", "Sign in at /sign-in and send the cookie that comes of it.")
        asked = f"{path}?{request.url.query}" if request.url.query else path
        following = asked if request.method in _SAFE_METHODS else "/"
        return RedirectResponse(f"{SIGN_IN}?next={quote(following, safe='/')}", 303)
    if person.role == "reader" and request.method not in _SAFE_METHODS and path not in _READERS_POST:
        said = "You are signed in as a reader, who may look at everything and change nothing; ask an editor."
        return await faults.refused(request, HTTPException(403, said))
    return None


def _text(form: FormData, field: str) -> str:
    value = form.get(field)
    return value if isinstance(value, str) else ""


ROUTES = [
    Route(SIGN_IN, sign_in_page, methods=["GET"], name="sign-in"),
    Route(SIGN_IN, sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"], name="sign-out"),
    Route("/sign-out-everywhere", sign_out, methods=["POST"], name="sign-out-everywhere"),
]
