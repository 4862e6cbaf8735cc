"""An article: the text of one piece of news and what its page says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PublishedFrom = Literal["given", "json-ld", "meta", "time-element", "feed", "url", "dateline"]
BoilerplateKind = Literal["navigation", "related-links", "advertisement", "series", "share", "byline", "other"]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of an article's text: `text == article.text[start:end]`, offsets in Unicode code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Boilerplate(TextSpan):
    """A part of the text that is not the article; nothing is read from it."""

    why: BoilerplateKind


@dataclass(frozen=True, slots=True)
class Credit(TextSpan):
    """An agency whose material the article says it uses: "(AFP)"."""

    agency: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as found in a source; made once and never changed.

    `published` and `updated` are ISO 8601 dates, or dates and times with an offset; `published_from` says where the
    date was found. `text` is what is read; all offsets count its code points.
    """

    id: str
    text: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    updated: str | None = None
    truncated: bool = False
    language: str = "en"
    credits: tuple[Credit, ...] = ()
    boilerplate: tuple[Boilerplate, ...] = field(default=())

    def body(self) -> str:
        """The text with its boilerplate blanked out, so that offsets stay as they are."""
        characters = list(self.text)
        for part in self.boilerplate:
            for at in range(part.start, part.end):
                if not characters[at].isspace():
                    characters[at] = " "
        return "".join(characters)
