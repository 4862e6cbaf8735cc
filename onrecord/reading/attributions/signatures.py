"""Quotations that are signed: “Nobody came to help us.” — Lena Sabry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from onrecord.reading.attributions.sources import Group
from onrecord.reading.attributions.wholes import with_marks
from onrecord.reading.marks import DASHES
from onrecord.reading.quotation_marks import Quotation
from onrecord.reading.spans import is_line_break, tokens_of

_DASHES = DASHES | {"―", "~"}
_NAME_WORDS = 6
_WORDS = 4
"""A quotation of no more words is quoted for its choice of words, and the dash behind it begins an insertion."""


def signed_quotations(doc: Doc, quoted: Sequence[Quotation]) -> Iterator[Group]:
    """The attributions that a dash and a name behind a quotation tell."""
    for quotation in quoted:
        content = with_marks(doc, quotation)
        dash = _next_word(doc, content.end)
        if dash is None or doc[dash].text not in _DASHES or quotation.end - quotation.start <= _WORDS:
            continue
        first = _next_word(doc, dash + 1)
        name = None if first is None else _signature(doc, first)
        if name is not None:
            yield {"source": [name], "cue": [doc[dash : dash + 1]], "content": [content]}


def _signature(doc: Doc, first: int) -> Span | None:
    """The name that fills what is left of the line, but for a comma and a role: a mention, else capitalised words."""
    if first >= len(doc):
        return None
    mention = next((each for each in doc._.mentions if each.start == doc[first].idx), None)
    if mention is not None and mention.type in {"person", "organisation"}:
        span = tokens_of(doc, mention)
        if span is not None and _ends_line(doc, span.end):
            return span
    end = first
    while end < len(doc) and end - first < _NAME_WORDS and _is_of_name(doc[end].text):
        end += 1
    return doc[first:end] if end > first + 1 and _ends_line(doc, end) else None


def _ends_line(doc: Doc, at: int) -> bool:
    return at == len(doc) or is_line_break(doc[at]) or doc[at].text in {",", "(", "."}


def _is_of_name(word: str) -> bool:
    return word[:1].isupper() or word == "-"


def _next_word(doc: Doc, first: int) -> int | None:
    """The first of the next tokens that is no blank; None where there is none."""
    return next((at for at in range(first, min(first + 3, len(doc))) if not doc[at].is_space), None)
