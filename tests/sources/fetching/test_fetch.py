"""A fetch: what is asked, what comes back, and how redirects are followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord import __version__
from onrecord.errors import FetchError, RefusedError
from onrecord.sources.fetching import Policy, fetch
from tests.sites import Site, redirect, response

ALLOWED = Policy(allowed=frozenset({"localhost", "news.test"}), seconds=20.0)


def test_a_page_comes_as_it_was_sent(here: Site) -> None:
    here.answers["/a?b=c"] = sent = response(b"<p>Two men were hurt.</p>", headers={"ETag": '"1"', "X-Odd": "y"})
    found = fetch(here.url("/a?b=c#top"), policy=ALLOWED)
    assert (found.status, found.body, found.etag) == (200, b"<p>Two men were hurt.</p>", '"1"')
    assert found.answer.response == sent
    assert found.answer.request == here.requests[-1]
    assert found.answer.header("x-odd") == "y"
    assert (found.answer.address, found.answer.certificate) == ("127.0.0.1", None)
    assert found.url == here.url("/a?b=c")
    assert found.at <= found.answer.ended


def test_it_says_who_asks(here: Site) -> None:
    fetch(here.url(), policy=replace(ALLOWED, contact="mailto:desk@example.org"))
    assert f"User-Agent: onrecord/{__version__} (+mailto:desk@example.org)".encode() in here.requests[-1]
    assert f"Host: localhost:{here.port}".encode() in here.requests[-1]


def test_any_status_is_an_answer(here: Site) -> None:
    here.answers["/gone"] = response(b"no more", status="410 Gone")
    assert (fetch(here.url("/gone"), policy=ALLOWED).status, fetch(here.url("/x"), policy=ALLOWED).status) == (410, 404)


def test_an_unchanged_page_is_asked_for_only_if_it_changed(here: Site) -> None:
    here.answers["/"] = b'HTTP/1.1 304 Not Modified\r\nETag: W/"7"\r\n\r\n'
    found = fetch(here.url(), policy=ALLOWED, etag='W/"7"', modified="Fri, 14 Oct 2016 08:30:00 GMT")
    assert found.is_unchanged and found.body == b""
    assert b'If-None-Match: W/"7"\r\nIf-Modified-Since: Fri, 14 Oct 2016 08:30:00 GMT\r\n' in here.requests[-1]


def test_redirects_are_followed_and_kept(here: Site) -> None:
    here.answers |= {"/a": redirect("/b?x=1"), "/b?x=1": redirect("c", "301 Moved"), "/c": response(b"here")}
    found = fetch(here.url("/a"), policy=ALLOWED)
    assert [made.status for made in found.exchanges] == [302, 301, 200]
    assert (found.asked, found.url, found.body) == (here.url("/a"), here.url("/c"), b"here")


@pytest.mark.parametrize("last", ["/a", "/b"])
def test_redirects_in_a_circle_end(here: Site, last: str) -> None:
    here.answers |= {"/a": redirect("/b"), "/b": redirect(last)}
    with pytest.raises(FetchError, match="circle"):
        fetch(here.url("/a"), policy=ALLOWED)


def test_redirects_without_end_end(here: Site) -> None:
    here.answers |= {f"/{number}": redirect(f"/{number + 1}") for number in range(50)}
    with pytest.raises(FetchError, match="more than 8 times"):
        fetch(here.url("/0"), policy=ALLOWED)
    assert len(here.asked()) == 9


@pytest.mark.parametrize(
    "to",
    ["http://127.0.0.1:{port}/b", "//[::1]:{port}/b", "http://[::ffff:127.0.0.1]:{port}/b", "http://2130706433/b"],
)
def test_a_redirect_to_a_closed_address_is_refused(here: Site, to: str) -> None:
    here.answers |= {"/a": redirect(to.format(port=here.port)), "/b": response(b"secret")}
    with pytest.raises(RefusedError, match="nothing is fetched"):
        fetch(here.url("/a"), policy=ALLOWED)
    assert here.asked() == ["/a"]


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://localhost/", "javascript:alert(1)", "http://a:b@localhost/"]
)
def test_a_redirect_to_what_is_no_web_page_is_refused(here: Site, to: str) -> None:
    here.answers["/a"] = redirect(to)
    with pytest.raises(RefusedError):
        fetch(here.url("/a"), policy=ALLOWED)


def test_a_closed_address_is_refused_before_anything_is_sent(here: Site) -> None:
    with pytest.raises(RefusedError, match="this very machine") as told:
        fetch(here.url(), policy=Policy())
    assert "allowed" in str(told.value.advice)
    assert here.requests == []


def test_the_address_that_was_judged_is_the_one_connected_to(here: Site, names: Callable[..., list[str]]) -> None:
    asked = names("news.test", ("127.0.0.1",), ("192.0.2.1",))
    here.answers["/"] = response(b"first")
    found = fetch(here.url(host="news.test"), policy=replace(ALLOWED, robots=False))
    assert (found.body, asked) == (b"first", ["news.test"])
    assert f"Host: news.test:{here.port}".encode() in here.requests[-1]


def test_a_name_that_turns_to_a_closed_address_is_refused_at_the_next_fetch(names: Callable[..., list[str]]) -> None:
    names("rebinding.example", ("10.0.0.7",))
    with pytest.raises(RefusedError, match=r"10\.0\.0\.7, a private network"):
        fetch("http://rebinding.example/", policy=Policy(robots=False))


def test_a_name_with_a_closed_address_among_others_is_refused(names: Callable[..., list[str]]) -> None:
    names("mixed.example", ("93.184.216.34", "169.254.169.254"))
    with pytest.raises(RefusedError, match="metadata"):
        fetch("http://mixed.example/", policy=Policy(robots=False))


def test_the_next_address_is_tried_where_one_does_not_answer(here: Site, names: Callable[..., list[str]]) -> None:
    names("news.test", ("::1", "127.0.0.1"))
    here.answers["/"] = response(b"second")
    assert fetch(here.url(host="news.test"), policy=ALLOWED).body == b"second"


def test_data_are_posted_once(here: Site) -> None:
    here.answers |= {"/stamp": redirect("/b"), "/b": response(b"seen")}
    fetch(here.url("/stamp"), policy=ALLOWED, data=b"123", content_type="application/timestamp-query")
    posted, following = (request for request in here.requests if b"robots" not in request)
    assert posted.startswith(b"POST /stamp") and posted.endswith(b"\r\n\r\n123")
    assert following.startswith(b"GET /b") and following.endswith(b"\r\n\r\n")


def test_nobody_there_is_said(here: Site) -> None:
    with pytest.raises(FetchError, match="not known"):
        fetch("http://no-such-name.invalid/", policy=ALLOWED)
    closed = Policy(allowed=frozenset({"localhost"}), robots=False)
    with pytest.raises(FetchError, match="connection failed"):
        fetch("http://localhost:1/", policy=closed)
