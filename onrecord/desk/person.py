"""Who sits at the desk."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import Literal

from starlette.types import ASGIApp, Receive, Scope, Send

Role = Literal["reader", "coder", "editor"]
"""A reader looks; a coder decides on facts; an editor also merges, splits, withholds, releases and adds people."""


@dataclass(frozen=True, slots=True)
class Person:
    """One who sits at the desk; `name` is the author of the decisions made."""

    name: str
    role: Role

    @property
    def may_decide(self) -> bool:
        """Whether the person may accept, correct and reject facts."""
        return self.role != "reader"

    @property
    def may_edit(self) -> bool:
        """Whether the person may also merge, split, withhold and release."""
        return self.role == "editor"


class OnePerson:
    """ASGI middleware for a desk on one's own machine: whoever runs it sits at it, without a sign-in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._person = Person(user_name(), "editor")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["person"] = self._person
        await self._app(scope, receive, send)


def user_name() -> str:
    """The name under which one works on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
