"""Quotations with their tag, as most are printed: “We stayed,” she said. Or before them: She wrote: “We stayed.”"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from onrecord.reading.attributions.sources import Group, can_speak
from onrecord.reading.attributions.telling import tells
from onrecord.reading.attributions.wholes import parts_of
from onrecord.reading.quotation_marks import MARKS
from onrecord.reading.spans import is_line_break, is_within, meet

_BEFORE_TAG = frozenset({",", "?", "!", "-", "--", "–", "—", "…", "..."})
"""What a quotation ends with when its sentence goes on; after a full stop a new one begins."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_WORDS = 30
_ENDS = frozenset({".", "?", "!"})


@dataclass(frozen=True, slots=True)
class Tag:
    """Who tells (`source`) by which verb what is quoted."""

    quotation: Span
    source: Span
    verb: Token


def with_tagged(doc: Doc, groups: Sequence[Group], wholes: Sequence[Span]) -> list[Group]:
    """The groups, with each quotation that has a tag in the group of its tag, and in no other."""
    result = list(groups)
    for tag in _tags(doc, wholes):
        own = next((group for group in result if _has_cue(group, tag.verb)), None)
        if own is not None and any(meet(span, tag.quotation) for span in own["content"]):
            continue
        content = list(parts_of(tag.quotation))
        result = [kept for group in result if (kept := _without(group, tag.quotation))["content"]]
        own = next((group for group in result if _has_cue(group, tag.verb)), None)
        if own is None:
            cue = doc[tag.verb.i : tag.verb.i + 1]
            result.append({"source": [tag.source], "cue": [cue], "content": content})
        else:
            result[result.index(own)] = {**own, "content": [*content, *own["content"]]}
    return _with_continued(result, wholes)


def _with_continued(groups: Sequence[Group], wholes: Sequence[Span]) -> list[Group]:
    """The groups, with the next quotation of the paragraph that nobody else is said to have spoken.

    “It went far,” said Lena Sabry, the mayor. “It went too far.”
    """
    result = list(groups)
    for before, quotation in pairwise(wholes):
        between = before.doc[before.end : quotation.start]
        if any(is_line_break(token) for token in between) or _are_in(result, quotation):
            continue
        own = next((group for group in result if _are_in([group], before)), None)
        tagged = own is not None and any(is_within(span, between) for span in own["cue"])
        if own is not None and tagged and between[-1].text in _ENDS:
            result[result.index(own)] = {**own, "content": [*own["content"], quotation]}
    return result


def _are_in(groups: Sequence[Group], quotation: Span) -> bool:
    return any(meet(span, quotation) for group in groups for span in group["content"])


def announced(doc: Doc, groups: Sequence[Group], wholes: Sequence[Span]) -> Iterator[Group]:
    """The attributions of quotations that a colon announces and none of `groups` has: "Her office wrote:"."""
    taken = [span for group in groups for span in group["content"]]
    for quotation in wholes:
        colon = quotation.start - 1
        while colon > 0 and doc[colon].is_space:
            colon -= 1
        if colon < 1 or doc[colon].text != ":" or any(meet(span, quotation) for span in taken):
            continue
        speaking = _announcing(doc, colon)
        if speaking is not None:
            subject, verb = speaking
            source, cue = doc[subject.left_edge.i : min(subject.right_edge.i + 1, verb.i)], doc[verb.i : colon + 1]
            yield {"source": [source], "cue": [cue], "content": list(parts_of(quotation))}


def _announcing(doc: Doc, colon: int) -> tuple[Token, Token] | None:
    """The last verb of the colon's sentence that has a subject before it that can speak, with that subject."""
    for at in range(colon - 1, doc[colon].sent.start - 1, -1):
        verb = doc[at]
        if is_line_break(verb):
            return None
        subjects = [child for child in verb.children if child.dep_ == "nsubj" and child.i < at]
        if verb.pos_ == "VERB" and subjects and (subjects[0].pos_ == "PRON" or can_speak(subjects[0])):
            return subjects[0], verb
    return None


def _tags(doc: Doc, wholes: Sequence[Span]) -> Iterator[Tag]:
    for quotation in wholes:
        zone = _zone(doc, quotation)
        tag = None if zone is None else _tag(quotation, zone)
        if tag is not None:
            yield tag


def _zone(doc: Doc, quotation: Span) -> Span | None:
    """What stands between the quotation and the end of its sentence, its line, or the next mark."""
    inside = [token.text for token in quotation if not token.is_space and token.text not in MARKS]
    first = quotation.end
    while first < len(doc) and doc[first].text in {",", " "}:
        first += 1
    goes_on = first > quotation.end or (bool(inside) and inside[-1] in _BEFORE_TAG)
    end = first
    while end < min(len(doc), first + _WORDS) and doc[end].text not in MARKS and not _ends(doc[end]):
        end += 1
    return doc[first:end] if goes_on and end > first and quotation[-1].text in MARKS else None


def _ends(token: Token) -> bool:
    return token.text in _ENDS or token.text == ";" or is_line_break(token)


def _tag(quotation: Span, zone: Span) -> Tag | None:
    """The tag that the zone begins with: "she said", "said the doctor"."""
    for verb in zone:
        if verb.pos_ != "VERB" or not tells(verb):
            continue
        subject = next((child for child in verb.children if child.dep_ in _SUBJECTS and child in zone), None)
        if subject is None:
            return None
        start, end = max(subject.left_edge.i, zone.start), min(subject.right_edge.i + 1, zone.end)
        if start < verb.i < end or min(start, verb.i) != zone.start:
            return None
        return Tag(quotation, zone.doc[start:end], verb)
    return None


def _has_cue(group: Group, verb: Token) -> bool:
    return any(span.start <= verb.i < span.end for span in group["cue"])


def _without(group: Group, quotation: Span) -> Group:
    kept = [span for span in group["content"] if not is_within(span, quotation)]
    return {**group, "content": kept}
