"""What takes its time or waits for its turn to write, on threads of its own: pages do not wait for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import Response

Made = TypeVar("Made")
_AT_ONCE = 4
_limiters: RunVar[CapacityLimiter] = RunVar("threads apart")


async def run_apart(deed: Callable[..., Made], *given: object) -> Made:
    """What a function gives, called on one of a few threads that make no pages."""
    return await to_thread.run_sync(deed, *given, limiter=_limiter())


def apart(page: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """A page that takes its time."""

    async def made(request: Request) -> Response:
        return await run_apart(page, request)

    return made


def _limiter() -> CapacityLimiter:
    """That of this event loop."""
    try:
        return _limiters.get()
    except LookupError:
        made = CapacityLimiter(_AT_ONCE)
        _limiters.set(made)
        return made
