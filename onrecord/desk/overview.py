"""The first page: what is on record at a glance."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk.rendering import page


def overview(request: Request) -> Response:
    """What is on record; how to begin, where nothing is."""
    return page(request, "overview.html", summary=request.app.state.record.summary())


ROUTES = [Route("/", overview, name="overview")]
