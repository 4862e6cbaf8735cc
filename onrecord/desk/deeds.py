"""What people do at the desk: forms taken in, decided, and answered by a page to go on with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.desk import csrf
from onrecord.desk.apart import run_apart
from onrecord.desk.corrections import changes, fields_of
from onrecord.desk.fact_words import Wording
from onrecord.desk.signing_in import require
from onrecord.record import Record
from onrecord.record.decisions import Accept, Correct, Merge, Move, Reject, Split, Undo, Withhold
from onrecord.record.shapes import FactOnRecord
from onrecord.team import Deed, Person

Form = Mapping[str, str]
DEFAULT_WHY = {
    "accept": "checked against the sentence",
    "reject": "the sentence does not say so",
    "correct": "the sentence says otherwise",
    "undo": "taken back",
}
"""Stands as the reason where none is given: a key is pressed faster than a reason is typed."""
MOST_FIELDS = 60


def form_route(path: str, deed: Callable[[Request, Form], Response]) -> Route:
    """A route that takes a form of one of our own pages; `deed` may take its time."""

    async def take(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
            csrf.check(request, form)
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        answer = await run_apart(deed, request, fields)
        request.app.state.keeper.wake()
        return answer

    return Route(path, take, methods=["POST"])


def decide_on_fact(request: Request, form: Form) -> Response:
    """Accept, reject, correct a fact, or undo what was last decided on it."""
    article, local = request.path_params["id"], request.path_params["fact"]
    deed = _deed(form, ("accept", "reject", "correct", "undo"))
    person = require(request, deed)
    record: Record = request.app.state.record
    fact = _fact(record, article, local)
    _FACT_DEEDS[deed](record, fact, form, person)
    going_on = form.get("next") if deed in ("accept", "reject") else None
    return _back(f"/articles/{article}", _DONE[deed], going_on or local)


def _accept(record: Record, fact: FactOnRecord, form: Form, person: Person) -> None:
    record.decide(Accept(fact.id), by=person.name, why=_why(form, "accept"), against=form.get("against"))


def _reject(record: Record, fact: FactOnRecord, form: Form, person: Person) -> None:
    record.decide(Reject(fact.id), by=person.name, why=_why(form, "reject"), against=form.get("against"))


def _correct(record: Record, fact: FactOnRecord, form: Form, person: Person) -> None:
    """Each field that was changed is a decision of its own; the first is held against what the person had seen."""
    article = fact.id.partition("/")[0]
    fields = fields_of(fact, record.reading(article), Wording(record.decided_reading(article)))
    changed = list(changes(fields, form))
    if not changed:
        raise HTTPException(422, "Nothing was changed: write what the sentence says into a field, then save.")
    against = form.get("against")
    for name, value in changed:
        record.decide(Correct(fact.id, name, value), by=person.name, why=_why(form, "correct"), against=against)
        against = None


def _undo(record: Record, fact: FactOnRecord, form: Form, person: Person) -> None:
    if not fact.decisions:
        raise HTTPException(409, "There is nothing to undo: nobody has decided on this, or it was undone already.")
    record.decide(Undo(fact.decisions[-1].id), by=person.name, why=_why(form, "undo"))


_FACT_DEEDS: Mapping[str, Callable[[Record, FactOnRecord, Form, Person], None]] = {
    "accept": _accept,
    "reject": _reject,
    "correct": _correct,
    "undo": _undo,
}
_DONE = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "undo": "undone"}


def decide_on_incident(request: Request, form: Form) -> Response:
    """Merge an incident with others, split it, move accounts of it elsewhere, or withhold it."""
    id = request.path_params["id"]
    deed = _deed(form, ("merge", "split", "move", "withhold"))
    person = require(request, deed)
    record: Record = request.app.state.record
    why, against = form.get("why", "").strip(), form.get("against")
    if not why:
        raise HTTPException(422, "Say why: others will ask. Go back, and write a reason.")
    accounts = tuple(value for name, value in form.items() if name.startswith("account-"))
    other = form.get("other", "").strip()
    if deed == "merge":
        record.decide(Merge((id, other)), by=person.name, why=why, against=against)
    elif deed == "split":
        record.decide(Split(id, accounts), by=person.name, why=why, against=against)
    elif deed == "move":
        record.decide(Move(accounts, other), by=person.name, why=why)
    else:
        record.decide(Withhold(incident=id), by=person.name, why=why, against=against)
        return _back("/incidents", "withheld")
    return _back(f"/incidents/{id}", {"merge": "merged", "split": "split", "move": "moved"}[deed])


def undo_decision(request: Request, form: Form) -> Response:
    """Undo any decision, by its id."""
    person = require(request, "undo")
    record: Record = request.app.state.record
    made = next(iter(record.decisions(request.path_params["id"])), None)
    if made is not None and made.act in ("merge", "split", "move", "withhold"):
        require(request, made.act)
    record.decide(Undo(request.path_params["id"]), by=person.name, why=_why(form, "undo"))
    return _back(_within(form.get("back", "")), "undone")


def _fact(record: Record, article: str, local: str) -> FactOnRecord:
    found = next((fact for fact in record.facts(article) if fact.id == f"{article}/{local}"), None)
    if found is None:
        raise HTTPException(404, "The article has no such fact: it may have been read anew. Go back, and reload.")
    return found


def _deed(form: Form, deeds: tuple[Deed, ...]) -> Deed:
    found = next((deed for deed in deeds if deed == form.get("deed")), None)
    if found is None:
        raise HTTPException(422, "The page asked for something that is not done here.")
    return found


def _why(form: Form, deed: str) -> str:
    return form.get("why", "").strip() or DEFAULT_WHY[deed]


def _within(path: str) -> str:
    """A path of the desk's own to go back to."""
    return path if path.startswith(("/articles/", "/incidents/", "/truces/", "/review")) else "/review"


def _back(path: str, done: str, at: str | None = None) -> Response:
    return RedirectResponse(f"{path}?{urlencode({'done': done})}{'#' + at if at else ''}", 303)


ROUTES = [
    form_route("/articles/{id}/facts/{fact}", decide_on_fact),
    form_route("/incidents/{id}", decide_on_incident),
    form_route("/decisions/{id}/undo", undo_decision),
]
