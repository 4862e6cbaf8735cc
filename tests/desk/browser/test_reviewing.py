"""Checking a real article from start to a corrected record: by keys, by buttons, without scripts, by two at once."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.record import Filter
from onrecord.record.shapes import IncidentOnRecord
from tests.desk.browser.conftest import Desk, leave

AZAZ = Filter(place="Azaz", since="2017-09-07", until="2017-09-07")


@dataclass(frozen=True)
class Bombing:
    """The bombing of Azaz, the article of the wire on it, and the fact of its dead there."""

    id: str
    article: str
    toll: str


@pytest.fixture(scope="module")
def bombing(desk: Desk) -> Bombing:
    incident = _bombing(desk)
    account = next(each for each in incident.accounts if each.article.outlet == "Continental Wire")
    facts = desk.record.facts(account.article.id)
    toll = next(fact for fact in facts if fact.section == "casualties" and fact.machine["effect"] == "killed")
    return Bombing(incident.id, account.article.id, toll.id.partition("/")[2])


def test_a_toll_is_corrected_the_range_changes_the_history_tells_and_it_is_given_out(
    page: Page, desk: Desk, bombing: Bombing
) -> None:
    before = _killed(desk)
    page.goto(desk.url)
    page.get_by_role("link", name="Bombing, Azaz").first.click()
    expect(page.locator(".tally")).to_contain_text(f"{before} killed")
    page.locator(f".account h4 a[href='/articles/{bombing.article}']").click()
    toll = page.locator(f"#{bombing.toll}")
    toll.get_by_role("link", name="Correct").click()
    page.get_by_label("How many").fill("14")
    page.get_by_label("Why").fill("the list of names has 14")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Corrected. What the machine read stays beside it.")).to_be_visible()
    expect(toll).to_contain_text("14 killed")
    expect(toll).to_contain_text("The machine read: 9 killed")
    page.goto(f"{desk.url}/incidents/{bombing.id}")
    expect(page.locator(".tally")).to_contain_text("–14) killed")
    expect(page.locator(".figures").first).to_contain_text("corrected by")
    expect(page.locator(".history")).to_contain_text("how many from 9 to 14")
    expect(page.locator(".history")).to_contain_text("the list of names has 14")
    page.get_by_role("link", name="Export").click()
    page.get_by_role("textbox", name="Place").fill("Azaz")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert any("14" in row.values() for row in rows)
    page.goto(f"{desk.url}/incidents/{bombing.id}")
    page.locator(".history").get_by_role("button", name="Undo").first.click()
    expect(page.locator(".tally")).to_contain_text(f"{before} killed")


def test_every_key_does_what_the_list_of_keys_says(page: Page, desk: Desk, bombing: Bombing) -> None:
    page.goto(f"{desk.url}/articles/{bombing.article}")
    facts = [fact.get_attribute("id") or "" for fact in page.locator("[data-fact]").all()]
    page.keyboard.press("j")
    expect(page.locator(f"#{facts[0]}")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(f"#{facts[0]}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(f"#{facts[0]} .verdict")).to_have_text("accepted")
    expect(page.locator(f"#{facts[1]}")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(f"#{facts[1]} .verdict")).to_have_text("rejected")
    expect(page.locator(f"#{facts[2]}")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(f"#{facts[1]}")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(f"#{facts[1]} .verdict")).to_have_count(0)
    page.keyboard.press("e")
    expect(page.locator("[data-correction] :is(input, select):focus")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-correction]")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(page).to_have_url(f"{desk.url}/incidents/{bombing.id}")


def test_all_of_it_works_without_scripts(browser: Browser, desk: Desk, bombing: Bombing) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.url}/articles/{bombing.article}")
    toll = page.locator(f"#{bombing.toll}")
    toll.get_by_role("button", name="Accept").click()
    expect(toll.locator(".verdict")).to_have_text("accepted")
    toll.get_by_role("link", name="Correct").click()
    page.get_by_label("How many").fill("10")
    page.get_by_role("button", name="Save").click()
    expect(toll.locator(".verdict")).to_have_text("corrected")
    while toll.get_by_role("button", name="Undo").count():
        toll.get_by_role("button", name="Undo").click()
    expect(toll).to_contain_text("9 killed")
    leave(context)


def test_two_who_edit_the_same_fact_are_told(browser: Browser, desk: Desk, bombing: Bombing) -> None:
    contexts = [browser.new_context() for _ in range(2)]
    ann, ben = [context.new_page() for context in contexts]
    for page in (ann, ben):
        page.goto(f"{desk.url}/articles/{bombing.article}?correct={bombing.toll}#{bombing.toll}")
    ann.get_by_label("How many").fill("11")
    ann.get_by_label("Why").fill("counted again")
    ann.get_by_role("button", name="Save").click()
    expect(ann.locator(f"#{bombing.toll}")).to_contain_text("11 killed")
    ben.get_by_label("How many").fill("12")
    ben.get_by_role("button", name="Save").click()
    expect(ben.get_by_role("heading", level=1)).to_have_text("Somebody else was here meanwhile")
    expect(ben.locator("main")).to_contain_text("counted again")
    ben.get_by_role("link", name="Look at it again").click()
    expect(ben.locator(f"#{bombing.toll}")).to_contain_text("11 killed")
    ben.locator(f"#{bombing.toll}").get_by_role("button", name="Undo").click()
    expect(ben.locator(f"#{bombing.toll}")).to_contain_text("9 killed")
    for context in contexts:
        leave(context)


def test_an_account_is_split_off_and_merged_again(page: Page, desk: Desk, bombing: Bombing) -> None:
    page.goto(f"{desk.url}/incidents/{bombing.id}")
    page.get_by_text("Merge, split, move accounts, withhold").click()
    accounts = page.get_by_role("checkbox").count()
    page.get_by_role("checkbox").last.check()
    page.get_by_label("Why").fill("another bomb")
    page.get_by_role("button", name="Split off").click()
    expect(page.get_by_text("Split: those accounts are an incident of their own now.")).to_be_visible()
    expect(page.locator(".lede")).to_contain_text(f"{accounts - 1} accounts")
    page.locator(".history").get_by_role("button", name="Undo").first.click()
    expect(page.locator(".lede")).to_contain_text(f"{accounts} accounts")


def test_two_incidents_are_merged_and_what_joined_them_is_told(page: Page, desk: Desk, bombing: Bombing) -> None:
    before, other = _bombing(desk), _other(desk, bombing.id)
    page.goto(f"{desk.url}/incidents/{bombing.id}")
    page.get_by_text("Merge, split, move accounts, withhold").click()
    page.get_by_label("Another incident").fill(other.id)
    page.get_by_label("Why").fill("one attack")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("Merged: the accounts are of one incident now.")).to_be_visible()
    together = len(before.accounts) + len(other.accounts)
    expect(page.locator(".lede")).to_contain_text(f"{together} accounts")
    page.get_by_role("link", name="Why these accounts are one incident").click()
    expect(page.get_by_text("joined by a person").first).to_be_visible()
    page.go_back()
    page.locator(".history").get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone. Both decisions stay in the history.")).to_be_visible()
    page.goto(f"{desk.url}/incidents/{bombing.id}")  # together they may have had the other's id
    expect(page.locator(".lede")).to_contain_text(f"{len(before.accounts)} accounts")


def test_an_account_is_moved_to_another_incident(page: Page, desk: Desk, bombing: Bombing) -> None:
    before, other = _bombing(desk), _other(desk, bombing.id)
    page.goto(f"{desk.url}/incidents/{bombing.id}")
    page.get_by_text("Merge, split, move accounts, withhold").click()
    page.get_by_role("checkbox").last.check()
    page.get_by_label("Another incident").fill(other.id)
    page.get_by_label("Why").fill("it tells of the other one")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("Moved: the accounts are of the other incident now.")).to_be_visible()
    expect(page.locator(".lede")).to_contain_text(f"{len(before.accounts) - 1} accounts")
    assert len(desk.record.incident(other.id).accounts) == len(other.accounts) + 1
    page.goto(f"{desk.url}/decisions")
    page.locator(".decision").first.get_by_role("button", name="Undo").click()
    assert len(_bombing(desk).accounts) == len(before.accounts)


def test_an_article_is_checked_from_the_queue_to_the_record_by_keys_alone(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/review")
    first = page.locator(".queue .what").first
    incident = (first.get_attribute("href") or "").rpartition("/")[2]
    first.focus()
    page.keyboard.press("Enter")
    page.locator(".account h4 a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-fact]").first).to_be_visible()
    page.wait_for_load_state()  # the keys work from then on
    facts = page.locator("[data-fact]").count()
    page.keyboard.press("j")
    expect(page.locator("[data-fact]").first).to_be_focused()
    for number in range(facts):
        page.keyboard.press("a")
        expect(page.locator("[data-fact].accepted")).to_have_count(number + 1)
        expect(page.locator("[data-fact]").nth(min(number + 1, facts - 1))).to_be_focused()
    expect(page.get_by_text("Every fact was checked.")).to_be_visible()
    desk.refresh()
    page.goto(f"{desk.url}/review")
    assert page.locator(f".queue a[href='/incidents/{incident}']").count() == 0
    assert all(fact.decisions for fact in desk.record.facts(desk.record.incident(incident).accounts[0].article.id))


def test_what_is_withheld_is_nowhere_until_that_is_taken_back(page: Page, desk: Desk, bombing: Bombing) -> None:
    page.goto(f"{desk.url}/incidents/{bombing.id}")
    page.get_by_text("Merge, split, move accounts, withhold").click()
    page.get_by_label("Why").fill("the family asked")
    page.get_by_role("button", name="Withhold").click()
    desk.refresh()
    answer = page.goto(f"{desk.url}/incidents/{bombing.id}")
    assert answer is not None
    assert answer.status == 404
    page.goto(f"{desk.url}/incidents?place=Azaz")
    assert page.locator(f"a[href='/incidents/{bombing.id}']").count() == 0
    page.goto(f"{desk.url}/decisions")
    page.locator(".decision").first.get_by_role("button", name="Undo").click()
    desk.refresh()
    page.goto(f"{desk.url}/incidents?place=Azaz")
    expect(page.locator(f"a[href='/incidents/{bombing.id}']")).to_be_visible()


def _bombing(desk: Desk) -> IncidentOnRecord:
    return max(desk.record.incidents(AZAZ), key=lambda incident: len(incident.accounts))


def _other(desk: Desk, id: str) -> IncidentOnRecord:
    """Another incident, with one account."""
    return next(each for each in desk.record.incidents() if each.id != id and len(each.accounts) == 1)


def _killed(desk: Desk) -> str:
    from onrecord.views.words import range_of

    toll = next(toll for toll in _bombing(desk).tolls if toll.effect == "killed" and toll.group is None)
    return range_of(toll)
