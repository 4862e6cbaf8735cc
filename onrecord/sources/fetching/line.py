"""A line to one machine: connected to the address that was judged, bounded in bytes and time, all of it recorded."""

from __future__ import annotations

import ssl
import time
from contextlib import suppress
from functools import cache
from hashlib import sha256
from socket import SHUT_RDWR, create_connection, socket
from types import TracebackType
from typing import Self

import certifi

from onrecord.errors import FetchError
from onrecord.sources.fetching.targets import IPAddress, Target
from onrecord.sources.limits import megabytes

_CHUNK = 1 << 16


class Line:
    """An open connection; raises `FetchError` for whatever goes wrong on it. `seconds` is for its whole life.

    `stall` bounds the silence between two pieces; of a line with one, which may be endless, nothing is remembered.
    """

    def __init__(
        self,
        target: Target,
        addresses: tuple[IPAddress, ...],
        *,
        seconds: float,
        largest: int,
        stall: float | None = None,
    ) -> None:
        self._target = target
        self._end = time.monotonic() + seconds
        self._largest = largest
        self._stall = stall
        self.sent = bytearray()
        self.received = bytearray()
        self.certificate: str | None = None
        self.address: IPAddress | None = None
        self._socket = self._connected(addresses)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._socket.shutdown(SHUT_RDWR)
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send all of it."""
        try:
            self._socket.settimeout(self._left())
            self._socket.sendall(data)
        except OSError as fault:
            raise self._broken(fault) from fault
        self.sent += data

    def receive(self) -> bytes:
        """What comes next; empty where the other side has ended."""
        try:
            self._socket.settimeout(self._left())
            data = self._socket.recv(_CHUNK)
        except OSError as fault:
            raise self._broken(fault) from fault
        if self._stall is not None:
            return data
        self.received += data
        if len(self.received) > self._largest:
            raise self._fault(f"is larger than {megabytes(self._largest)}", "leave it out")
        return data

    def _connected(self, addresses: tuple[IPAddress, ...]) -> socket:
        for number, address in enumerate(addresses, start=1):
            share = self._left() / (len(addresses) - number + 1)
            try:
                found = create_connection((str(address), self._target.port), timeout=share)
            except OSError as fault:
                if number == len(addresses):
                    raise self._broken(fault) from fault
            else:
                self.address = address
                break
        return self._secured(found) if self._target.scheme == "https" else found

    def _secured(self, plain: socket) -> socket:
        """The line under TLS, the certificate checked against the name, whatever address answers for it."""
        try:
            secured = _tls().wrap_socket(plain, server_hostname=self._target.host)
        except ssl.SSLCertVerificationError as fault:
            plain.close()
            what = f"its certificate is not to be trusted ({fault.verify_message})"
            raise self._fault(what, "check the address and this machine's clock") from fault
        except OSError as fault:
            plain.close()
            raise self._broken(fault) from fault
        certificate = secured.getpeercert(binary_form=True)
        self.certificate = sha256(certificate).hexdigest() if certificate else None
        return secured

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise self._slow()
        return left if self._stall is None else min(left, self._stall)

    def _broken(self, fault: OSError) -> FetchError:
        if isinstance(fault, TimeoutError):
            return self._slow()
        return self._fault(f"the connection failed ({fault.strerror or fault})", "try again later")

    def _slow(self) -> FetchError:
        return self._fault("did not answer in full in the time there is", "try again later")

    def _fault(self, what: str, advice: str) -> FetchError:
        return FetchError(what, where=self._target.url, advice=advice)


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    # A small machine or container may have no certificates of its own.
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
