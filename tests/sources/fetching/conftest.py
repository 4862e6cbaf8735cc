"""A site on loopback that may be asked by its name, and what names lead to."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator

import pytest

from onrecord.sources.fetching import fetch
from onrecord.sources.fetching.robots import Robots
from tests.sites import Site, site


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as served:
        yield served


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """No robots.txt of an earlier test, whose port may come again."""
    monkeypatch.setattr(sys.modules[fetch.__module__], "_robots", Robots())


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Lets a name lead to addresses, others each time it is asked for; gives the list of what was asked."""

    def lead(name: str, *answers: tuple[str, ...]) -> list[str]:
        asked: list[str] = []
        real = socket.getaddrinfo

        def answer(host: str, port: int, *rest: object, **more: object) -> list[tuple[object, ...]]:
            if host != name:
                return list(real(host, port, *rest, **more))  # type: ignore[arg-type]
            asked.append(host)
            found = answers[min(len(asked), len(answers)) - 1]
            return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, port)) for ip in found]

        monkeypatch.setattr(socket, "getaddrinfo", answer)
        return asked

    return lead
