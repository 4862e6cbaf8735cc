"""What stands in quotation marks: straight, curly, single, doubled (as in CSV files), over paragraphs, half lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from onrecord.reading.spans import is_line_break

OPENING = frozenset("“‘«„‟‹")
CLOSING = frozenset("”’»›")
DOUBLE = frozenset('"“”„‟«»') | {"''", "``"}
SINGLE = frozenset("'‘’‹›`")
MARKS = DOUBLE | SINGLE
SCARE_WORDS = 5
"""As long may a stretch be that is quoted for its choice of words, and not for what it says."""
SINGLE_WORDS = 60
"""A single mark that closes later than this is an apostrophe."""
LOST_MARK_CHARACTERS = 400
"""How far a quotation is taken to run whose closing mark is lost."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens between two quotation marks, `start` inclusive, `end` exclusive, without the marks."""

    start: int
    end: int

    def holds(self, token: Token) -> bool:
        return self.start <= token.i < self.end


@dataclass(frozen=True, slots=True)
class _Mark:
    """A run of quotation marks that counts as one: `\"\"\"`, `“`, `''`."""

    first: int
    last: int
    single: bool
    opens: bool
    closes: bool


@lru_cache(maxsize=1)
def quotations(doc: Doc) -> tuple[Quotation, ...]:
    """The stretches in quotation marks, in their order; kept for the next question on the document.

    A quotation that a new paragraph takes up again ends with its paragraph, and so does one whose closing mark is lost.
    """
    found: list[Quotation] = []
    marks = list(_marks(doc))
    breaks = [token.i for token in doc if is_line_break(token)]
    used: set[int] = set()
    for at, mark in enumerate(marks):
        if at in used or not mark.opens:
            continue
        closing = _closing(marks, at, doc)
        paragraph_end = _next(breaks, mark.last, len(doc))
        if closing is not None and marks[closing].first <= paragraph_end:
            used.add(closing)
            found.append(Quotation(mark.last + 1, marks[closing].first))
        elif (
            not mark.single and not _reopened(marks, at, paragraph_end) and _is_short(doc, mark.last + 1, paragraph_end)
        ):
            found.append(Quotation(mark.last + 1, paragraph_end))
    return tuple(quotation for quotation in found if quotation.start < quotation.end)


def quotation_of(token: Token, among: tuple[Quotation, ...]) -> Quotation | None:
    """The innermost of the quotations that the token stands in."""
    holding = [quotation for quotation in among if quotation.holds(token)]
    return min(holding, key=lambda quotation: quotation.end - quotation.start, default=None)


def is_scare(doc: Doc, quotation: Quotation) -> bool:
    """Whether so little is quoted that it is quoted for its words: at most five, without a finite verb."""
    words = [token for token in doc[quotation.start : quotation.end] if not token.is_punct and not token.is_space]
    return 0 < len(words) <= SCARE_WORDS and not any(_is_finite(token) for token in words)


def _is_finite(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBP", "VBZ", "MD"} and token.pos_ in {"VERB", "AUX"}


def _marks(doc: Doc) -> Iterator[_Mark]:
    for run in _runs(doc):
        single = len(run) == 1 and run.text in SINGLE
        if single and _is_apostrophe(doc, run):
            continue
        after = doc[run.end].text if run.end < len(doc) else ""
        spaced_after = bool(run[-1].whitespace_) or run.end >= len(doc) or doc[run.end].is_space
        spaced_before = run.start == 0 or bool(doc[run.start - 1].whitespace_) or doc[run.start - 1].text in "([—–-"
        spaced_before = spaced_before or doc[run.start - 1].is_space
        if run.text[0] in OPENING:
            opens, closes = True, False
        elif run.text[0] in CLOSING:
            opens, closes = False, True
        else:
            opens, closes = spaced_before and not (spaced_after or after in ".,;:!?"), not spaced_before or spaced_after
            if spaced_before and spaced_after:
                opens = closes = not single
        yield _Mark(run.start, run.end - 1, single, opens, closes)


def _runs(doc: Doc) -> Iterator[Span]:
    """Quotation marks, those that touch taken together."""
    run: list[int] = []
    for at in [token.i for token in doc if token.text in MARKS]:
        if run and (at > run[-1] + 1 or not _touches(doc, at)):
            yield doc[run[0] : run[-1] + 1]
            run = []
        run.append(at)
    if run:
        yield doc[run[0] : run[-1] + 1]


def _touches(doc: Doc, at: int) -> bool:
    same_side = (doc[at].text in OPENING) == (doc[at - 1].text in OPENING)
    return not doc[at - 1].whitespace_ and same_side


def _is_apostrophe(doc: Doc, run: Span) -> bool:
    """Whether a lone single mark stands within a word or after a plural: "o'clock", "the rebels' guns"."""
    mark = run[0]
    glued_before = mark.i > 0 and not doc[mark.i - 1].whitespace_ and doc[mark.i - 1].text[-1:].isalnum()
    glued_after = not mark.whitespace_ and mark.i + 1 < len(doc) and doc[mark.i + 1].text[:1].isalnum()
    return glued_before and glued_after


def _closing(marks: list[_Mark], at: int, doc: Doc) -> int | None:
    """The place among `marks` of the one that closes the mark at `at`."""
    opening = marks[at]
    has_like = doc[opening.first].text == '"' and _closes_straight(marks, at, doc)
    for place in range(at + 1, len(marks)):
        mark = marks[place]
        if mark.single != opening.single or (has_like and doc[mark.first].text != '"'):
            continue
        if opening.single and mark.first - opening.last > SINGLE_WORDS:
            return None
        if mark.closes:
            return place
        if mark.opens and not opening.single:
            return None
    return None


def _closes_straight(marks: list[_Mark], at: int, doc: Doc) -> bool:
    """Whether a straight mark closes the straight one at `at` in its line, so that curly ones are inner."""
    for mark in marks[at + 1 :]:
        if doc[mark.first].text == '"':
            return mark.closes and not any(is_line_break(token) for token in doc[marks[at].last : mark.first])
    return False


def _reopened(marks: list[_Mark], at: int, paragraph_end: int) -> bool:
    """Whether another quotation opens in the same paragraph, so that the mark at `at` is a stray one."""
    return any(mark.opens and not mark.single and mark.first < paragraph_end for mark in marks[at + 1 :])


def _next(breaks: list[int], after: int, otherwise: int) -> int:
    return next((at for at in breaks if at > after), otherwise)


def _is_short(doc: Doc, start: int, end: int) -> bool:
    return start < end and len(doc[start:end].text) <= LOST_MARK_CHARACTERS
