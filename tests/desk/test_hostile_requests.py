"""Every address and form of the desk, given what nobody means well by: no fault, no script, no header, no way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarks.generated import telling
from onrecord.desk.app import create_app
from onrecord.record import Record

HOSTILE = (
    '"><script>alert(7)</script>',
    "' onmouseover='alert(7)",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "x\r\nX-Injected: 7\r\n\r\n<script>alert(7)</script>",
    "//evil.example/",
    "javascript:alert(7)",
    '=HYPERLINK("http://evil.example")',
    "'; DROP TABLE articles; --",
    "{{ 7 * 191 }}${7*191}",
    "\x00\ud7ff\U000e0041",
    "9" * 400,
)
QUESTIONS = (
    "q",
    "text",
    "place",
    "actor",
    "type",
    "outlet",
    "from",
    "until",
    "since",
    "page",
    "sort",
    "next",
    "back",
    "done",
)
EVENTS = "/events"  # which never ends


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    path: Path = tmp_path_factory.mktemp("hostile") / "onrecord.db"
    with Record.open(path) as record:
        for told in telling(4, seed=7):
            record.add(told.source, told.reading)
    return create_app(path)


@pytest.fixture(scope="module")
def browser(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


def paths(app: Starlette, method: str) -> list[str]:
    """The paths of all routes that take a method, with their parameters in braces."""
    routes = [route for route in app.routes if isinstance(route, Route) and method in (route.methods or ())]
    return sorted({route.path for route in routes if route.path != EVENTS})


def filled(path: str, with_what: str) -> str:
    return re.sub(r"\{[^}]*\}", lambda _: quote(with_what, safe=""), path)


def refuse_harm(answer: object, path: str) -> None:
    status, headers = answer.status_code, answer.headers  # type: ignore[attr-defined]
    assert status < 500, path
    assert "x-injected" not in headers
    assert "default-src" in headers["content-security-policy"] or status in (304, 404)
    assert headers["x-content-type-options"] == "nosniff"
    if headers.get("content-type", "").startswith("text/html"):
        page = answer.text  # type: ignore[attr-defined]
        assert "<script>alert(7)" not in page and "' onmouseover='alert" not in page, path
        assert 'href="javascript:' not in page and "1337" not in page, path
    assert "root:x:0" not in answer.text  # type: ignore[attr-defined]
    leads_to = urlsplit(headers.get("location", "/"))
    assert leads_to.netloc in ("", "localhost") and not headers.get("location", "/").startswith("//"), path


@pytest.mark.parametrize("what", HOSTILE)
def test_no_address_does_harm(app: Starlette, browser: TestClient, what: str) -> None:
    questions = "&".join(f"{name}={quote(what, safe='')}" for name in QUESTIONS)
    for path in paths(app, "GET"):
        at = filled(path, what)
        refuse_harm(browser.get(f"{at}?{questions}"), at)
        if "{" in path:
            refuse_harm(browser.get(at), at)


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fconfig.py", "http://localhost//evil.example/"],
)
def test_no_file_but_our_own_is_given(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in (400, 404) and "import" not in answer.text


def form_token(browser: TestClient) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', browser.get("/add").text)
    assert found is not None
    return found[1]


FIELDS = (
    "deed",
    "why",
    "against",
    "other",
    "back",
    "next",
    "address",
    "addresses",
    "text",
    "name",
    "role",
    "account-1",
)


@pytest.mark.parametrize("what", HOSTILE[:6])
def test_no_form_does_harm(app: Starlette, browser: TestClient, what: str) -> None:
    token = form_token(browser)
    deeds = ("accept", "merge", "withhold", what)
    for path in paths(app, "POST"):
        for deed in deeds:
            data = dict.fromkeys(FIELDS, what) | {"deed": deed, "form_token": token}
            refuse_harm(browser.post(filled(path, what), data=data), path)


def test_no_form_is_taken_without_its_token(app: Starlette, browser: TestClient) -> None:
    for path in paths(app, "POST"):
        answer = browser.post(filled(path, "x"), data={"deed": "withhold", "why": "because"})
        assert answer.status_code == 403, path


@settings(max_examples=40)
@given(words=st.text(max_size=40), name=st.sampled_from(QUESTIONS))
def test_whatever_is_asked_is_answered(browser: TestClient, words: str, name: str) -> None:
    for path in ("/search", "/api/incidents"):
        refuse_harm(browser.get(path, params={name: words.encode("utf-8", "replace").decode()}), path)
