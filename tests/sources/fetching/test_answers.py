"""Answers that are slow, enormous, packed, broken or no HTTP at all."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from socket import socket

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FetchError
from onrecord.sources.fetching import Policy, fetch
from onrecord.sources.fetching.decoding import unpacked
from tests.sites import Site, response, site

ALLOWED = Policy(
    allowed=frozenset({"localhost"}), robots=False, seconds=20.0, largest=300_000, largest_unpacked=1_000_000
)
PAGE = b"<p>Shelling was heard near the bridge.</p>" * 50
RAW_DEFLATE = zlib.compressobj(wbits=-15)


def fetched(here: Site, answer: bytes | Callable[[socket], None], policy: Policy = ALLOWED) -> bytes:
    here.answers["/"] = answer
    return fetch(here.url(), policy=policy).body


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("GZip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", RAW_DEFLATE.compress(PAGE) + RAW_DEFLATE.flush()),
        ("br", brotli.compress(PAGE)),
        ("br, gzip", gzip.compress(brotli.compress(PAGE), mtime=0)),
        ("identity", PAGE),
    ],
)
def test_what_http_packed_is_unpacked(here: Site, encoding: str, packed: bytes) -> None:
    here.answers["/"] = sent = response(packed, headers={"Content-Encoding": encoding})
    found = fetch(here.url(), policy=ALLOWED)
    assert found.body == PAGE
    assert found.answer.response == sent  # the capture stays as it came


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_bomb_does_not_go_off(here: Site, encoding: str) -> None:
    pack: Callable[[bytes], bytes] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda data: brotli.compress(data, quality=1),
    }.get(encoding, lambda data: gzip.compress(gzip.compress(data)))
    with pytest.raises(FetchError, match="unpacks to more than 1 MB"):
        fetched(here, response(pack(bytes(30_000_000)), headers={"Content-Encoding": encoding}))


@pytest.mark.parametrize(
    ("encoding", "packed", "what"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)[:-10], "breaks off"),
        ("br", brotli.compress(PAGE)[:-3], "breaks off"),
        ("gzip", b"no gzip", "damaged"),
        ("br", b"\xff" * 40, "damaged"),
        ("lzw", PAGE, "not known"),
        ("gzip, gzip, gzip", PAGE, "again and again"),
    ],
)
def test_damaged_packing_is_told(here: Site, encoding: str, packed: bytes, what: str) -> None:
    with pytest.raises(FetchError, match=what):
        fetched(here, response(packed, headers={"Content-Encoding": encoding}))


def test_a_chunked_answer_is_joined(here: Site) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert fetched(here, head + b"4\r\nTwo \r\n3\r\nmen\r\n0\r\n\r\n") == b"Two men"


def test_hints_before_the_answer_are_no_part_of_it(here: Site) -> None:
    here.answers["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + response(b"page")
    found = fetch(here.url(), policy=ALLOWED)
    assert (found.body, found.answer.response) == (b"page", response(b"page"))


def test_what_stands_after_the_answer_is_no_part_of_it(here: Site) -> None:
    here.answers["/"] = response(b"page") + b"HTTP/1.1 200 OK\r\n\r\nforged"
    found = fetch(here.url(), policy=ALLOWED)
    assert (found.body, found.answer.response) == (b"page", response(b"page"))


@pytest.mark.parametrize(
    "answer",
    [
        response(b"short", headers={"Content-Length": "500"}),
        response(b"page", headers={"Content-Length": "-4"}),
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\npages",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nTwo",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 30_000 + b"\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100,
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"<html>no head</html>",
        b"\x00\xff" * 400,
        b"",
    ],
)
def test_an_answer_that_is_broken_is_told(here: Site, answer: bytes) -> None:
    with pytest.raises(FetchError) as told:
        fetched(here, answer)
    assert told.value.where == here.url() and told.value.advice


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n"])
def test_an_answer_without_end_ends(here: Site, head: bytes) -> None:
    def endless(connection: socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(b"a" * 65536)

    with pytest.raises(FetchError, match="larger than"):
        fetched(here, endless)


def test_a_slow_drip_ends_in_time(here: Site) -> None:
    def drip(connection: socket) -> None:
        for byte in response(b"x" * 10_000):
            connection.sendall(bytes([byte]))
            connection.settimeout(0.05)
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                continue

    with pytest.raises(FetchError, match="in the time there is"):
        fetched(here, drip, replace(ALLOWED, seconds=0.4))


def test_silence_ends_in_time(here: Site) -> None:
    with pytest.raises(FetchError, match="in the time there is"):
        fetched(here, lambda connection: connection.recv(1) and None, replace(ALLOWED, seconds=0.3))


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "br, gzip", "x, y", ","]))
def test_whatever_is_packed_unpacks_or_is_a_fault(body: bytes, encoding: str) -> None:
    try:
        assert len(unpacked(body, encoding, most=10_000, where="here")) <= 10_000
    except FetchError as fault:
        assert fault.where == "here" and fault.advice


@given(st.binary(max_size=20_000))
def test_packing_and_unpacking_are_inverse(content: bytes) -> None:
    for encoding, packed in (("gzip", gzip.compress(content)), ("br", brotli.compress(content))):
        assert unpacked(packed, encoding, most=20_000, where="here") == content


def test_whatever_a_server_says_is_an_answer_or_a_fault() -> None:
    with site() as here:

        @given(
            st.binary(max_size=400), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\nLocation: "])
        )
        def ask(data: bytes, start: bytes) -> None:
            try:
                fetched(here, start + data)
            except FetchError as fault:
                assert fault.where and fault.advice

        ask()
