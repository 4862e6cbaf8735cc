"""Who sits at the desk."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.team import Person
from onrecord.team.oneself import user_name


class OnePerson:
    """ASGI middleware for a desk on one's own machine: whoever runs it sits at it, without a sign-in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._person = Person(user_name(), "editor")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["person"] = self._person
        await self._app(scope, receive, send)
