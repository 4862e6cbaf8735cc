"""A source: the bytes of one would-be article as they came, with where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from onrecord.characters import storable

SourceKind = Literal["text", "html", "json", "feed-entry"]


@dataclass(frozen=True, slots=True)
class Source:
    """One would-be article, before anything was made of it.

    `origin` names the place in words that a person can follow: a path, `path:line` for a line of JSON, `path#record`
    for a record of a WARC file or an entry of a feed, "standard input". `url` is the address it was fetched from,
    `content_type` what the server called it, `captured` the ISO 8601 moment of the capture; None where nobody said.
    A feed's entry is kept as the JSON object that `onrecord.sources.feeds` makes of it.
    """

    data: bytes
    kind: SourceKind
    origin: str
    url: str | None = None
    content_type: str | None = None
    captured: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "origin", storable(self.origin))
        object.__setattr__(self, "url", storable(self.url) or None)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal digits."""
        return sha256(self.data).hexdigest()
