"""What is quoted is quoted whole: to its closing mark, over the paragraphs that take it up again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from onrecord.reading.attributions.sources import Group
from onrecord.reading.quotation_marks import MARKS, Quotation
from onrecord.reading.spans import is_line_break, is_within

_WORDS = 5
"""Of fewer words, what is quoted may be anybody's phrase within what is said."""


def with_whole_quotations(groups: Sequence[Group], spans: Sequence[Span]) -> list[Group]:
    """The groups, each having to its end the quotation whose beginning it has; what others had of it is taken off.

    A quotation stays as it was found where two groups have beginnings in it.
    """
    begun = [
        [(span, whole) for span in group["content"] if (whole := _begun(span, spans)) is not None] for group in groups
    ]
    extended = [whole for pairs in begun for span, whole in pairs if whole.end > span.end]
    alone = [whole for whole in extended if sum(whole is other for pairs in begun for _, other in pairs) == 1]
    result = []
    for group, pairs in zip(groups, begun, strict=True):
        own = [whole for _, whole in pairs if any(whole is each for each in alone)]
        others = [span for span in group["content"] if not any(is_within(span, whole) for whole in alone)]
        content = [*others, *(part for whole in own for part in parts_of(whole))]
        if content:
            result.append({**group, "content": content})
    return result


def whole_quotations(doc: Doc, quoted: Sequence[Quotation]) -> list[Span]:
    """The long quotations with their marks, joined over paragraphs."""
    wholes: list[Span] = []
    for quotation in quoted:
        span = with_marks(doc, quotation)
        if wholes and _takes_up(wholes[-1], span):
            wholes[-1] = doc[wholes[-1].start : span.end]
        elif quotation.end - quotation.start > _WORDS and not (wholes and span.end <= wholes[-1].end):
            wholes.append(span)
    return wholes


def parts_of(quotation: Span) -> Iterator[Span]:
    """The quotation by paragraphs."""
    doc, start = quotation.doc, quotation.start
    for token in quotation:
        if is_line_break(token):
            if token.i > start:
                yield doc[start : token.i]
            start = token.i + 1
    if quotation.end > start:
        yield doc[start : quotation.end]


def with_marks(doc: Doc, quotation: Quotation) -> Span:
    """The quotation with its marks, as far as it has them."""
    start, end = quotation.start, quotation.end
    opened = start > 0 and doc[start - 1].text in MARKS
    closed = end < len(doc) and doc[end].text in MARKS
    return doc[start - opened : end + closed]


def _takes_up(before: Span, span: Span) -> bool:
    """Whether the quotation goes on with that of the paragraph before, which has no closing mark."""
    between = before.doc[before.end : span.start]
    is_open = before[-1].text not in MARKS and span[0].text in MARKS
    return is_open and any(is_line_break(token) for token in between) and all(token.is_space for token in between)


def _begun(span: Span, wholes: Sequence[Span]) -> Span | None:
    """The quotation that the span begins with."""
    return next((whole for whole in wholes if whole.start <= span.start <= whole.start + 1), None)
