"""Giving out: exports of what one sees, and releases that never change."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from onrecord.desk.apart import apart
from onrecord.desk.deeds import Form, form_route
from onrecord.desk.filtering import Asked, asked
from onrecord.desk.rendering import page
from onrecord.desk.signing_in import require
from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.record.packing import write_zip
from onrecord.record.releases import Release, Releases
from onrecord.views.exports import FORMS, LEVELS, Holdings, export_bytes
from onrecord.views.exports.writing import WITH_LEVELS, Level
from onrecord.views.release import make_release

_WORDS = {
    "csv": ("CSV", "for a spreadsheet or a program", "text/csv; charset=utf-8"),
    "xlsx": ("Excel", "a workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": ("Parquet", "for data frames", "application/vnd.apache.parquet"),
    "json": ("JSON", "everything, with every sentence", "application/json"),
    "jsonl": ("JSON lines", "an incident a line", "application/x-ndjson"),
    "geojson": ("GeoJSON", "for a map", "application/geo+json"),
    "hxl": ("HXL", "CSV with humanitarian hashtags", "text/csv; charset=utf-8"),
    "acled": ("ACLED", "ACLED’s 31 columns", "text/csv; charset=utf-8"),
    "ucdp": ("UCDP GED", "UCDP’s 49 columns", "text/csv; charset=utf-8"),
}
_ENDINGS = {"hxl": "hxl.csv", "acled": "acled.csv", "ucdp": "ucdp.csv"}
_PIECE = 1 << 16
_IN_MEMORY = 8 << 20


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release with what it is cited by."""

    release: Release
    sums: str


def releases(request: Request) -> Response:
    """Exports, and the releases that there are."""
    kept = releases_of(request)
    every = [] if kept is None else [ReleaseLine(one, kept.sums_of(one.name)) for one in reversed(kept.all())]
    forms = [(form, *_WORDS[form][:2], form in WITH_LEVELS) for form in FORMS]
    return page(request, "releases.html", asked=asked(request), releases=every, forms=forms, kept=kept)


def export(request: Request) -> Response:
    """The export of what fits, made whole before it is given, so that none is cut off by a fault."""
    wanted = asked(request)
    query = request.query_params
    form = next((each for each in FORMS if each == query.get("form", "csv")), None)
    if form is None:
        raise HTTPException(422, f"There is no export of the form “{query.get('form')}”.")
    level: Level | None = next((each for each in LEVELS if each == query.get("level")), None)
    level = level if form in WITH_LEVELS else None
    record: Record = request.app.state.record
    holdings: Holdings = record
    if query.get("release"):
        kept = releases_of(request)
        if kept is None:
            raise HTTPException(404, "There are no releases of this record here.")
        holdings = kept.opened(query["release"])
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (closed when it is sent)
    for piece in export_bytes(holdings, wanted.of, form, level):
        file.write(piece)
    file.seek(0)
    name = f"onrecord.{_ENDINGS.get(form, form)}"
    _note(record, request, name, {"form": form, "level": level, "release": query.get("release")}, wanted)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return StreamingResponse(_pieces(file), media_type=_WORDS[form][2], headers=headers)


def release(request: Request, form: Form) -> Response:
    """Freeze the record as a release."""
    person = require(request, "release")
    kept = releases_of(request)
    if kept is None:
        raise HTTPException(422, "A record on a server needs a folder for its releases: see [record] in onrecord.toml.")
    name = form.get("name", "").strip()
    make_release(request.app.state.record, kept, name, by=person.name, note=form.get("note", "").strip() or None)
    return RedirectResponse("/releases?done=released", 303)


def release_zip(request: Request) -> Response:
    """A release as one file."""
    kept = releases_of(request)
    if kept is None:
        raise HTTPException(404, "There are no releases of this record here.")
    name = kept.one(request.path_params["name"]).name
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (closed when it is sent)
    write_zip(file, kept.path(name))
    file.seek(0)
    headers = {"content-disposition": f'attachment; filename="{name}.zip"', "cache-control": "no-store"}
    return StreamingResponse(_pieces(file), media_type="application/zip", headers=headers)


def methodology(request: Request) -> Response:
    """How a release was made: its page, as it was frozen."""
    kept = releases_of(request)
    if kept is None:
        raise HTTPException(404, "There are no releases of this record here.")
    path = kept.path(kept.one(request.path_params["name"]).name) / "methodology.html"
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox"
    return FileResponse(path, media_type="text/html", headers={"content-security-policy": policy})


def releases_of(request: Request) -> Releases | None:
    """The releases of the record; None where it is on a server and nobody named a folder."""
    try:
        return Releases.beside(request.app.state.record_at)
    except RecordError:
        return None


def _note(record: Record, request: Request, name: str, what: dict[str, str | None], wanted: Asked) -> None:
    """Write down in the journal what was given out, and to whom."""
    filters = {key: value for key, value in asdict(wanted.of).items() if value is not None}
    given = {key: value for key, value in what.items() if value is not None} | {"filter": filters}
    record.log(kind="exported", subject=name, by=request.state.person.name, what=given)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


ROUTES = [
    Route("/releases", releases, name="releases"),
    Route("/export", apart(export), name="export"),
    form_route("/releases", release),
    Route("/releases/{name}.zip", apart(release_zip), name="release_zip"),
    Route("/releases/{name}/methodology", methodology, name="methodology"),
]
