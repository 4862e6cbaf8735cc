"""Transcripts: lines that begin with who speaks, as interviews are printed. "MALKI: We never left the town." """

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from onrecord.lexicon import rows
from onrecord.reading.attributions.sources import Group
from onrecord.reading.quotation_marks import MARKS
from onrecord.reading.spans import is_line_break, without_blanks

_NAME_WORDS = 4
_LINES = 2
"""One line that begins so may be a headline or a caption."""


def spoken_lines(doc: Doc) -> Iterator[Group]:
    """The attributions of a transcript's lines: the name, the colon, and the rest of the line."""
    spoken = [group for first, last in lines(doc) if (group := _spoken(doc, first, last)) is not None]
    known = _known_words(doc)
    marked = [group for group in spoken if group["source"][0].text.lower() in _marks()]
    if not any(_marks()[group["source"][0].text.lower()] == "question" for group in marked):
        marked = []
    named = [group for group in spoken if group in marked or group["source"][0][-1].lower_ in known]
    if len(named) >= _LINES:
        yield from named


@cache
def _marks() -> dict[str, str]:
    return {row["mark"]: row["of"] for row in rows("transcript-marks")}


def lines(doc: Doc) -> Iterator[tuple[int, int]]:
    """The tokens of each line, first and behind the last."""
    first = 0
    for token in doc:
        if is_line_break(token):
            yield first, token.i
            first = token.i + 1
    yield first, len(doc)


def _spoken(doc: Doc, first: int, last: int) -> Group | None:
    while first < last and doc[first].text in MARKS:
        first += 1
    colon = first
    while colon < last and colon - first < _NAME_WORDS and doc[colon].text[:1].isupper():
        colon += 1
    if colon == first or colon + 1 >= last or doc[colon].text != ":":
        return None
    return {
        "source": [doc[first:colon]],
        "cue": [doc[colon : colon + 1]],
        "content": [without_blanks(doc[colon + 1 : last])],
    }


def _known_words(doc: Doc) -> frozenset[str]:
    """The last words of the names of persons, in lower case."""
    persons = {entity.id: entity for entity in doc._.entities if entity.type == "person"}
    return frozenset(entity.name.split()[-1].lower() for entity in persons.values())
