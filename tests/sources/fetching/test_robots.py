"""What a robots.txt allows, and what it means where it cannot be had."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.errors import FetchError, RefusedError
from onrecord.sources.fetching import Policy, fetch
from onrecord.sources.fetching.robots import KEPT, KEPT_UNREACHABLE, Robots
from onrecord.sources.fetching.targets import target_of
from tests.sites import Site, redirect, response

ALLOWED = Policy(allowed=frozenset({"localhost"}), seconds=20.0)
PAGE = target_of("https://news.example/page")
NO = b"User-agent: *\nDisallow: /private\n\nUser-agent: OnRecord\nDisallow: /p\nAllow: /page\nCrawl-delay: 3\n"


def robots_txt(here: Site, body: bytes, **more: str) -> None:
    here.answers["/robots.txt"] = response(body, **more)  # type: ignore[arg-type]


def test_what_robots_txt_forbids_is_not_asked_for(here: Site) -> None:
    robots_txt(here, b"User-agent: *\nDisallow: /private\n")
    here.answers |= {"/private/a": response(b"x"), "/open": redirect("/private/a")}
    for path in ("/private/a", "/open"):
        with pytest.raises(RefusedError, match=r"robots\.txt forbids"):
            fetch(here.url(path), policy=ALLOWED)
    assert here.asked() == ["/open"]


def test_the_group_that_names_this_program_is_its_own(here: Site) -> None:
    robots_txt(here, NO.replace(b"Crawl-delay: 3\n", b""))
    here.answers |= {"/page": response(b"x"), "/private": response(b"y")}
    assert fetch(here.url("/page"), policy=ALLOWED).body == b"x"
    with pytest.raises(RefusedError):
        fetch(here.url("/private"), policy=ALLOWED)


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "401 Unauthorized", "410 Gone", "429 Too Many"])
def test_a_site_without_robots_txt_may_be_asked(here: Site, status: str) -> None:
    here.answers |= {"/robots.txt": response(b"Disallow: /", status=status), "/": response(b"page")}
    assert fetch(here.url(), policy=ALLOWED).body == b"page"


@pytest.mark.parametrize("status", ["500 Internal", "503 Unavailable"])
def test_a_site_in_trouble_is_not_asked(here: Site, status: str) -> None:
    here.answers |= {"/robots.txt": response(b"", status=status), "/": response(b"page")}
    with pytest.raises(FetchError, match="cannot be had"):
        fetch(here.url(), policy=ALLOWED)
    assert here.asked() == []


def test_a_robots_txt_that_breaks_off_means_no(here: Site) -> None:
    here.answers |= {"/robots.txt": response(b"", headers={"Content-Length": "99"}), "/": response(b"page")}
    with pytest.raises(FetchError, match="cannot be had"):
        fetch(here.url(), policy=ALLOWED)


def test_a_redirected_robots_txt_is_followed(here: Site) -> None:
    here.answers |= {"/robots.txt": redirect("/r"), "/r": response(b"User-agent: *\nDisallow: /"), "/": response(b"p")}
    with pytest.raises(RefusedError, match=r"robots\.txt forbids"):
        fetch(here.url(), policy=ALLOWED)


def test_robots_txt_is_asked_for_once(here: Site) -> None:
    for _ in range(3):
        fetch(here.url(), policy=ALLOWED)
    assert sum(b"GET /robots.txt" in request for request in here.requests) == 1


def test_it_is_not_asked_for_where_the_policy_says_so(here: Site) -> None:
    robots_txt(here, b"User-agent: *\nDisallow: /")
    fetch(here.url(), policy=replace(ALLOWED, robots=False))
    assert here.asked() == ["/"] and len(here.requests) == 1


@pytest.mark.parametrize(("status", "kept"), [(200, KEPT), (404, KEPT), (503, KEPT_UNREACHABLE)])
def test_rules_grow_old(status: int, kept: float) -> None:
    now = [0.0]
    asked = []
    robots = Robots(lambda: now[0])
    for at in (0.0, kept - 1, kept):
        now[0] = at
        robots.rules(PAGE, lambda target: (asked.append(target.url) or status, NO))  # type: ignore[func-returns-value]
    assert asked == ["https://news.example/robots.txt"] * 2


@pytest.mark.parametrize(
    ("body", "delay"), [(NO, 3.0), (b"User-agent: *\nCrawl-delay: 86400", 60.0), (b"\xff\xfe\x00", 0.0), (b"", 0.0)]
)
def test_a_crawl_delay_is_kept_to_within_reason(body: bytes, delay: float) -> None:
    assert Robots().rules(PAGE, lambda _: (200, body)).delay == delay
