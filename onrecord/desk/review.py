"""The queue of what waits for a person, and the history of what people decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import lines
from onrecord.desk.filtering import Asked, asked
from onrecord.desk.lines import Line
from onrecord.desk.paging import paged
from onrecord.desk.rendering import page
from onrecord.record import Record

ON_A_PAGE = 30
ORDERS: dict[str, tuple[str, Callable[[Line], Any]]] = {
    "both": ("both at once", lambda line: (-line.pressing, line.id)),
    "uncertainty": ("uncertainty", lambda line: (-line.uncertainty, -line.consequence, line.id)),
    "consequence": ("consequence", lambda line: (-line.consequence, -line.uncertainty, line.id)),
}


def review(request: Request) -> Response:
    """The deeds on which nobody decided yet, the most pressing first."""
    wanted = asked(request)
    order = request.query_params.get("order", "")
    order = order if order in ORDERS else "both"
    waiting = request.app.state.kept.get(
        ("review", wanted.of, order),
        request.app.state.keeper.state,
        lambda: _waiting(request.app.state.record, wanted, order),
    )
    return page(
        request,
        "review.html",
        asked=wanted,
        pages=paged(waiting, wanted.page, ON_A_PAGE),
        order=order,
        orders={name: words for name, (words, _) in ORDERS.items()},
        progress=request.app.state.keeper.progress,
    )


def decisions(request: Request) -> Response:
    """What people decided, the last first."""
    record: Record = request.app.state.record
    wanted = asked(request)
    seen = record.unwithheld() if request.state.person.may("withhold") else record
    made = sorted(seen.decisions(), key=lambda each: -each.number)
    return page(request, "decisions.html", asked=wanted, pages=paged(made, wanted.page))


def _waiting(record: Record, wanted: Asked, order: str) -> list[Line]:
    with record.connection() as connection:
        found = lines.fitting(connection, wanted.of)
    return sorted((line for line in found if line.deed and not line.decided), key=ORDERS[order][1])


ROUTES = [Route("/review", review, name="review"), Route("/decisions", decisions, name="decisions")]
