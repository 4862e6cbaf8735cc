"""A story: the articles on one happening, and its incidents."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import lines
from onrecord.desk.rendering import page
from onrecord.record import Filter, Record

INCIDENTS = 100


def story(request: Request) -> Response:
    """One story; the id of any of its articles finds it."""
    record: Record = request.app.state.record
    found = record.story(request.path_params["id"])
    with record.connection() as connection:
        incidents = lines.fitting(connection, Filter(story=found.id), lines.DEED, limit=INCIDENTS)
    return page(request, "story.html", story=found, incidents=incidents)


ROUTES = [Route("/stories/{id}", story, name="story")]
