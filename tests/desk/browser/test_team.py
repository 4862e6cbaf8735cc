"""A team's sign-in and its pages, in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from onrecord.desk.app import create_app
from onrecord.record import Record
from onrecord.team import people
from tests.desk.browser.conftest import leave
from tests.desk.serving import Server, served
from tests.team.conftest import PASSWORD, _quick_hashes  # noqa: F401


@pytest.fixture
def server(war_at: Path, tmp_path: Path) -> Iterator[Server]:
    path = Path(shutil.copy(war_at, tmp_path / "onrecord.db"))
    with Record.open(path) as record, record.connection(writes=True) as connection:
        people.add(connection, "edith", "editor", PASSWORD, by="root")
        people.add(connection, "amal", "editor", PASSWORD, by="root")
    with served(create_app(path, team=True)) as running:
        yield running


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    leave(context)


def has_no_serious_fault(page: Page) -> bool:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []


def test_from_the_address_over_the_sign_in_to_the_page_and_out_again(visitor: Page, server: Server) -> None:
    visitor.goto(f"{server.url}/articles?outlet=Outlet+0")
    expect(visitor.get_by_role("heading", name="Sign in")).to_be_visible()
    assert has_no_serious_fault(visitor)
    visitor.keyboard.type("Edith")  # the field for the name has the focus
    visitor.keyboard.press("Tab")
    visitor.keyboard.type("wrong")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("alert")).to_contain_text("do not belong together")
    visitor.keyboard.type(PASSWORD)  # and now the one for the password
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(f"{server.url}/articles?outlet=Outlet+0")
    visitor.get_by_role("link", name="edith").click()
    visitor.get_by_role("button", name="Sign out", exact=True).click()
    visitor.goto(f"{server.url}/articles")
    expect(visitor.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_editor_takes_somebody_in_and_lets_them_go(visitor: Page, server: Server) -> None:
    visitor.goto(f"{server.url}/people")
    visitor.get_by_label("Name").fill("edith")
    visitor.get_by_label("Password").fill(PASSWORD)
    visitor.get_by_role("button", name="Sign in").click()
    assert has_no_serious_fault(visitor)
    visitor.get_by_label("Name", exact=True).fill("Nora")
    visitor.get_by_label("Role", exact=True).select_option("reader")
    visitor.get_by_label("First password").fill(PASSWORD)
    visitor.get_by_role("button", name="Take in").click()
    expect(visitor.get_by_label("Role of nora")).to_have_value("reader")
    visitor.get_by_text("Let nora go").click()
    visitor.get_by_role("button", name="Yes, let go").click()
    expect(visitor.get_by_label("Role of nora")).to_have_count(0)
    for path in ("/account", "/alerts"):
        visitor.goto(server.url + path)
        assert has_no_serious_fault(visitor)


def test_two_editors_at_one_incident_are_told_and_nothing_is_overwritten(browser: Browser, server: Server) -> None:
    edith, amal = (_signed_in(browser, server, name) for name in ("edith", "amal"))
    edith.goto(f"{server.url}/incidents?order=origins")
    edith.locator("td.what a").first.click()
    edith.wait_for_load_state()
    incident = edith.url
    with amal.expect_response("**/events"):
        amal.goto(incident)
    for page in (edith, amal):
        page.get_by_text("Merge, split, move accounts, withhold").click()
        page.get_by_role("checkbox").last.check()
    accounts = edith.get_by_role("checkbox").count()
    _split(edith, "another raid")
    expect(edith.locator(".lede")).to_contain_text(f"{accounts - 1} accounts")
    expect(amal.locator("#live")).to_contain_text("edith decided on something of this page meanwhile.")
    _split(amal, "a later raid")
    expect(amal.get_by_role("heading", level=1)).to_have_text("Somebody else was here meanwhile")
    expect(amal.locator("main")).to_contain_text("Your decision was not put on record")
    amal.get_by_role("link", name="Look at it again").click()
    expect(amal.locator(".history")).to_contain_text("edith")
    expect(amal.locator(".history")).to_contain_text("another raid")
    expect(amal.locator(".history")).not_to_contain_text("a later raid")
    for page in (edith, amal):
        leave(page.context)


def _signed_in(browser: Browser, server: Server, name: str) -> Page:
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(f"{server.url}/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    return page


def _split(page: Page, why: str) -> None:
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name="Split off").click()
