"""The pages on articles: the list of them, one with its facts to be checked, and its source as it came."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from onrecord.archive.sanitising import safe_html
from onrecord.desk.article_sheet import sheet_of
from onrecord.desk.digests import stamp
from onrecord.desk.filtering import asked
from onrecord.desk.paging import listed
from onrecord.desk.rendering import page
from onrecord.record import Record, tables
from onrecord.record.shelf import Shelf

FRAME_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'sha256-{style}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    )
)


def articles(request: Request) -> Response:
    """The articles that fit, in pages."""
    wanted = asked(request)
    record: Record = request.app.state.record
    key = ("articles", wanted.of, wanted.page)
    pages = request.app.state.kept.get(key, stamp(record), lambda: listed(record, "article", wanted, Shelf.articles))
    with record.connection() as connection:
        failed = connection.scalar(select(func.count()).select_from(tables.failures)) or 0
    return page(request, "articles.html", asked=wanted, pages=pages, failed=failed)


def article(request: Request) -> Response:
    """One article with its facts."""
    record: Record = request.app.state.record
    given = request.path_params["id"], request.query_params.get("at"), request.query_params.get("correct")
    sheet = request.app.state.kept.get(("article", *given), stamp(record), lambda: sheet_of(record, *given))
    return page(request, "article.html", sheet=sheet)


def source(request: Request) -> Response:
    """The source of an article as it came, in a frame that can do nothing."""
    record: Record = request.app.state.record
    found = record.article(request.path_params["id"])
    return page(request, "source.html", article=found)


def source_frame(request: Request) -> Response:
    """What stands in the frame: the source, sanitised, under a policy that lets it do nothing."""
    record: Record = request.app.state.record
    found = record.article(request.path_params["id"])
    data = record.source(found.id)
    with record.connection() as connection:
        sources, known = tables.sources.c, tables.articles.c
        wanted = select(sources.content_type, sources.kind).join(tables.articles, known.source == sources.id)
        content_type, kind = connection.execute(wanted.where(known.id == found.id)).one()
    body = safe_html(data, content_type or _CONTENT_TYPES.get(kind, "text/plain"))
    return HTMLResponse(_FRAME.format(body=body), headers={"content-security-policy": _frame_policy()})


def _frame_policy() -> str:
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    return FRAME_POLICY.format(style=digest)


_CONTENT_TYPES = {"html": "text/html", "json": "application/json", "feed-entry": "application/json"}
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.55 system-ui,sans-serif;margin:1rem;max-width:46rem;overflow-wrap:anywhere}"
    "pre{white-space:pre-wrap;font:inherit}"
)
_FRAME = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Source as it came</title><style>'
    + _STYLE.replace("{", "{{").replace("}", "}}")
    + "</style></head><body>{body}</body></html>"
)

ROUTES = [
    Route("/articles", articles, name="articles"),
    Route("/articles/{id}", article, name="article"),
    Route("/articles/{id}/source", source, name="source"),
    Route("/articles/{id}/source/frame", source_frame, name="source_frame"),
]
