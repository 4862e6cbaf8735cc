"""Looking around: the map moves, filters stand in the address, search finds, handing in, the first run, the printer."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from onrecord.desk.app import create_app
from tests.desk.browser.conftest import Desk, leave
from tests.desk.serving import served


def test_the_map_moves_and_grows(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    drawing = page.locator("svg.map")
    whole = drawing.get_attribute("viewBox")
    page.get_by_role("button", name="Enlarge the map").click()
    larger = drawing.get_attribute("viewBox")
    assert larger != whole
    page.keyboard.press("ArrowLeft")
    moved = drawing.get_attribute("viewBox")
    assert moved != larger
    box = drawing.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 240)
    page.mouse.up()
    assert drawing.get_attribute("viewBox") != moved
    page.get_by_role("button", name="Show the whole map").click()
    assert [float(part) for part in (drawing.get_attribute("viewBox") or "").split()] == [
        float(part) for part in (whole or "").split()
    ]


def test_a_filter_stands_in_the_address_so_that_a_view_can_be_sent(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    page.get_by_text("Narrow by time, place, actor, outlet").click()
    page.get_by_role("textbox", name="Place").fill("Azaz")
    page.get_by_label("From", exact=True).fill("2017-09-07")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "place=Azaz" in page.url
    assert "since=2017-09-07" in page.url
    expect(page.locator(".lines .what").first).to_contain_text("Azaz")
    address = page.url
    page.get_by_role("link", name="Show all").first.click()
    page.goto(address)
    expect(page.get_by_role("textbox", name="Place")).to_have_value("Azaz")


def test_a_wrong_date_in_the_address_is_told(page: Page, desk: Desk) -> None:
    answer = page.goto(f"{desk.url}/incidents?since=yesterday")
    assert answer is not None
    assert answer.status == 422
    expect(page.locator("main")).to_contain_text("“yesterday” is no date")


def test_search_finds_words_and_places_and_leads_to_ids(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    page.get_by_role("searchbox", name="Search the articles").fill("azaz")
    page.keyboard.press("Enter")
    expect(page.locator("mark.found").first).to_have_text("Azaz", ignore_case=True)
    expect(page.locator(".chips")).to_contain_text("azaz")
    id = next(iter(desk.record.incidents())).id
    page.goto(f"{desk.url}/search?q={id}")
    expect(page).to_have_url(f"{desk.url}/incidents/{id}")


def test_a_fact_leads_to_its_sentence(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/incidents?show=disputed&order=toll")
    page.locator("td a").first.click()
    page.locator(".figures .cite").first.click()
    expect(page.locator(".text .lit").first).to_be_in_viewport()


def test_the_source_is_shown_in_a_frame_that_can_do_nothing(page: Page, desk: Desk) -> None:
    article = next(each for each in desk.record.articles() if each.provenance[0].origin.endswith(".html"))
    page.goto(f"{desk.url}/articles/{article.id}/source")
    frame = page.frame_locator("iframe[sandbox='']")
    expect(frame.locator("body")).to_contain_text((article.title or "")[:20])
    answer = page.request.get(f"{desk.url}/articles/{article.id}/source/frame")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text()


def test_an_empty_record_says_how_to_begin_and_takes_a_text(browser: Browser, tmp_path: Path) -> None:
    with served(create_app(tmp_path / "new.db")) as server:
        page = browser.new_page()
        page.goto(server.url)
        expect(page.get_by_role("heading", level=1)).to_have_text("The record is empty")
        page.locator(".first-steps").get_by_role("link", name="Add").click()
        page.get_by_label("The text, its title in the first line").fill(
            "Shells hit a mill\n\nShelling killed seven people at a mill in Aleppo on Friday, doctors said."
        )
        page.get_by_label("Day of publication", exact=True).fill("2016-10-14")
        page.get_by_label("Outlet", exact=True).fill("The Herald")
        page.get_by_role("button", name="Add the text").click()
        expect(page.locator(".status").first).to_have_text("done", timeout=120_000)
        expect(page.locator(".lines")).to_contain_text("1 article added.")
        page.goto(f"{server.url}/articles")
        page.get_by_role("link", name="Shells hit a mill").click()
        expect(page.locator(".fact.is-toll")).to_contain_text("7 killed")
        leave(page.context)


def test_the_printer_gets_the_page_without_its_tools(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(page.locator("svg.map")).to_be_visible()


def test_a_release_is_made_and_stays(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/releases")
    page.get_by_label("Name").fill("2017-09")
    page.get_by_label("What it is for").fill("A trial.")
    page.get_by_role("button", name="Release").click()
    expect(page.locator(".release")).to_contain_text("2017-09")
    with page.expect_download() as download:
        page.get_by_role("link", name="all of it as one file").click()
    assert download.value.path().read_bytes()[:2] == b"PK"
