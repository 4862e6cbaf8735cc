"""Why the accounts of an incident are one, and what keeps the nearest other incidents apart from it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.desk.digests import stamp
from onrecord.desk.rendering import page
from onrecord.record import Record
from onrecord.record.explaining import Explanation
from onrecord.views.details import headline

ACCOUNTS = 100
"""Accounts that are explained on the page; of more, each weighed with each other, it would take long."""


def why(request: Request) -> Response:
    """The reasons, account by account."""
    record: Record = request.app.state.record
    id = request.path_params["id"]
    incident = record.incident(id)
    if incident.id != id:
        return RedirectResponse(f"/incidents/{incident.id}/why", 307)
    too_many = len(incident.accounts) > ACCOUNTS
    explained: Explanation | None = None
    if not too_many:
        explained = request.app.state.kept.get(("why", id), stamp(record), lambda: record.why(id))
    return page(request, "why.html", incident=incident, headline=headline(incident), explained=explained)


ROUTES = [Route("/incidents/{id}/why", why, name="why")]
