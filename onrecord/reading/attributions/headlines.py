"""Headlines that name their source by a mark alone: "Three dead in Odesa: governor", "UN: a million out of school"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from onrecord.reading.attributions.sources import Group, can_speak
from onrecord.reading.attributions.transcripts import lines
from onrecord.reading.marks import DASHES
from onrecord.reading.names.actors import is_agency
from onrecord.reading.names.section import entity_at
from onrecord.reading.quotation_marks import MARKS

_WORDS = 25
_SOURCE_WORDS = 4
_CONTENT_WORDS = 3
_TERMINAL = frozenset({".", "!", "?", "…"})
_ASKING = re.compile(r"(?:what|who|why|how|when|where|which)\b", re.IGNORECASE)


def headline_statements(doc: Doc, groups: Sequence[Group]) -> Iterator[Group]:
    """The attributions of lines without a full stop whose first or last words are a source, and that no group has."""
    cues = {token.i for group in groups for span in group["cue"] for token in span}
    for first, last in lines(doc):
        line = doc[first:last]
        is_headline = _CONTENT_WORDS < len(line) <= _WORDS and line[-1].text not in _TERMINAL | MARKS
        if is_headline and cues.isdisjoint(range(first, last)):
            group = _named_first(line) or _named_last(line)
            if group is not None and _tells(group["content"][0]):
                yield group


def _named_first(line: Span) -> Group | None:
    """Of "Kremlin: no talks planned"."""
    colon = next((token.i for token in line[1 : _SOURCE_WORDS + 1] if token.text == ":"), None)
    if colon is None or not _is_source(source := line.doc[line.start : colon]):
        return None
    return {"source": [source], "cue": [line.doc[colon : colon + 1]], "content": [line.doc[colon + 1 : line.end]]}


def _named_last(line: Span) -> Group | None:
    """Of "Three dead in Odesa - governor"; what an agency signs is its credit."""
    mark = next((token.i for token in reversed(line[-_SOURCE_WORDS - 1 :]) if token.text in DASHES | {":"}), None)
    if mark is None or mark <= line.start + _CONTENT_WORDS or mark + 1 >= line.end:
        return None
    before, source = line.doc[mark - 1], line.doc[mark + 1 : line.end]
    apart = before.whitespace_ or line.doc[mark].text == ":"
    if not apart or before.text in _TERMINAL or is_agency(entity_at(line.doc, source)) or not _is_source(source):
        return None
    return {"source": [source], "cue": [line.doc[mark : mark + 1]], "content": [line.doc[line.start : mark]]}


def _is_source(phrase: Span) -> bool:
    entity = entity_at(phrase.doc, phrase)
    return can_speak(_head(phrase)) and (entity is None or entity.level is None)


def _head(phrase: Span) -> Token:
    """Its last word, or the last before a preposition: of "Infighting of rebels" the infighting, which says nothing."""
    preposition = next((token.i for token in phrase[1:] if token.pos_ in {"ADP", "SCONJ"}), phrase.end)
    return phrase.doc[preposition - 1]


def _tells(content: Span) -> bool:
    """Whether it tells something: no title ("Hamas: what we know"), no list."""
    words = sum(token.is_alpha or token.like_num for token in content)
    told = any(token.pos_ in {"VERB", "AUX", "NUM"} for token in content)
    return words >= _CONTENT_WORDS and told and not _ASKING.match(content.text)
