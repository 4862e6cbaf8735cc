"""What came of a fetch: each request and its response, as they went over the line."""

from __future__ import annotations

from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response.

    `request` and `response` are the bytes as sent and received, head and body, as a WARC keeps them; `payload` is the
    response's content without chunks, `body` the same unpacked from its content encoding. `address` is the IP address
    that answered; `begun` and `ended` are ISO 8601 in UTC. `certificate` is the SHA-256 of the server's certificate
    (DER) in hexadecimal digits, None for http.
    """

    url: str
    address: str
    begun: str
    ended: str
    request: bytes
    response: bytes
    status: int
    reason: str
    headers: Headers
    payload: bytes
    body: bytes
    certificate: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, in whatever letter case; None where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Fetched:
    """All exchanges of one fetch: the redirects in their order, then the answer; `asked` is the address given."""

    asked: str
    exchanges: tuple[Exchange, ...]

    @property
    def answer(self) -> Exchange:
        """The last exchange."""
        return self.exchanges[-1]

    @property
    def url(self) -> str:
        """The address that answered, after redirects."""
        return self.answer.url

    @property
    def status(self) -> int:
        """The status of the answer, of which 200 is a page and 304 one that has not changed."""
        return self.answer.status

    @property
    def is_page(self) -> bool:
        """Whether the server gave what was asked for (2xx)."""
        return 200 <= self.status < 300

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that nothing has changed since (304), to a question with `etag` or `modified`."""
        return self.status == 304

    @property
    def body(self) -> bytes:
        """The bytes of the answer, unpacked."""
        return self.answer.body

    @property
    def at(self) -> str:
        """When the answer was asked for, as ISO 8601 in UTC."""
        return self.answer.begun

    @property
    def content_type(self) -> str | None:
        """What the server calls the content; None where it does not say."""
        return self.answer.header("Content-Type")

    @property
    def etag(self) -> str | None:
        """The server's mark of this version, to be given back as `etag` the next time."""
        return self.answer.header("ETag")

    @property
    def modified(self) -> str | None:
        """When the server says that this was changed last, to be given back as `modified` the next time."""
        return self.answer.header("Last-Modified")
