"""The desk in a real browser, on a record of the sample."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, expect, sync_playwright
from spacy.language import Language

from onrecord.desk.app import create_app
from onrecord.reading.batch import read_sources
from onrecord.record import Record
from onrecord.sources import sources_in
from tests.desk.serving import Server, served

PATIENCE = 60_000
"""Milliseconds until something that should be seen is taken for missing: the machine may have other work."""
expect.set_options(timeout=PATIENCE)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


LONGEST = 420.0
"""Seconds that a test may take, whatever it waits for: several calls of Playwright have no limit of their own."""
_TRIES = 20
_BLANK = "about:blank"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; nothing is downloaded."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("continuous integration must have Chromium: the desk is tested in a browser")
        pytest.skip("LEFT OUT: no Chromium on this machine, so the desk was not tested in a browser")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        with suppress(Error):  # it was ended by the time limit
            launched.close()


@pytest.fixture(autouse=True)
def ended_in_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Ends the browser of a test that waits for ever, so that it fails and says so."""
    late = threading.Event()

    def end() -> None:
        late.set()
        for child in psutil.Process().children():
            if "playwright" in " ".join(child.cmdline()):  # its driver, which takes the browser with it
                child.kill()

    timer = threading.Timer(LONGEST, end)
    timer.start()
    yield
    timer.cancel()
    if late.is_set():
        pytest.fail(f"{request.node.name} waited for more than {LONGEST:.0f} s; its browser was ended")


def leave(context: BrowserContext) -> None:
    """Close the pages of a context, none of them while it goes to another page.

    Chromium may say that it closed a page, and not do it, at the moment when the page's next document comes
    (https://issues.chromium.org/issues/536385539); whoever waits for its end then waits for ever.
    """
    for page in context.pages:
        for _ in range(_TRIES):
            with suppress(Error):  # where the page was on its way elsewhere
                page.goto(_BLANK)
                break
    context.close()


@pytest.fixture(scope="session")
def sample_at(tmp_path_factory: pytest.TempPathFactory, samples: Path, nlp: Language) -> Path:
    """A record of the sample, made once and copied by who changes it."""
    path = tmp_path_factory.mktemp("sample") / "onrecord.db"
    with Record.open(path) as record:
        for outcome in read_sources(sources_in([str(samples)])):
            if outcome.source is not None and outcome.reading is not None:
                record.add(outcome.source, outcome.reading)
    return path


@dataclass
class Desk:
    """A desk with its record; `keeper` and `record` are those of the running application."""

    server: Server
    path: Path
    record: Record
    refresh: Callable[[], None] = field(repr=False)

    @property
    def url(self) -> str:
        return self.server.url


@pytest.fixture(scope="module")
def desk(sample_at: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk on a record of the sample of one's own."""
    path = tmp_path_factory.mktemp("desk") / "onrecord.db"
    shutil.copy(sample_at, path)
    app = create_app(path)
    app.state.keeper.refresh()
    with served(app) as server:
        yield Desk(server, path, app.state.record, app.state.keeper.refresh)


@dataclass
class Watched:
    """What a page did that it must not do."""

    faults: list[str] = field(default_factory=list)


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A page of a fresh browser, which fails the test where it asks anybody else or complains in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    opened = context.new_page()
    faults: list[str] = []

    def look(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(desk.url).netloc:
            faults.append(f"asked {request.url}")

    context.on("request", look)
    opened.on("pageerror", lambda fault: faults.append(f"script: {fault}"))
    opened.on("console", lambda said: faults.append(said.text) if _is_fault(said.type, said.text) else None)
    yield opened
    leave(context)
    assert faults == []


def _is_fault(kind: str, text: str) -> bool:
    # The browser says so itself of every page that answers 4xx, which some tests ask for.
    return kind in ("error", "warning") and "Failed to load resource" not in text
