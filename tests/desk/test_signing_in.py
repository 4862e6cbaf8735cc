"""Signing in to the desk of a team, as a browser does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from onrecord.desk.app import create_app
from onrecord.desk.signing_in import within_desk
from onrecord.record import Record
from onrecord.record.journal import entries
from onrecord.team import people
from tests.desk.serving import Server, served
from tests.team.conftest import PASSWORD, _quick_hashes  # noqa: F401


@pytest.fixture
def record_at(tmp_path: Path) -> Path:
    path = tmp_path / "onrecord.db"
    with Record.open(path) as record, record.connection(writes=True) as connection:
        for name, role in (("edith", "editor"), ("cody", "coder"), ("rita", "reader")):
            people.add(connection, name, role, PASSWORD, by="root")
    return path


@pytest.fixture
def server(record_at: Path) -> Iterator[Server]:
    with served(create_app(record_at, team=True)) as running:
        yield running


@pytest.fixture
def browser(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url) as client:
        yield client


def token(browser: httpx2.Client, path: str = "/sign-in") -> str:
    found = re.search(r'name="form_token" value="(\w+)"', browser.get(path).text)
    assert found is not None
    return found[1]


def sign_in(browser: httpx2.Client, name: str, password: str = PASSWORD, **more: str) -> httpx2.Response:
    return browser.post("/sign-in", data={"form_token": token(browser), "name": name, "password": password, **more})


def send(browser: httpx2.Client, path: str, page: str, **fields: str) -> httpx2.Response:
    return browser.post(path, data={"form_token": token(browser, page), **fields})


@pytest.mark.parametrize("path", ["/", "/people", "/account", "/nowhere"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_then_on(browser: httpx2.Client, path: str) -> None:
    sent = browser.get(path)
    assert (sent.status_code, sent.headers["location"]) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize("path", ["/api/incidents", "/events"])
def test_a_program_that_is_not_signed_in_is_told_so(browser: httpx2.Client, path: str) -> None:
    refused = browser.get(path)
    assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")


def test_with_name_and_password_the_desk_opens_where_one_wanted_to_go(browser: httpx2.Client) -> None:
    signed_in = sign_in(browser, "Cody", next="/account?a=b")
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/account?a=b")
    assert "You are signed in as coder" in browser.get("/account").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: httpx2.Client) -> None:
    cookie = sign_in(browser, "cody").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")) and "Domain" not in cookie


@pytest.mark.parametrize(("name", "password"), [("cody", "wrong"), ("nobody", PASSWORD), ("", ""), ("cody\0", "x\0")])
def test_wrong_names_and_wrong_passwords_get_the_same_words(browser: httpx2.Client, name: str, password: str) -> None:
    refused = sign_in(browser, name, password)
    assert refused.status_code == 403 and "set-cookie" not in refused.headers
    assert "This name and this password do not belong together." in refused.text


def test_the_page_does_not_run_what_is_typed_as_a_name(browser: httpx2.Client) -> None:
    assert "<script>" not in sign_in(browser, '"><script>alert(1)</script>', "x").text.split("<main")[1]


def test_after_too_many_attempts_one_has_to_wait(browser: httpx2.Client) -> None:
    for _ in range(10):
        assert sign_in(browser, "cody", "wrong").status_code == 403
    refused = sign_in(browser, "cody")
    assert refused.status_code == 429 and 0 < int(refused.headers["retry-after"]) <= 900
    assert sign_in(browser, "rita").status_code == 303


def test_a_sign_in_from_another_site_is_refused(browser: httpx2.Client) -> None:
    assert browser.post("/sign-in", data={"name": "cody", "password": PASSWORD}).status_code == 403


def test_a_token_that_somebody_planted_is_not_taken_up(server: Server, browser: httpx2.Client) -> None:
    browser.cookies.set("onrecord_session", "planted", domain="127.0.0.1")
    first = sign_in(browser, "cody").cookies["onrecord_session"]
    assert first != "planted"
    second = browser.cookies["onrecord_session"]
    assert first == second
    with httpx2.Client(base_url=server.url, cookies={"onrecord_session": "planted"}) as attacker:
        assert attacker.get("/account").status_code == 303


def test_signing_out_ends_the_sign_in_itself(server: Server, browser: httpx2.Client) -> None:
    held = sign_in(browser, "cody").cookies["onrecord_session"]
    assert send(browser, "/sign-out", "/account").headers["location"] == "/sign-in"
    with httpx2.Client(base_url=server.url, cookies={"onrecord_session": held}) as thief:
        assert thief.get("/account").status_code == 303


def test_signing_out_everywhere_ends_those_of_other_machines(server: Server, browser: httpx2.Client) -> None:
    sign_in(browser, "cody")
    with httpx2.Client(base_url=server.url) as other:
        sign_in(other, "cody")
        send(browser, "/sign-out-everywhere", "/account")
        assert other.get("/account").status_code == 303


def test_signing_out_takes_a_form_of_our_own(browser: httpx2.Client) -> None:
    sign_in(browser, "cody")
    assert browser.post("/sign-out").status_code == 403
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("name", ["cody", "rita"])
def test_only_editors_manage_people(browser: httpx2.Client, name: str) -> None:
    sign_in(browser, name)
    assert browser.get("/people").status_code == 403
    changed = send(browser, "/people", "/account", deed="role", name=name, role="editor")
    assert changed.status_code == 403


def test_a_reader_changes_nothing_whatever_the_path(browser: httpx2.Client) -> None:
    sign_in(browser, "rita")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert browser.request(method, "/anything").status_code == 403


def test_an_editor_takes_in_changes_and_lets_go_and_the_journal_says_who_did(
    browser: httpx2.Client, record_at: Path
) -> None:
    sign_in(browser, "edith")
    added = send(browser, "/people", "/people", deed="add", name="Nora", role="reader", password=PASSWORD)
    assert added.status_code == 303
    assert "nora" in browser.get("/people").text
    send(browser, "/people", "/people", deed="role", name="nora", role="coder")
    send(browser, "/people", "/people", deed="password", name="nora", password=PASSWORD + "!")
    send(browser, "/people", "/people", deed="remove", name="nora")
    assert "nora" not in browser.get("/people").text
    with Record.open(record_at) as record, record.connection() as connection:
        journaled = [(entry.by, dict(entry.what)) for entry in entries(connection, kind="people", subject="nora")]
    assert journaled == [
        ("edith", {"did": "add", "role": "reader"}),
        ("edith", {"did": "role", "role": "coder"}),
        ("edith", {"did": "password"}),
        ("edith", {"did": "remove"}),
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"deed": "add", "name": "nora", "role": "king", "password": PASSWORD}, "king: is no role"),
        ({"deed": "add", "name": "nora", "role": "coder", "password": "short"}, "it needs 12 to 1000"),
        ({"deed": "add", "name": "cody", "role": "coder", "password": PASSWORD}, "in the team already"),
        ({"deed": "remove", "name": "edith"}, "the only editor"),
        ({"deed": "remove", "name": "nobody"}, "is not in the team"),
        ({"deed": "nothing"}, "is not done here"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(browser: httpx2.Client, fields: dict[str, str], said: str) -> None:
    sign_in(browser, "edith")
    refused = send(browser, "/people", "/people", **fields)
    assert refused.status_code == 422 and said in refused.text


def test_one_changes_ones_own_password_and_signs_in_anew(browser: httpx2.Client) -> None:
    sign_in(browser, "cody")
    assert send(browser, "/account", "/account", password="wrong", new="another lantern in orbit").status_code == 422
    changed = send(browser, "/account", "/account", password=PASSWORD, new="another lantern in orbit")
    assert changed.headers["location"] == "/sign-in"
    assert sign_in(browser, "cody").status_code == 403
    assert sign_in(browser, "cody", "another lantern in orbit").status_code == 303


def test_a_change_of_role_holds_from_the_next_click(browser: httpx2.Client, record_at: Path) -> None:
    sign_in(browser, "cody")
    with Record.open(record_at) as record, record.connection(writes=True) as connection:
        people.set_role(connection, "cody", "editor", by="root")
    assert browser.get("/people").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "javascript:alert(1)", "/\r\nSet-Cookie: a=b", "/\tevil", "evil.example", "", "/sign-in?next=/", None,
        "/" + "a" * 3000, "http:/evil.example", "/\u2028x",
    ],
)  # fmt: skip
def test_after_the_sign_in_nobody_is_led_elsewhere(path: str | None) -> None:
    assert within_desk(path) == "/"


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "/\r\nSet-Cookie: a=b"])
def test_nor_by_the_real_thing(browser: httpx2.Client, path: str) -> None:
    signed_in = sign_in(browser, "cody", next=path)
    assert signed_in.headers["location"] == "/"
    assert "a=b" not in signed_in.headers["set-cookie"]


def test_a_path_of_the_desk_stays_as_it_is() -> None:
    assert within_desk("/incidents?place=Dayr%20az%20Zawr&since=2016") == "/incidents?place=Dayr%20az%20Zawr&since=2016"
