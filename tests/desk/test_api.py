"""The API on a real server: what it gives, page by page, and what it refuses."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from benchmarks.generated import telling
from onrecord.archive.media.store import Keeper, now
from onrecord.cli.app import onrecord
from onrecord.desk.api import routes
from onrecord.desk.api.resources import LISTED
from onrecord.desk.app import create_app
from onrecord.errors import ArticleError
from onrecord.record import Filter, Record
from onrecord.record.decisions import Correct, Withhold
from tests.desk.serving import Server, served

EXPLORES = os.environ.get("HYPOTHESIS_PROFILE") == "explore"


@pytest.fixture(scope="module")
def api(desk: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=desk.url + "/api", timeout=60) as client:
        yield client


def printed(record_at: Path, *arguments: str) -> list[Any]:
    """What a command prints with --json."""
    done = CliRunner().invoke(onrecord, [*arguments, "--json", "--record", str(record_at)])
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "name", ["incidents", "tolls", "truces", "claims", "labels", "articles", "stories", "contradictions"]
)
@pytest.mark.parametrize(
    "given", [{}, {"place": "xz"}, {"since": "2031-03", "until": "2031-03-02"}, {"text": "killed"}]
)
def test_the_api_gives_what_the_command_prints(
    api: httpx2.Client, war_at: Path, name: str, given: dict[str, str]
) -> None:
    options = [part for key, value in given.items() for part in (f"--{key}", value)]
    answer = api.get(f"/{name}", params={**given, "limit": "500"}).json()
    expected = printed(war_at, name, *options)
    assert (answer["items"], answer["total"], answer["next"]) == (expected, len(expected), None)


def test_decisions_and_releases_are_what_the_commands_print(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    with Record.open(path) as record:
        told = next(telling(1, seed=7))
        article = record.add(told.source, told.reading)
        fact = next(fact.id for fact in record.facts(article) if fact.section == "casualties")
        for at in range(3):
            record.decide(Correct(fact, "count", 40 + at), by="amal", why="as the text says")
    done = CliRunner().invoke(onrecord, ["release", "first", "--record", str(path)])
    assert done.exit_code == 0, done.output
    with served(create_app(path)) as server, httpx2.Client(base_url=server.url + "/api") as api:
        assert api.get("/decisions").json()["items"] == printed(path, "decisions")
        assert api.get("/decisions", params={"on": article}).json()["items"] == printed(path, "decisions", article)
        assert [release["name"] for release in api.get("/releases").json()["items"]] == ["first"]
        assert api.get("/releases").json()["items"] == printed(path, "releases")
        assert api.get("/tolls").json()["items"] == printed(path, "tolls")


def test_so_does_a_search(api: httpx2.Client, war_at: Path) -> None:
    answer = api.get("/search", params={"words": "kill* people"}).json()
    assert answer["items"] == printed(war_at, "search", "kill* people") != []


@pytest.mark.parametrize(("path", "letter"), [("incidents", "i"), ("articles", "a"), ("stories", "s"), ("truces", "t")])
def test_a_single_thing_is_what_show_prints(api: httpx2.Client, war_at: Path, path: str, letter: str) -> None:
    for listed in api.get(f"/{path}", params={"limit": 2}).json()["items"]:
        assert listed["id"].startswith(letter)
        assert [api.get(f"/{path}/{listed['id']}").json()] == printed(war_at, "show", listed["id"])


def test_so_is_why_accounts_are_one_incident(api: httpx2.Client, war_at: Path) -> None:
    for listed in api.get("/incidents", params={"limit": 2}).json()["items"]:
        assert [api.get(f"/why/{listed['id']}").json()] == printed(war_at, "why", listed["id"])


def test_a_reading_is_the_contract(api: httpx2.Client, war_at: Path) -> None:
    id = api.get("/articles", params={"limit": 1}).json()["items"][0]["id"]
    reading = api.get(f"/readings/{id}").json()
    assert reading["format"] == "onrecord-reading/1"
    with Record.open(war_at) as record:
        assert reading["text"] == record.reading(id).text


def test_the_summary_is_that_of_the_filter(api: httpx2.Client, war_at: Path) -> None:
    with Record.open(war_at) as record:
        assert api.get("/summary").json() == dataclasses.asdict(record.summary())
        of = Filter(since="2031-03-02", until="2031-03-02")
        found = api.get("/summary", params={"since": of.since, "until": of.until}).json()
        assert found == dataclasses.asdict(record.summary(of))


@pytest.mark.parametrize("name", ["incidents", "tolls", "claims", "articles", "stories", "outlets", "places"])
def test_the_pages_together_are_the_whole(api: httpx2.Client, name: str) -> None:
    whole = api.get(f"/{name}", params={"limit": 500}).json()["items"]
    pages: list[Any] = []
    following: str | None = f"/api/{name}?limit=4"
    while following:
        answer = api.get(following.removeprefix("/api"))
        pages += answer.json()["items"]
        following = answer.json()["next"]
        link = re.search(r'<([^>]*)>; rel="next"', answer.headers.get("link", ""))
        assert following == (link[1] if link else None)
    assert pages == whole != []


def test_a_page_leads_back(api: httpx2.Client) -> None:
    answer = api.get("/articles", params={"limit": 4, "offset": 6, "outlet": "Nowhere & Co"})
    assert answer.headers["link"] == '</api/articles?limit=4&offset=2&outlet=Nowhere+%26+Co>; rel="prev"'


def test_an_outlet_a_place_and_an_actor_are_found_by_what_is_listed(api: httpx2.Client) -> None:
    for name, parameter, key in (("outlets", "outlet", "name"), ("places", "place", "key"), ("actors", "actor", "key")):
        for listed in api.get(f"/{name}").json()["items"]:
            found = api.get("/articles" if name == "outlets" else "/incidents", params={parameter: listed[key]}).json()
            assert found["total"] >= 1, listed


def test_nothing_is_sent_again_while_the_record_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    with served(create_app(path)) as server, httpx2.Client(base_url=server.url) as client:
        mark = client.get("/api/failures").headers["etag"]
        unchanged = client.get("/api/failures", headers={"if-none-match": f'"other", W/{mark}'})
        assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", mark)
        assert client.get("/api/failures?limit=7", headers={"if-none-match": mark}).status_code == 200
        with Record.open(path) as elsewhere:
            elsewhere.add_failure("news/x.html", ArticleError("is empty", advice="leave it out"))
        changed = client.get("/api/failures", headers={"if-none-match": mark})
        assert changed.status_code == 200 and changed.headers["etag"] != mark
        assert [failure["where"] for failure in changed.json()["items"]] == ["news/x.html"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("plce=Aleppo", "there is no parameter 'plce' here; there are since, until, place"),
        ("place=Aleppo&place=Homs", "place is given twice"),
        ("since=yesterday", "since is no date; write it as 2016-10-14"),
        ("since=2016-02-30", "since is no date"),
        ("until=2016-13", "until is no date"),
        ("limit=0", "limit is no number from 1 to 500"),
        ("limit=501", "limit is no number"),
        ("offset=-1", "offset is no number"),
        ("offset=1e3", "offset is no number"),
        ("offset=%D9%A3", "offset is no number"),
        ("place=", "place has 0 characters"),
        ("place=" + "a" * 201, "place has 201 characters"),
        ("place=a%00b", "place holds control characters"),
    ],
)
def test_a_misspelt_address_is_refused_rather_than_taken_for_everything(
    api: httpx2.Client, query: str, said: str
) -> None:
    refused = api.get(f"/incidents?{query}")
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert said in refused.json()["detail"] and refused.json()["status"] == 422


def test_a_search_needs_words_and_finds_nothing_for_signs(api: httpx2.Client) -> None:
    assert "words is missing" in api.get("/search").json()["detail"]
    assert api.get("/search", params={"words": '"*" ('}).json()["items"] == []


@pytest.mark.parametrize(
    "path", ["/incidents/i000", "/articles/nothing", "/truces/a%2Fb", "/stories/s", "/nothing", "/x/y"]
)
def test_what_is_not_there_is_said_as_a_problem(api: httpx2.Client, path: str) -> None:
    missing = api.get(path)
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_only_reads(api: httpx2.Client, method: str) -> None:
    refused = api.request(method, "/incidents")
    assert (refused.status_code, sorted(refused.headers["allow"].split(", "))) == (405, ["GET", "HEAD"])
    assert refused.headers["content-type"] == "application/problem+json"


def test_the_description_names_every_address_and_is_valid(api: httpx2.Client) -> None:
    described = api.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {f"/api/{listed.name}" for listed in LISTED} < set(described["paths"])
    for name, schema in described["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema.get("description"), name
    references = set(re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(described)))
    assert references <= set(described["components"]["schemas"])


def test_schemathesis_finds_no_fault(desk: Server, tmp_path: Path) -> None:
    phases, examples = ("coverage,fuzzing", "100") if EXPLORES else ("fuzzing", "4")
    found = subprocess.run(
        [
            *(Path(sys.executable).parent / "schemathesis", "run", f"{desk.url}/api/openapi.json", "--no-color"),
            *("--phases", phases, "--max-examples", examples, "--warnings", "off"),
            *(() if EXPLORES else ("--generation-deterministic",)),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert found.returncode == 0, found.stdout


def test_a_page_ends_where_it_grows_too_large_and_says_where_the_next_begins(
    api: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = api.get("/incidents", params={"limit": 500}).json()["items"]
    monkeypatch.setattr(routes, "LARGEST", 6000)
    pages: list[Any] = []
    following: str | None = "/api/incidents?limit=500"
    while following:
        answer = api.get(following.removeprefix("/api"))
        assert len(answer.content) < 6500 or len(answer.json()["items"]) == 1
        pages += answer.json()["items"]
        following = answer.json()["next"]
    assert pages == whole


def test_things_are_the_same_as_kept_and_as_put_together_for_who_withholds_something(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    with Record.open(path) as record:
        for told in telling(12, seed=7):
            record.add(told.source, told.reading)
        first = next(iter(record.incidents())).id
        with served(create_app(path)) as server, httpx2.Client(base_url=server.url + "/api") as api:
            before = api.get("/incidents").json()["items"]
            record.decide(Withhold(incident=first), by="edith", why="the family asked")
            assert api.get("/incidents").json()["items"] == [each for each in before if each["id"] != first]
            assert api.get("/incidents").json()["items"] == printed(path, "incidents")


def test_media_are_given_as_the_command_prints_them_and_not_of_what_is_withheld(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    with Record.open(path) as record:
        for told in telling(12, seed=7):
            record.add(told.source, told.reading)
        one, other = [incident.id for incident in record.incidents()][:2]
        for about in (one, other):
            keeper = Keeper(record, about, "photo.jpg", "photograph", "image/jpeg")
            keeper.keep(b"\xff\xd8", now(), {"made": "2017:09:07 12:30:00"})
            keeper.end("it came whole")
        with served(create_app(path)) as server, httpx2.Client(base_url=server.url + "/api") as api:
            assert api.get("/media").json()["items"] == printed(path, "archive", "media")
            assert [medium["subject"] for medium in api.get("/media").json()["items"]] == [one, other]
            found = api.get("/media", params={"about": one}).json()["items"]
            assert found == printed(path, "archive", "media", one)
            assert [(medium["subject"], medium["claims"]) for medium in found] == [
                (one, {"made": "2017:09:07 12:30:00"})
            ]
            record.decide(Withhold(incident=one), by="edith", why="the family asked")
            assert [medium["subject"] for medium in api.get("/media").json()["items"]] == [other]
            assert api.get("/media", params={"about": one}).json()["items"] == []
