"""A team at one record: who may decide what, under which name, and what happens when two decide at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from benchmarks.generated import telling
from onrecord.desk.app import create_app
from onrecord.record import Record
from onrecord.team import people
from tests.desk.serving import Server, served
from tests.desk.test_signing_in import sign_in, token
from tests.team.conftest import PASSWORD, _quick_hashes  # noqa: F401

TEAM = (("edith", "editor"), ("emma", "editor"), ("cody", "coder"), ("rita", "reader"))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "onrecord.db") as opened:
        for told in telling(8, seed=7):
            opened.add(told.source, told.reading)
        with opened.connection(writes=True) as connection:
            for name, role in TEAM:
                people.add(connection, name, role, PASSWORD, by="root")  # type: ignore[arg-type]
        yield opened


@pytest.fixture
def server(record: Record, tmp_path: Path) -> Iterator[Server]:
    with served(create_app(tmp_path / "onrecord.db", team=True)) as running:
        yield running


@contextmanager
def at_the_desk(server: Server, name: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url, timeout=60) as browser:
        assert sign_in(browser, name).status_code == 303
        yield browser


def decide(browser: httpx2.Client, fact: str, against: str, deed: str, **fields: str) -> httpx2.Response:
    article, local = fact.split("/")
    form = {"form_token": token(browser, "/account"), "against": against, "deed": deed, **fields}
    return browser.post(f"/articles/{article}/facts/{local}", data=form)


def seen(browser: httpx2.Client, fact: str) -> str:
    """The state of a fact as somebody has it before their eyes."""
    article, local = fact.split("/")
    shown = browser.get(f"/articles/{article}").text
    form = shown[shown.index(f'action="/articles/{article}/facts/{local}"') :]
    found = re.search(r'name="against" value="([^"]*)"', form)
    assert found is not None
    return found[1]


@pytest.fixture
def fact(record: Record) -> str:
    article = next(article for article in record.articles())
    return next(fact.id for fact in record.facts(article.id) if fact.section == "casualties")


def test_a_decision_carries_its_author(server: Server, record: Record, fact: str) -> None:
    with at_the_desk(server, "cody") as cody:
        assert decide(cody, fact, seen(cody, fact), "accept", why="I read it").status_code == 303
    assert [(made.by, made.act, made.subject) for made in record.decisions()] == [("cody", "accept", fact)]


def test_who_decides_second_is_told_and_nothing_is_overwritten(server: Server, record: Record, fact: str) -> None:
    with at_the_desk(server, "edith") as edith, at_the_desk(server, "emma") as emma:
        both_saw = seen(edith, fact)
        assert seen(emma, fact) == both_saw
        assert decide(edith, fact, both_saw, "reject", why="it is a near miss").status_code == 303
        told = decide(emma, fact, both_saw, "accept", why="it is right")
        assert told.status_code == 409
        assert "edith" in told.text and "it is a near miss" in told.text
        assert [made.by for made in record.decisions()] == ["edith"]
        assert decide(emma, fact, seen(emma, fact), "accept", why="it is right").status_code == 303
    assert [made.by for made in record.decisions()] == ["edith", "emma"]


def test_of_two_at_the_very_same_time_one_wins(server: Server, record: Record, fact: str) -> None:
    with at_the_desk(server, "edith") as edith, at_the_desk(server, "emma") as emma:
        both_saw = seen(edith, fact)
        token(emma, "/account")
        with ThreadPoolExecutor(2) as pool:
            answers = [pool.submit(decide, one, fact, both_saw, "reject") for one in (edith, emma)]
            assert sorted(answer.result().status_code for answer in answers) == [303, 409]
    assert len(list(record.decisions())) == 1


@pytest.mark.parametrize(
    ("name", "deed", "status"),
    [
        ("rita", "accept", 403),
        ("cody", "accept", 303),
        ("cody", "reject", 303),
        ("edith", "reject", 303),
    ],
)
def test_a_role_decides_on_facts_or_not(server: Server, fact: str, name: str, deed: str, status: int) -> None:
    with at_the_desk(server, name) as browser:
        against = "" if name == "rita" else seen(browser, fact)
        assert decide(browser, fact, against, deed).status_code == status


@pytest.mark.parametrize(("name", "allowed"), [("rita", False), ("cody", False), ("edith", True)])
def test_only_editors_withhold(server: Server, record: Record, name: str, allowed: bool) -> None:
    incident = next(record.incidents())
    with at_the_desk(server, name) as browser:
        form = {
            "form_token": token(browser, "/account"),
            "against": incident.state,
            "deed": "withhold",
            "why": "danger",
        }
        answer = browser.post(f"/incidents/{incident.id}", data=form)
    assert (answer.status_code == 303) == allowed, answer.text
    assert bool(list(record.withheld())) == allowed


def test_a_sign_in_that_ended_decides_nothing(server: Server, record: Record, fact: str) -> None:
    with at_the_desk(server, "cody") as cody:
        against, form_token = seen(cody, fact), token(cody, "/account")
        with record.connection(writes=True) as connection:
            people.set_password(connection, "cody", PASSWORD + "!", by="root")
        article, local = fact.split("/")
        sent = {"form_token": form_token, "against": against, "deed": "reject"}
        answer = cody.post(f"/articles/{article}/facts/{local}", data=sent)
    assert answer.headers["location"].startswith("/sign-in")
    assert list(record.decisions()) == []
