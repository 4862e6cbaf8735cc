"""Which addresses can be asked for, and which networks are closed."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RefusedError
from onrecord.sources.fetching.targets import closed_network, target_of

CLOSED = """
    0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.192 192.0.2.9 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1
    255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
    100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
    2606:4700::1111%eth0
""".split()
OPEN = (
    "1.1.1.1 93.184.216.34 172.15.0.1 172.32.0.1 100.63.255.255 100.128.0.1 2606:4700::1111 2a00:1450:4001::1".split()
)


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_public_is_closed(address: str) -> None:
    assert closed_network(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OPEN)
def test_a_public_address_is_open(address: str) -> None:
    assert closed_network(ipaddress.ip_address(address)) is None


@given(st.ip_addresses())
def test_no_address_that_python_knows_as_private_is_open(address: ipaddress.IPv4Address) -> None:
    if not address.is_global or address.is_multicast:
        assert closed_network(address)


@pytest.mark.parametrize(
    ("address", "url", "authority"),
    [
        ("HTTP://News.Example:80", "http://news.example/", "news.example"),
        ("https://news.example:8443/a b".replace(" ", "%20"), "https://news.example:8443/a%20b", "news.example:8443"),
        (" https://news.example./?q=1#part ", "https://news.example/?q=1", "news.example"),
        ("https://köln.example/straße", "https://xn--kln-sna.example/stra%C3%9Fe", "xn--kln-sna.example"),
        ("http://[2606:4700::1111]/x", "http://[2606:4700::1111]/x", "[2606:4700::1111]"),
        ("http://news.example/a?b=%zz&c=[1]", "http://news.example/a?b=%zz&c=[1]", "news.example"),
    ],
)
def test_an_address_has_one_form(address: str, url: str, authority: str) -> None:
    assert (target_of(address).url, target_of(address).authority) == (url, authority)


UNFIT = r"""
    file:///etc/passwd ftp://a.example/ gopher://a.example data:text/html,x //a.example/ a.example http:// http:///x
    http://user@a.example/ http://user:word@a.example/ http://a.example:0/ http://a.example:99999/ http://a.example:x/
    http://[::1 http://a.example\@b.example/ http://a..example.ü/
""".split()
ODD = ["", "http://a.example/\r\nX: y", "http://a.example/a b", "http://a.example/" + "a" * 9000, "http://a.example/\0"]


@pytest.mark.parametrize("address", UNFIT + ODD)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(RefusedError) as told:
        target_of(address)
    assert told.value.advice


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://a.example/", "http://[", "https://a.example:"]))
def test_whatever_is_given_is_an_address_in_ascii_or_refused(rest: str, start: str) -> None:
    try:
        target = target_of(start + rest)
    except RefusedError as fault:
        assert fault.advice
    else:
        assert target.url.isascii() and target.url.isprintable() and " " not in target.url
        assert target_of(target.url) == target
