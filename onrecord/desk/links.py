"""Where a fact leads to: its sentence in its article, lit up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record.shapes import Evidence
from onrecord.views.words import cite, voice_of


@dataclass(frozen=True, slots=True)
class SentenceLink:
    """A link to a sentence: `source` its outlet and day, `voice` whose word it is."""

    href: str
    source: str
    voice: str
    sentence: str


def to_sentence(evidence: Evidence) -> SentenceLink:
    """The link to the sentence of some evidence."""
    return SentenceLink(
        in_article(evidence.article, evidence.start, evidence.end),
        cite(evidence),
        voice_of(evidence.voice),
        evidence.sentence,
    )


def to_sentences(evidence: Iterable[Evidence]) -> tuple[SentenceLink, ...]:
    """The links, each sentence once."""
    links = map(to_sentence, evidence)
    return tuple({link.href: link for link in links}.values())


def in_article(article: str, start: int, end: int) -> str:
    """The address of a stretch of an article's text, by code points."""
    return f"/articles/{article}?at={start}-{end}#at"
