"""The pages on incidents: the list of them, and one with its accounts side by side."""

from __future__ import annotations

from typing import Any, cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.desk import lines
from onrecord.desk.digests import stamp
from onrecord.desk.filtering import Asked, asked
from onrecord.desk.incident_sheet import IncidentSheet, sheet_of
from onrecord.desk.lines import Line
from onrecord.desk.paging import ON_A_PAGE, Pages
from onrecord.desk.rendering import page
from onrecord.record import Record
from onrecord.record.range_rules import RangeRule

SHOWN: dict[str, tuple[str, lines.Conditions]] = {
    "deeds": ("deeds", lines.DEED),
    "disputed": ("contradicted", lines.DISPUTED),
    "open": ("not yet looked at", lines.WAITING),
    "deadly": ("with dead", lines.DEADLY),
    "words": ("of words: demands, offers, talks", lines.WORDS),
    "all": ("all", ()),
}
"""What of the incidents is listed, by the word in the address."""
ORDERS: dict[str, tuple[str, lines.Order]] = {
    "date": ("by date", lines.BY_DATE),
    "late": ("the last first", lines.LAST_FIRST),
    "new": ("the newest on record first", lines.NEWEST_FIRST),
    "toll": ("the deadliest first", lines.DEADLIEST_FIRST),
    "origins": ("most origins first", lines.MOST_ORIGINS_FIRST),
}
RULES = {
    "representative": "the number that most independent origins give; of those that are level the one said last",
    "conservative": "the lowest number that any origin gives",
    "informative": "the number that is said most exactly; of those that are level the one said last",
}
"""The rules for the best figure of a toll, in the words of the page."""


def incidents(request: Request) -> Response:
    """The incidents that fit, in pages."""
    wanted = asked(request)
    show, order = _choice(request, "show", SHOWN), _choice(request, "order", ORDERS)
    pages = request.app.state.kept.get(
        ("incidents", wanted, show, order),
        request.app.state.keeper.state,
        lambda: _page(request.app.state.record, wanted, show, order),
    )
    return page(
        request,
        "incidents.html",
        asked=wanted,
        pages=pages,
        show=show,
        order=order,
        shown={name: words for name, (words, _) in SHOWN.items()},
        orders={name: words for name, (words, _) in ORDERS.items()},
        progress=request.app.state.keeper.progress,
    )


def incident(request: Request) -> Response:
    """One incident; an id that it once had leads on to it."""
    record: Record = request.app.state.record
    id, rule = request.path_params["id"], _choice(request, "rule", RULES)
    state = stamp(record), request.app.state.keeper.state
    sheet = request.app.state.kept.get(("incident", id, rule), state, lambda: _sheet(record, id, rule))
    if sheet.incident.id != id:
        asked_for = f"?{request.url.query}" if request.url.query else ""  # such as what was done to get here
        return RedirectResponse(f"/incidents/{sheet.incident.id}{asked_for}", 307)
    return page(request, "incident.html", sheet=sheet, rule=rule, rules=RULES)


def _sheet(record: Record, id: str, rule: str) -> IncidentSheet:
    return sheet_of(record, record.incident(id, cast(RangeRule, rule)))


def _page(record: Record, wanted: Asked, show: str, order: str) -> Pages[Line]:
    with record.connection() as connection:
        return lines.page(connection, wanted.of, SHOWN[show][1], ORDERS[order][1], wanted.page, ON_A_PAGE)


def _choice(request: Request, name: str, choices: dict[str, Any]) -> str:
    given = request.query_params.get(name, "")
    return given if given in choices else next(iter(choices))


ROUTES = [
    Route("/incidents", incidents, name="incidents"),
    Route("/incidents/{id}", incident, name="incident"),
]
