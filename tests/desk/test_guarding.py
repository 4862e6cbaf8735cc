"""What the desk lets in, and what it lets a browser do."""

from __future__ import annotations

import httpx2 as httpx
import pytest

from tests.desk.serving import Server


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "127.0.0.1.evil.example", "[::2]", "["])
def test_the_desk_answers_to_its_own_names_alone(desk: Server, host: str) -> None:
    assert httpx.get(desk.url, headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:8000"])
def test_the_desk_answers_to_loopback(desk: Server, host: str) -> None:
    assert httpx.get(desk.url, headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/desk.css", "/api/articles"])
def test_every_answer_keeps_to_itself(desk: Server, path: str) -> None:
    headers = httpx.get(desk.url + path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/incidents/i0000000000", "/articles/a0000000000/facts/k1", "/releases", "/add"])
def test_a_form_of_another_site_does_nothing(desk: Server, path: str) -> None:
    answer = httpx.post(desk.url + path, data={"deed": "merge", "why": "x", "other": "y"})
    assert answer.status_code == 403
    elsewhere = httpx.post(desk.url + path, data={}, headers={"origin": "https://evil.example"})
    assert elsewhere.status_code == 403


@pytest.mark.parametrize("query", ["page=x", "page=-1", "since=2016-13", "until=99", "since=%00"])
def test_an_address_that_makes_no_sense_is_told_so(desk: Server, query: str) -> None:
    answer = httpx.get(f"{desk.url}/incidents?{query}")
    assert answer.status_code == 422
    assert "<h1>" in answer.text


def test_what_is_searched_for_cannot_become_part_of_the_page(desk: Server) -> None:
    answer = httpx.get(f"{desk.url}/search", params={"q": '"><script>alert(1)</script>'})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
