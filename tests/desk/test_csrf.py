"""Forms that only our own pages can send."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.desk import csrf


async def page(request: Request) -> Response:
    return PlainTextResponse(csrf.token_for(request))


async def quiet_page(request: Request) -> Response:
    return PlainTextResponse("no form here")


async def taking(request: Request) -> Response:
    async with request.form() as form:
        csrf.check(request, form)
    return PlainTextResponse("done")


APP = Starlette(
    routes=[Route("/page", page), Route("/quiet", quiet_page), Route("/take", taking, methods=["POST"])],
    middleware=[Middleware(csrf.FormTokens)],
)


@pytest.fixture
def browser() -> TestClient:
    return TestClient(APP, base_url="http://127.0.0.1:8000")


def test_a_form_of_our_own_page_is_taken(browser: TestClient) -> None:
    token = browser.get("/page").text
    assert browser.post("/take", data={csrf.FIELD: token}).text == "done"


def test_a_script_of_ours_sends_the_token_as_a_header(browser: TestClient) -> None:
    token = browser.get("/page").text
    assert browser.post("/take", headers={csrf.HEADER: token}).status_code == 200


@pytest.mark.parametrize("data", [{}, {csrf.FIELD: ""}, {csrf.FIELD: "0" * 64}, {csrf.FIELD: "ü"}])
def test_a_form_without_the_token_is_refused(browser: TestClient, data: dict[str, str]) -> None:
    browser.get("/page")
    assert browser.post("/take", data=data).status_code == 403


def test_a_token_of_another_browser_is_refused(browser: TestClient) -> None:
    token = TestClient(APP).get("/page").text
    browser.get("/page")
    assert browser.post("/take", data={csrf.FIELD: token}).status_code == 403


def test_a_token_from_before_the_sign_in_is_refused_after_it(browser: TestClient) -> None:
    token = browser.get("/page").text
    browser.cookies.set("onrecord_session", "another")
    assert browser.post("/take", data={csrf.FIELD: token}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_whatever_it_holds(browser: TestClient, headers: dict[str, str]) -> None:
    token = browser.get("/page").text
    assert browser.post("/take", data={csrf.FIELD: token}, headers=headers).status_code == 403


def test_our_own_page_may_keep_its_address_to_itself(browser: TestClient) -> None:
    token = browser.get("/page").text
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert browser.post("/take", data={csrf.FIELD: token}, headers=headers).status_code == 200


def test_the_secret_comes_with_the_first_form_and_stays(browser: TestClient) -> None:
    assert "set-cookie" not in browser.get("/quiet").headers
    first = browser.get("/page")
    assert "HttpOnly" in first.headers["set-cookie"] and "SameSite=Strict" in first.headers["set-cookie"]
    assert "set-cookie" not in browser.get("/page").headers


def test_over_https_no_other_host_can_plant_the_secret() -> None:
    header = TestClient(APP, base_url="https://desk.example").get("/page").headers["set-cookie"]
    assert header.startswith("__Host-onrecord_form=") and header.endswith("; Secure")


def test_a_secret_that_is_none_of_ours_is_replaced(browser: TestClient) -> None:
    browser.cookies.set("onrecord_form", "short")
    assert "set-cookie" in browser.get("/page").headers
