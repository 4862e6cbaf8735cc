"""Cookies of the desk: never read by scripts, never sent along by other sites, over https never without it."""

from __future__ import annotations

from typing import Literal

from starlette.requests import HTTPConnection
from starlette.types import Scope

SESSION = "onrecord_session"
"""The cookie that holds a sign-in."""


def cookie_name(scope: Scope, name: str) -> str:
    """The name that a cookie goes by: over https one that only this very host can set (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{name}" if scope["scheme"] == "https" else name


def cookie_of(request: HTTPConnection, name: str) -> str | None:
    """The value of a cookie of the desk; `None` where the browser has none."""
    return request.cookies.get(cookie_name(request.scope, name))


def set_cookie(
    scope: Scope, name: str, value: str, *, same_site: Literal["lax", "strict"], seconds: int | None = None
) -> str:
    """The `Set-Cookie` header for a cookie; without `seconds` it goes when the browser is closed.

    The value is one of ours: letters, digits, `-` and `_`.
    """
    age = "" if seconds is None else f"; Max-Age={seconds}"
    secure = "; Secure" if scope["scheme"] == "https" else ""
    return f"{cookie_name(scope, name)}={value}; Path=/; HttpOnly; SameSite={same_site.capitalize()}{age}{secure}"


def forget_cookie(scope: Scope, name: str) -> str:
    """The `Set-Cookie` header by which a browser forgets a cookie."""
    return set_cookie(scope, name, "", same_site="strict", seconds=0)
