"""Every page: there, light, safe, readable by everybody, on wide and narrow screens, in light and dark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from onrecord.archive.media.store import Keeper, now
from onrecord.record import Filter
from tests.archive.media.test_recording import photograph, video
from tests.desk.browser.conftest import Desk, leave

LARGEST = 300_000
AZAZ = Filter(place="Azaz", since="2017-09-07", until="2017-09-07")
PATHS = (
    "/",
    "/?place=Aleppo&since=2017-09",
    "/incidents",
    "/incidents?show=disputed&order=toll",
    "/incidents/{incident}",
    "/incidents/{incident}/why",
    "/media/m1",
    "/articles",
    "/articles/{article}",
    "/articles/{article}?correct={fact}",
    "/articles/{article}/source",
    "/stories/{story}",
    "/truces",
    "/truces/{truce}",
    "/labels",
    "/labels/uses?by=Free+North+Press&label=regime",
    "/claims",
    "/claims?actor=Nasser+Obeid",
    "/outlets",
    "/outlets/Free%20North%20Press",
    "/search",
    "/search?q=market",
    "/search?q=nosuchword",
    "/review",
    "/decisions",
    "/releases",
    "/add",
    "/alerts",
    "/media/m2",
    "/?place=Atlantis",
    "/incidents?place=Atlantis",
    "/claims?place=Atlantis",
    "/incidents?since=yesterday",
    "/nowhere",
)
STATUS = {"/nowhere": 404, "/incidents?since=yesterday": 422}
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def ids(desk: Desk) -> dict[str, str]:
    """Things that are on record; of the incident there is a photograph, and a stream that is being recorded."""
    incident = next(each for each in desk.record.incidents(AZAZ) if len(each.accounts) > 2)
    _record_media(desk, incident.id)
    article = incident.accounts[0].article
    fact = next(fact for fact in desk.record.facts(article.id) if fact.section == "casualties")
    return {
        "incident": incident.id,
        "article": article.id,
        "fact": fact.id.partition("/")[2],
        "story": article.story,
        "truce": next(iter(desk.record.truces())).id,
    }


def _record_media(desk: Desk, incident: str) -> None:
    photographed = Keeper(desk.record, incident, "photo.jpg", "photograph", "image/jpeg")
    photographed.keep(photograph(), now(), {"made": "2017:09:07 12:30:00", "position": "36.586200, 37.044400"})
    photographed.end("it came whole")
    stream = Keeper(desk.record, incident, "https://cam.example/live.m3u8", "stream", "application/vnd.apple.mpegurl")
    stream.keep(video(), now())
    stream.gap(now(), "the stream dropped")
    stream.keep(video(), now())


@pytest.fixture(scope="module")
def looked_at(browser: Browser) -> Iterator[Page]:
    """One page for all; scripts of tests may run in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    leave(context)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_for_everybody(looked_at: Page, desk: Desk, ids: dict[str, str], path: str) -> None:
    answer = looked_at.goto(desk.url + path.format(**ids))
    assert answer is not None
    assert answer.status == STATUS.get(path, 200)
    assert len(answer.body()) < LARGEST
    assert _faults(looked_at) == []
    looked_at.emulate_media(color_scheme="dark")
    assert _faults(looked_at, "color-contrast") == []
    looked_at.emulate_media(color_scheme="light")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_a_narrow_screen_and_stays_on_this_machine(
    page: Page, desk: Desk, ids: dict[str, str], path: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    answer = page.goto(desk.url + path.format(**ids))
    assert answer is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    html = answer.text()
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?![\w.-]+\.example)', html)
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert page.locator("h1").count() == 1


def _faults(page: Page, rule: str | None = None) -> list[str]:
    """What axe-core finds that is serious or worse."""
    page.evaluate(AXE)
    options = (
        {"runOnly": [rule]} if rule else {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    found = page.evaluate(f"axe.run(document, {json.dumps({**options, 'resultTypes': ['violations']})})")
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]
