"""From a fact to its sentence: which sentences of which articles a page refers to, and how to link to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from onrecord.record.shapes import Evidence
from onrecord.views.words import cite, voice_of

Stretch = tuple[int, int]
BLANK_LINES = re.compile(r"\n\s*\n")
LINES = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Citation:
    """A link to a sentence: `href` within the page, `source` its outlet and day, `voice` whose word it is."""

    href: str
    source: str
    voice: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Citations:
    """The sentences that a page refers to, by article; stretches that overlap are one."""

    sentences: Mapping[str, tuple[Stretch, ...]]
    focus: Mapping[str, tuple[Stretch, ...]]

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> Citations:
        """What the evidence refers to."""
        sentences: dict[str, set[Stretch]] = {}
        focus: dict[str, set[Stretch]] = {}
        for each in evidence:
            sentences.setdefault(each.article, set()).add((each.start, each.end))
            focus.setdefault(each.article, set()).update((words.start, words.end) for words in each.focus)
        return cls(
            {article: united(stretches) for article, stretches in sentences.items()},
            {article: united(stretches) for article, stretches in focus.items()},
        )

    def to(self, evidence: Evidence) -> Citation:
        """The link to the sentence; the evidence must be one of those that these citations are of."""
        start = next(
            start for start, end in self.sentences[evidence.article] if start <= evidence.start and evidence.end <= end
        )
        return Citation(
            f"#{anchor(evidence.article, start)}", cite(evidence), voice_of(evidence.voice), evidence.sentence
        )

    def to_all(self, evidence: Iterable[Evidence]) -> tuple[Citation, ...]:
        """The links, each sentence once."""
        links = (self.to(each) for each in evidence)
        return tuple({link.href: link for link in links}.values())


def anchor(article: str, start: int) -> str:
    """The id that a sentence has on the page."""
    return f"{article}-{start}"


def united(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches in their order, those that overlap as one; stretches that only touch stay apart."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: `focus` the words of a sentence that matter, `aside` what is no part of the article."""

    text: str
    focus: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces that belong together: a sentence that is referred to (`cited`), or what lies between two.

    `id` is what links lead to; None where nothing is referred to, and where a sentence goes on in a further paragraph.
    """

    id: str | None
    cited: bool
    pieces: tuple[Piece, ...]


Paragraph = tuple[Passage, ...]


def paragraphs_of(
    article: str, text: str, citations: Citations, asides: Sequence[Stretch] = ()
) -> tuple[Paragraph, ...]:
    """An article's text with the sentences that are referred to; offsets count code points of `text`."""
    marks = _Marks(article, citations.sentences.get(article, ()), citations.focus.get(article, ()), asides)
    return tuple(tuple(marks.passages(text, *stretch)) for stretch in paragraph_stretches(text))


@dataclass(frozen=True, slots=True)
class _Marks:
    article: str
    sentences: Sequence[Stretch]
    focus: Sequence[Stretch]
    asides: Sequence[Stretch]

    def passages(self, text: str, begin: int, stop: int) -> Iterator[Passage]:
        cuts = {begin, stop}
        for stretch in (*self.sentences, *self.focus, *self.asides):
            cuts.update(at for at in stretch if begin < at < stop)
        for sentence, starts in groupby(pairwise(sorted(cuts)), key=lambda cut: _around(cut[0], self.sentences)):
            pieces = tuple(self._piece(text, start, end, sentence) for start, end in starts)
            begins_here = sentence is not None and sentence[0] >= begin
            yield Passage(
                anchor(self.article, sentence[0]) if sentence and begins_here else None, sentence is not None, pieces
            )

    def _piece(self, text: str, start: int, end: int, sentence: Stretch | None) -> Piece:
        matters = sentence is not None and _around(start, self.focus) is not None
        return Piece(text[start:end], matters, _around(start, self.asides) is not None)


def paragraph_stretches(text: str) -> Iterator[Stretch]:
    """The paragraphs: between blank lines where there are any, else the lines."""
    separator = BLANK_LINES if BLANK_LINES.search(text.strip()) else LINES
    at = 0
    for gap in (*separator.finditer(text), None):
        stop = gap.start() if gap else len(text)
        if text[at:stop].strip():
            yield at, stop
        at = gap.end() if gap else stop


def _around(at: int, stretches: Sequence[Stretch]) -> Stretch | None:
    return next((stretch for stretch in stretches if stretch[0] <= at < stretch[1]), None)
