"""The queue of what waits for a person, and the history of what people decided."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import lines
from onrecord.desk.filtering import Asked, asked
from onrecord.desk.lines import Line
from onrecord.desk.paging import Pages, paged
from onrecord.desk.rendering import page
from onrecord.record import Record

ON_A_PAGE = 30
ORDERS: dict[str, tuple[str, lines.Order]] = {
    "both": ("both at once", lines.MOST_PRESSING_FIRST),
    "uncertainty": ("uncertainty", lines.MOST_UNCERTAIN_FIRST),
    "consequence": ("consequence", lines.MOST_GRAVE_FIRST),
}


def review(request: Request) -> Response:
    """The deeds on which nobody decided yet, the most pressing first."""
    wanted = asked(request)
    order = request.query_params.get("order", "")
    order = order if order in ORDERS else "both"
    waiting = request.app.state.kept.get(
        ("review", wanted, order),
        request.app.state.keeper.state,
        lambda: _waiting(request.app.state.record, wanted, order),
    )
    return page(
        request,
        "review.html",
        asked=wanted,
        pages=waiting,
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


def _waiting(record: Record, wanted: Asked, order: str) -> Pages[Line]:
    with record.connection() as connection:
        return lines.page(connection, wanted.of, lines.WAITING, ORDERS[order][1], wanted.page, ON_A_PAGE)


ROUTES = [Route("/review", review, name="review"), Route("/decisions", decisions, name="decisions")]
