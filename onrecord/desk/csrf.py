"""Forms that only our own pages can send.

A page asks `token_for(request)` and puts it into each of its forms as a hidden field `form_token`; whoever takes the
form in calls `check(request, form)` before anything else. Scripts send the token as the header `X-Form-Token`.

The token is an HMAC of the sign-in under a secret that the browser holds in a cookie of its own: another site can
neither read the secret nor, with a secret that it planted, know the sign-in. A request whose `Origin` is another is
refused before that. (OWASP, Cross-Site Request Forgery Prevention: signed double-submit cookie.)
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.desk.cookies import SESSION, cookie_of, set_cookie

FIELD = "form_token"
"""The name of the hidden field."""
HEADER = "x-form-token"
_COOKIE = "onrecord_form"
_SECRET_LENGTH = 43  # of 32 bytes in base 64, as `secrets.token_urlsafe` gives them


class FormTokens:
    """ASGI middleware that `token_for` and `check` need: it hands the browser its secret with the first form."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        held = cookie_of(HTTPConnection(scope), _COOKIE)
        known = held is not None and len(held) == _SECRET_LENGTH and held.isascii()
        state = scope.setdefault("state", {})
        state["form_secret"] = held if known else secrets.token_urlsafe(32)

        async def send_with_secret(message: Message) -> None:
            if message["type"] == "http.response.start" and state.get("form_secret_used") and not known:
                header = set_cookie(scope, _COOKIE, state["form_secret"], same_site="strict")
                MutableHeaders(scope=message).append("set-cookie", header)
            await send(message)

        await self._app(scope, receive, send_with_secret)


def token_for(request: HTTPConnection) -> str:
    """The token for the forms of a page that answers this request; needs the middleware `FormTokens`."""
    request.state.form_secret_used = True
    return _token(request)


def check(request: HTTPConnection, form: Mapping[str, object] | None = None) -> None:
    """Raise `HTTPException` (403) where a form was not sent by one of our own pages.

    The token is looked for in the form's field `form_token`, then in the header `X-Form-Token`.
    """
    if not _from_here(request):
        raise HTTPException(403, "This form was sent by another site, so nothing was done.")
    given = (form or {}).get(FIELD) or request.headers.get(HEADER, "")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), _token(request).encode()):
        raise HTTPException(403, "This page is too old to send, so nothing was done. Reload it and try again.")


def _token(request: HTTPConnection) -> str:
    signed_in = cookie_of(request, SESSION) or ""
    secret = str(request.state.form_secret)
    return hmac.new(secret.encode(), b"form\0" + signed_in.encode(), hashlib.sha256).hexdigest()


def _from_here(request: HTTPConnection) -> bool:
    """Whether the browser says that the page is ours; one that says nothing is let through to the token."""
    relation = request.headers.get("sec-fetch-site")
    if relation is not None:  # cannot be set by scripts (Fetch Metadata Request Headers, 2.3)
        return relation in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
