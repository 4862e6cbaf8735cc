"""Faults as data: problem details for HTTP APIs (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"


def problem(status: int, title: str, detail: str = "", headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An answer that says what is wrong: `title` the kind of fault, `detail` what it is about here and what to do."""
    said = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {})}
    return JSONResponse(said, status, {"cache-control": "no-store", **(headers or {})}, media_type=MEDIA_TYPE)
