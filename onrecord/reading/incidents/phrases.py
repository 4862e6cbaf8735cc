"""Phrases for people, groups and things: their heads, their words, and whom they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from onrecord.articles.article import TextSpan
from onrecord.lexicon import rows
from onrecord.reading.document import text_span
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.merging import DEFINITE
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.schema import Mention
from onrecord.reading.syntax import phrase_with_of


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase for somebody or something, by its head."""

    head: Token
    mention: Mention | None
    span: TextSpan

    @property
    def entity(self) -> str | None:
        """The id of the entity that it names."""
        return self.mention.entity if self.mention is not None else None

    @property
    def key(self) -> str:
        """What phrases for the same share: the entity, else the words."""
        return self.entity or self.span.text.lower()

    @property
    def is_anaphoric(self) -> bool:
        """Whether it only takes up what was named: "the group", "the minister"."""
        bare = all(found.dep_ in {"det", "case", "punct"} for found in self.head.children)
        return self.mention is None and bare and any(found.lower_ in DEFINITE for found in self.head.children)


def phrase_of(head: Token, setting: Setting) -> Phrase:
    """The name itself where the head stands in one that is not only a part of the phrase, else its core."""
    mention = setting.mention_of(head)
    if mention is not None and mention.type not in {"nationality", "platform"}:
        return Phrase(head, mention, TextSpan(mention.start, mention.end, mention.text))
    return Phrase(head, mention, text_span(_core(phrase_with_of(head), head)))


def _core(span: Span, head: Token) -> Span:
    """Without words before it that say how many or how sure: "rebels" of "various suspected rebels"."""
    numbers = [token.i for token in span[: head.i - span.start] if token.dep_ == "nummod" and token.head.i == head.i]
    start = max([span.start, *(number + 1 for number in numbers)])  # "shot dead | five | protesters"
    while start < head.i and span.doc[start].lower_ in _asides():
        start += 1
    return span.doc[start : span.end]


@cache
def _asides() -> frozenset[str]:
    doubts = (row["word"] for row in rows("hedges") if row["pos"] == "mod" and row["blame"])
    return incident_words("counting").union(doubts)
