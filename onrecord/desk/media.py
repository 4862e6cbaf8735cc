"""Photographs, videos and streams about an incident or a truce: on its page, on pages of their own, and their bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.archive.media import Medium, Part, media_about, medium_of, part_data
from onrecord.archive.media.stills import STILL_TYPE, still_of
from onrecord.desk.paging import paged
from onrecord.desk.ranges import answer_with
from onrecord.desk.rendering import page
from onrecord.record import Record
from onrecord.views.report_sections import web_address

ON_A_PAGE = 100
SHOWN_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "video/mp4", "video/webm", "video/ogg"})
"""What a browser shows by itself; all else is given to be saved."""
_WEBM = "video/x-matroska"
POLICY = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class MediumSheet:
    """A medium on a page: how it is shown ("image", "video", "still" or "file"), what it claims, how far it is.

    `parts` and `gaps` count those of a stream; `last` is its last part, None where there is none yet.
    """

    medium: Medium
    shown: str
    link: str | None
    claims: tuple[tuple[str, str], ...]
    parts: int
    gaps: int
    last: Part | None
    ended: str | None


def sheets_of(record: Record, subjects: Iterable[str]) -> tuple[MediumSheet, ...]:
    """The media about any of the ids of a thing, the first recorded first."""
    return tuple(map(sheet_of, media_about(record, list(subjects))))


def sheet_of(medium: Medium) -> MediumSheet:
    """A medium laid out."""
    parts = [part for part in medium.parts if part.kind == "part"]
    return MediumSheet(
        medium=medium,
        shown=_shown(medium),
        link=web_address(medium.source),
        claims=tuple(medium.claims.items()),
        parts=len(parts),
        gaps=sum(part.kind == "gap" for part in medium.parts),
        last=parts[-1] if parts else None,
        ended=next((part.why for part in medium.parts if part.kind == "end"), None),
    )


def medium(request: Request) -> Response:
    """One medium with all of its parts, the last first."""
    found = _found(request)
    at = request.query_params.get("page", "1")
    parts = [part for part in reversed(found.parts) if part.kind != "end"]
    pages = paged(parts, int(at) if at.isdecimal() and len(at) < 6 else 1, ON_A_PAGE)
    return page(request, "medium.html", sheet=sheet_of(found), pages=pages)


def part(request: Request) -> Response:
    """The bytes of a part as they came, of which a browser may ask for a stretch."""
    found = _found(request)
    number = request.path_params["number"]
    data = part_data(request.app.state.record, found.id, number)
    shown = found.content_type in SHOWN_TYPES
    name = f"{found.id}-{number}"
    headers = {
        "content-security-policy": POLICY,
        "content-disposition": "inline" if shown else f'attachment; filename="{name}"',
        "cache-control": "private, no-cache",
    }
    kind = found.content_type if shown else "application/octet-stream"
    return answer_with(data, kind, headers, request.headers.get("range"))


def still(request: Request) -> Response:
    """A picture from a part of a stream or video."""
    found = _found(request)
    data = still_of(part_data(request.app.state.record, found.id, request.path_params["number"]), found.content_type)
    if data is None:
        raise HTTPException(404, "No picture could be taken from this part.")
    return Response(data, media_type=STILL_TYPE, headers={"content-security-policy": POLICY})


def _found(request: Request) -> Medium:
    """The medium that is asked for, of an incident or a truce that may be seen; raises `RecordError` for others."""
    record: Record = request.app.state.record
    found = medium_of(record, request.path_params["id"])
    known = record.truce if found.subject.startswith("t") else record.incident
    known(found.subject)
    return found


def _shown(medium: Medium) -> str:
    if medium.kind == "stream" or medium.content_type == _WEBM:
        return "still"
    if medium.content_type not in SHOWN_TYPES:
        return "file" if medium.kind == "photograph" else "still"
    return "image" if medium.kind == "photograph" else "video"


ROUTES = [
    Route("/media/{id}", medium, name="medium"),
    Route("/media/{id}/{number:int}", part, name="media_part"),
    Route("/media/{id}/{number:int}/still", still, name="still"),
]
