"""Handing articles in: files dropped on the page, an address that is pasted, and what could not be read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.desk.app import create_app
from tests.desk.browser.conftest import leave
from tests.desk.serving import Server, served
from tests.sites import Site, response, site

DONE = 300_000
"""Milliseconds: the model is loaded first."""
PAGE = (
    "<html><head><title>A clinic is hit</title><meta name='date' content='2016-10-14'></head><body><article>"
    "<h1>A clinic is hit</h1>" + "<p>Shells killed four people at a clinic in Aleppo on Friday, doctors said. "
    "Nurses carried the wounded to the cellar, and the windows of the street were gone.</p>"
    * 3
    + "</article></body></html>"
)


@pytest.fixture
def herald(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    """A site on loopback that the user's settings allow to be asked."""
    settings = tmp_path / "onrecord.toml"
    settings.write_text('[fetching]\nallowed = ["localhost"]\n')
    monkeypatch.chdir(tmp_path)
    with site() as running:
        running.answers["/clinic"] = response(PAGE.encode())
        yield running


@pytest.fixture
def server(tmp_path: Path, herald: Site) -> Iterator[Server]:
    with served(create_app(tmp_path / "new.db")) as running:
        yield running


def test_files_are_dropped_an_address_is_pasted_and_both_are_read(
    browser: Browser, server: Server, herald: Site, samples: Path, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(f"{server.url}/add")
    _drop(page, Path(shutil.copy(samples / "orontes-azaz1.txt", tmp_path)), b"\x00\x01 no article")
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_text("Handed in: it is being read.")).to_be_visible()
    page.get_by_label("Address of an article").fill(herald.url("/clinic"))
    page.get_by_role("button", name="Fetch and add it").click()
    expect(page.locator(".lines .status").nth(1)).to_have_text("failed", timeout=DONE)  # one of the two files
    expect(page.locator(".lines .status").first).to_have_text("done", timeout=DONE)
    expect(page.locator("#failed + table")).to_contain_text("broken.txt")
    page.goto(f"{server.url}/articles")
    expect(page.get_by_role("link", name="A clinic is hit")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Azaz")
    assert herald.asked() == ["/clinic"]
    leave(page.context)


def _drop(page: Page, text: Path, broken: bytes) -> None:
    """Drop two files on the form, as one does from a folder."""
    handed = page.evaluate_handle(
        """([name, text, broken]) => {
            const handed = new DataTransfer();
            handed.items.add(new File([text], name, {type: "text/plain"}));
            handed.items.add(new File([new Uint8Array(broken)], "broken.txt"));
            return handed;
        }""",
        [text.name, text.read_text(), list(broken)],
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": handed})
    expect(page.locator("#files")).not_to_have_value("")
