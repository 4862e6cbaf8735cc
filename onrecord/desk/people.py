"""The pages on who works at the desk of a team: the people, for editors, and one's own account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.desk import csrf
from onrecord.desk.cookies import SESSION, cookie_of, forget_cookie
from onrecord.desk.rendering import page
from onrecord.desk.signing_in import SIGN_IN, require
from onrecord.record import Record
from onrecord.team import Person, people, sign_ins
from onrecord.team.people import SHORTEST_PASSWORD, Role, TeamError

Fields = Mapping[str, str]
Change = Callable[[Record, Fields, Person], None]


def people_page(request: Request) -> Response:
    """Everybody in the team, with what an editor may do."""
    require(request, "people")
    return _people(request)


async def change_people(request: Request) -> Response:
    """Take in, let go, give another role or password: after what the form's `deed` says."""
    person = require(request, "people")
    fields = await _fields(request)
    change = _CHANGES.get(fields.get("deed", ""))
    if change is None:
        raise HTTPException(422, "The page asked for something that is not done here.")
    try:
        await run_in_threadpool(change, request.app.state.record, fields, person)
    except TeamError as fault:
        return await run_in_threadpool(_people, request, f"{fault}.", 422)
    return RedirectResponse("/people", 303)


def account_page(request: Request) -> Response:
    """One's own account."""
    return _account(request)


async def change_password(request: Request) -> Response:
    """Another password for oneself, which ends all of one's sign-ins."""
    fields = await _fields(request)
    try:
        await run_in_threadpool(_change_own_password, request, fields)
    except TeamError as fault:
        return _account(request, f"{fault}.", 422)
    answer = RedirectResponse(SIGN_IN, 303)
    answer.headers.append("set-cookie", forget_cookie(request.scope, SESSION))
    return answer


def _people(request: Request, said: str = "", status: int = 200) -> Response:
    record: Record = request.app.state.record
    with record.connection() as connection:
        everybody = people.team(connection)
    return page(
        request, "people.html", status, people=everybody, roles=people.ROLES, said=said, shortest=SHORTEST_PASSWORD
    )


def _account(request: Request, said: str = "", status: int = 200) -> Response:
    return page(request, "account.html", status, said=said, shortest=SHORTEST_PASSWORD)


async def _fields(request: Request) -> Fields:
    async with request.form(max_files=0, max_fields=20) as form:
        csrf.check(request, form)
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _change_own_password(request: Request, fields: Fields) -> None:
    record: Record = request.app.state.record
    name, now = request.state.person.name, request.state.clock()
    address = request.client.host if request.client else ""
    with record.connection(writes=True) as connection:
        sign_ins.note_attempt(connection, name, address, now, request.state.limits)
    with record.connection() as connection:
        if people.verified(connection, name, fields.get("password", "")) is None:
            raise TeamError("this is not your password of now", advice="try again")
    with record.connection(writes=True) as connection:
        people.set_password(connection, name, fields.get("new", ""), by=name)
        sign_ins.end(connection, cookie_of(request, SESSION) or "")


def _add(record: Record, fields: Fields, by: Person) -> None:
    role = _role(fields)
    with record.connection(writes=True) as connection:
        people.add(connection, fields.get("name", ""), role, fields.get("password", ""), by=by.name)


def _set_role(record: Record, fields: Fields, by: Person) -> None:
    role = _role(fields)
    with record.connection(writes=True) as connection:
        people.set_role(connection, fields.get("name", ""), role, by=by.name)


def _set_password(record: Record, fields: Fields, by: Person) -> None:
    with record.connection(writes=True) as connection:
        people.set_password(connection, fields.get("name", ""), fields.get("password", ""), by=by.name)


def _remove(record: Record, fields: Fields, by: Person) -> None:
    with record.connection(writes=True) as connection:
        people.remove(connection, fields.get("name", ""), by=by.name)


_CHANGES: Mapping[str, Change] = {"add": _add, "role": _set_role, "password": _set_password, "remove": _remove}


def _role(fields: Fields) -> Role:
    role = fields.get("role", "")
    if role not in get_args(Role):
        raise TeamError("is no role", where=role, advice="choose reader, coder or editor")
    return role  # type: ignore[return-value]


ROUTES = [
    Route("/people", people_page, methods=["GET"], name="people"),
    Route("/people", change_people, methods=["POST"]),
    Route("/account", account_page, methods=["GET"], name="account"),
    Route("/account", change_password, methods=["POST"]),
]
