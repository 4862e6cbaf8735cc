"""Articles and stories as the record gives them back: plain values, like those of `shapes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CopyKind = Literal["exact", "near", "reworded"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where and when the bytes of an article were met: a path, a path and line, an address."""

    sha256: str
    origin: str
    url: str | None
    captured: str | None
    added: str


@dataclass(frozen=True, slots=True)
class ArticleOnRecord:
    """An article that is on record, once however often it was met."""

    id: str
    """Short id on the record."""
    reading_id: str
    """The id in its reading: the caller's, else `sha256:…`."""
    outlet: str | None
    url: str | None
    title: str | None
    byline: str | None
    published: str | None
    updated: str | None
    language: str
    truncated: bool
    words: int
    story: str
    copy_of: str | None
    """The first published of the articles that share its wording; `None` where it is itself that one, or alone."""
    copy: CopyKind | None
    agencies: tuple[str, ...]
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source from which no article could be read, with the reason and what to do."""

    where: str
    reason: str
    advice: str | None
    sha256: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one happening, the first published first."""

    id: str
    title: str | None
    """The title of its first article that has one."""
    since: str | None
    until: str | None
    """First and last day of publication."""
    articles: tuple[ArticleOnRecord, ...]
    outlets: tuple[str, ...]
    places: tuple[str, ...]
    """The places that most of its articles name."""
