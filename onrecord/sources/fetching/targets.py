"""Addresses: what of them can be asked for, and which machine stands behind their name."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import idna

from onrecord.errors import FetchError, RefusedError
from onrecord.lexicon import rows

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = {"http": 80, "https": 443}
LONGEST = 8_000
"""Characters of an address; servers refuse longer ones (RFC 9110 asks them to take this many)."""
_KEPT = "!#$%&'()*+,/:;=?@[]~"  # what RFC 3986 gives a meaning to, and what is escaped already
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Target:
    """An http(s) address in its parts; `host` is in small letters, a name outside ASCII in its "xn--" form."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address, in the form in which it is asked for."""
        return f"{self.origin}{self.path}"

    @property
    def origin(self) -> str:
        """Scheme, host and, where it is not the usual one, port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """What stands in the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS.get(self.scheme) else f"{host}:{self.port}"


def target_of(address: str) -> Target:
    """The parts of an address; raises `RefusedError` where it is none, not http(s), or carries a password."""
    address = address.strip()
    if len(address) > LONGEST:
        raise _unfit(address, f"is longer than {LONGEST:,} characters")
    if _UNFIT.search(address):
        raise _unfit(address, "has blanks or characters that no address has")
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError as fault:
        raise _unfit(address, f"is no address ({fault})") from fault
    if parts.scheme not in PORTS:
        raise RefusedError("is not fetched: only http and https are", where=address, advice="give a web address")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("carries a name or password", where=parts.hostname, advice="give the address without it")
    if not host or port == 0:
        raise _unfit(address, "names no host" if not host else "has the port 0")
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_KEPT)
    return Target(parts.scheme, _host(host, address), port or PORTS[parts.scheme], path)


def redirected(target: Target, location: str) -> Target:
    """Where a redirect leads; raises as `target_of` does."""
    try:
        return target_of(urljoin(target.url, location.strip()))
    except ValueError as fault:
        raise _unfit(target.url, f"redirects to what is no address ({fault})") from fault


def _host(host: str, address: str) -> str:
    host = host.rstrip(".").lower()
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError as fault:
        raise _unfit(address, f"has a host that is no name ({fault})") from fault


def resolved(target: Target, *, is_allowed: bool, seconds: float) -> tuple[IPAddress, ...]:
    """The IP addresses that may be connected to, in the order in which to try them.

    Raises `RefusedError` where any address of the name is not public and the name is not allowed (a name that answers
    with both is how an attacker gets from one to the other), `FetchError` where the name is not known.
    """
    found = tuple(dict.fromkeys(_looked_up(target, seconds)))
    if not found:
        raise FetchError("its name leads to no address", where=target.url, advice="check the address")
    if not is_allowed:
        for address in found:
            _refuse_closed(address, target)
    return found


def _looked_up(target: Target, seconds: float) -> Iterator[IPAddress]:
    answers: list[tuple[object, ...]] = []
    faults: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            answers.extend(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as fault:
            faults.append(fault)

    # In a thread, since the system's resolver takes no limit of time.
    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise FetchError("its name was not resolved in time", where=target.url, advice="try again later")
    if faults:
        raise FetchError(f"its name is not known ({faults[0]})", where=target.url, advice="check the address")
    for *_, sockaddr in answers:
        if isinstance(sockaddr, tuple):
            yield ipaddress.ip_address(str(sockaddr[0]))


def _refuse_closed(address: IPAddress, target: Target) -> None:
    what = closed_network(address)
    if what is not None:
        raise RefusedError(
            f"leads to {address}, {what}, from which nothing is fetched",
            where=target.url,
            advice=f'if it is meant, write allowed = ["{target.host}"] under [fetching] in onrecord.toml',
        )


def closed_network(address: IPAddress) -> str | None:
    """What the network is called in which an address lies, where it is not the public internet; None where it is."""
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id is not None:
        return "an address of one network card"
    for network, what in _closed_networks():
        if address.version == network.version and address in network:
            return what
    # What the registries reserve later than our list, as this Python knows them.
    return None if address.is_global else "a reserved address"


@cache
def _closed_networks() -> tuple[tuple[IPNetwork, str], ...]:
    return tuple((ipaddress.ip_network(row["network"]), row["what"]) for row in rows("closed-networks"))


def _unfit(address: str, what: str) -> RefusedError:
    return RefusedError(what, where=address[:200], advice="check the address")
