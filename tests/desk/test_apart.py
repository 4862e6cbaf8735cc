"""What takes its time has threads of its own."""

from __future__ import annotations

import threading

import httpx2
from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from onrecord.desk.apart import apart
from tests.desk.serving import served

PATIENCE = 60.0


def test_a_page_does_not_wait_for_an_export() -> None:
    begun, may_end = threading.Semaphore(0), threading.Event()

    def export(request: Request) -> Response:
        begun.release()
        may_end.wait(PATIENCE)
        return PlainTextResponse("the whole record")

    async def narrow(request: Request) -> Response:
        to_thread.current_default_thread_limiter().total_tokens = 1
        return PlainTextResponse("one page at a time")

    def page(request: Request) -> Response:
        return PlainTextResponse("a page")

    app = Starlette(routes=[Route("/narrow", narrow), Route("/export", apart(export)), Route("/page", page)])
    answers: list[str] = []
    with served(app) as server, httpx2.Client(base_url=server.url, timeout=PATIENCE) as client:
        client.get("/narrow")
        waiting = [
            threading.Thread(target=lambda: answers.append(httpx2.get(f"{server.url}/export", timeout=PATIENCE).text))
            for _ in range(3)
        ]
        for each in waiting:
            each.start()
        assert all(begun.acquire(timeout=PATIENCE) for _ in waiting)
        assert client.get("/page").text == "a page"
        assert answers == []
        may_end.set()
        for each in waiting:
            each.join(PATIENCE)
    assert answers == ["the whole record"] * 3
