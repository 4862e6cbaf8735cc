"""A feed that grows while the desk is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from onrecord.watch.alerts import raise_alerts
from onrecord.watch.pace import Pace
from onrecord.watch.rules import Rule
from onrecord.watch.watcher import Watcher
from tests.desk.browser.conftest import Desk
from tests.sites import site
from tests.sources.fetching.conftest import forgotten  # noqa: F401
from tests.watch.conftest import POLICY, Clock, Newsroom


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with site() as served:
        yield Newsroom(served)


def test_what_comes_is_told_without_reloading_and_shown_when_one_asks(
    page: Page, desk: Desk, newsroom: Newsroom
) -> None:
    clock = Clock()
    watcher = Watcher(desk.record, [newsroom.feed], POLICY, pace=Pace(now=clock))
    raise_alerts(desk.record, [])
    with page.expect_response("**/events"):
        page.goto(f"{desk.url}/articles")
    live = page.locator("#live")
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_be_empty()

    newsroom.publish("one", "Shelling killed 31 people in a market in Aleppo on Friday, doctors said. ")
    newsroom.publish("two", "The talks in Lausanne went on for a third day on Friday, a diplomat said. ")
    watcher.round()
    expect(live).to_contain_text("2 new articles.")
    assert "Story one" not in page.content()

    raise_alerts(desk.record, [Rule("Many dead", toll=30)])
    expect(live).to_contain_text("Many dead: ")
    assert page.locator("#live a", has_text="Open").get_attribute("href").startswith("/incidents/i")

    page.locator("#live a", has_text="Show").click()
    page.wait_for_load_state()
    expect(page.locator("#live")).to_be_empty()
