"""An article's text cut up for the eye: in paragraphs, each piece with the facts that were read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from onrecord.record.shapes import FactOnRecord
from onrecord.views.citations import Stretch, paragraph_stretches

_RANK = {"incidents": 0, "casualties": 1, "truces": 2, "labels": 3, "attributions": 4}
"""Of facts that begin at one place the weightier first."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text with the fact that it belongs to; `kind` colours it (None: only told there)."""

    start: int
    end: int
    fact: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: the kinds and facts it belongs to; `aside` is no part of the article, `lit` what was asked for.

    `first_lit` is the first piece of that.
    """

    text: str
    kinds: tuple[str, ...]
    facts: tuple[str, ...]
    aside: bool
    lit: bool
    first_lit: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph and the facts of which the first words stand in it."""

    start: int
    pieces: tuple[Piece, ...]
    facts: tuple[str, ...]


def passages_of(
    text: str, facts: Sequence[FactOnRecord], asides: Iterable[Stretch], lit: Stretch | None
) -> tuple[Passage, ...]:
    """The paragraphs of a text; offsets count code points of it."""
    marks = [mark for fact in facts for mark in marks_of(fact)]
    begins = [(_begin(fact), _RANK[fact.section], _local(fact)) for fact in facts]
    stretches = list(paragraph_stretches(text))
    found = []
    for at, (start, end) in enumerate(stretches):
        next_start = stretches[at + 1][0] if at + 1 < len(stretches) else len(text) + 1
        first = 0 if at == 0 else start
        here = sorted(begun for begun in begins if first <= begun[0] < next_start)
        pieces = tuple(_pieces(text, (start, end), marks, tuple(asides), lit))
        found.append(Passage(start, pieces, tuple(local for *_, local in here)))
    return tuple(found)


def marks_of(fact: FactOnRecord) -> Iterator[Marked]:
    """Where in the text a fact was read."""
    local, machine = _local(fact), fact.machine
    if fact.section in ("casualties", "labels"):
        yield Marked(machine["start"], machine["end"], local, "toll" if fact.section == "casualties" else "label")
    elif fact.section == "incidents":
        for name in ("perpetrators", "targets", "weapons"):
            yield from _spans(machine[name], local, "event")
        yield from _spans(machine["evidence"], local, None)
    elif fact.section == "truces":
        yield from _spans(machine["terms"], local, "truce")
        yield from _spans(machine["evidence"], local, None if machine["terms"] else "truce")
    else:
        yield from _spans((*machine["source"], *machine["cue"]), local, "voice")
        yield from _spans(machine["content"], local, None)


def _spans(spans: Iterable[Mapping[str, Any]], fact: str, kind: str | None) -> Iterator[Marked]:
    for span in spans:
        if span["start"] < span["end"]:
            yield Marked(span["start"], span["end"], fact, kind)


def _begin(fact: FactOnRecord) -> int:
    return min((mark.start for mark in marks_of(fact)), default=0)


def _local(fact: FactOnRecord) -> str:
    return fact.id.partition("/")[2]


def _pieces(
    text: str, paragraph: Stretch, marks: Sequence[Marked], asides: Sequence[Stretch], lit: Stretch | None
) -> Iterator[Piece]:
    begin, stop = paragraph
    here = [mark for mark in marks if mark.start < stop and mark.end > begin]
    cuts = {begin, stop}
    for start, end in (*((mark.start, mark.end) for mark in here), *asides, *((lit,) if lit else ())):
        cuts.update(at for at in (start, end) if begin < at < stop)
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        over = [mark for mark in here if mark.start <= start and end <= mark.end]
        yield Piece(
            text=text[start:end],
            kinds=tuple(dict.fromkeys(mark.kind for mark in over if mark.kind)),
            facts=tuple(dict.fromkeys(mark.fact for mark in over)),
            aside=any(first <= start and end <= last for first, last in asides),
            lit=lit is not None and lit[0] <= start and end <= lit[1],
            first_lit=lit is not None and start == max(lit[0], begin) and begin <= lit[0] < stop,
        )
