"""How stretches of a document lie to each other, and where its lines break."""

from __future__ import annotations

from typing import Protocol

from spacy.tokens import Doc, Span, Token


class Stretch(Protocol):
    """What covers the code points from `start` up to, not including, `end`: a mention, a time, a text span."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def tokens_of(doc: Doc, stretch: Stretch) -> Span | None:
    """The tokens that the stretch touches; None where it lies outside the text."""
    return doc.char_span(stretch.start, stretch.end, alignment_mode="expand")


def meet(one: Span, other: Span) -> bool:
    """Whether the two have a token in common."""
    return bool(one.start < other.end and other.start < one.end)


def is_within(span: Span, whole: Span) -> bool:
    """Whether all of the span's tokens are the other's too."""
    return bool(whole.start <= span.start and span.end <= whole.end)


def without_blanks(span: Span) -> Span:
    """The span without the white space at its ends; its first token where it is nothing else."""
    start, end = span.start, span.end
    while end - 1 > start and span.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and span.doc[start].is_space:
        start += 1
    return span.doc[start:end]


def is_line_break(token: Token) -> bool:
    """Whether the text goes on in a new line there: the tokeniser makes white space between lines a token."""
    return bool(token.is_space) and "\n" in token.text
