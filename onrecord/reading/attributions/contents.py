"""What is told, from its first word to its last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from onrecord.reading.attributions.sources import Group
from onrecord.reading.attributions.telling import tells
from onrecord.reading.marks import DASHES
from onrecord.reading.names.section import mention_at
from onrecord.reading.spans import tokens_of
from onrecord.reading.syntax import child, children

_AT_EDGES = DASHES | {",", ";", ":"}
_EMPTY = frozenset({"CCONJ", "PUNCT", "SPACE"})
_CONSEQUENCES = ("advcl", "conj", "acl")


def with_whole_contents(groups: Sequence[Group]) -> list[Group]:
    """The groups with their contents from the clause's own beginning to its last consequence, in parts that lie apart.

    Of "said on condition they not be named, that the convoy left, killing two" it is "that … two".
    """
    taken = {token.i for group in groups for spans in group.values() for span in spans for token in span}
    return [{**group, "content": _content(group, taken)} for group in groups]


def _content(group: Group, taken: set[int]) -> list[Span]:
    verb = group["cue"][0].root if group["cue"] else None
    if verb is None:
        return group["content"]
    spans = [_with_whole_name(_within_relative(_from_clause(span, verb), verb)) for span in group["content"]]
    if tells(verb):
        spans = [_with_consequence(_with_predicate(span, verb, taken), taken) for span in spans]
        spans += _circumstances(group, verb, taken)
    parts = [_without_marks(span) for span in sorted(spans, key=lambda span: span.start)]
    return list(_joined(part for part in parts if _says_something(part))) or parts


def _circumstances(group: Group, verb: Token, taken: set[int]) -> Iterator[Span]:
    """What an organisation tells behind its tag: "shells fell, the agency said, as settlers stormed the town"."""
    if not any(_is_organisation(span.root) for span in group["source"]):
        return
    for clause in children(verb, "advcl"):
        mark = child(clause, "mark")
        if mark is None or clause.tag_ == "VBG" or verb.doc[mark.i - 1].text != "," or mark.i <= verb.i + 1:
            continue
        phrase = verb.doc[mark.i : clause.right_edge.i + 1]
        if taken.isdisjoint(range(phrase.start, phrase.end)):
            yield phrase


def _is_organisation(token: Token) -> bool:
    mention = mention_at(token.doc, token.idx, token.idx + len(token))
    return mention is not None and mention.type == "organisation"


def _says_something(part: Span) -> bool:
    return any(token.pos_ not in _EMPTY for token in part)


def _from_clause(span: Span, verb: Token) -> Span:
    """The span from the "that" of the clause that the verb governs, where it begins before it."""
    marks = [mark for clause in children(verb, "ccomp") for mark in children(clause, "mark") if mark.lower_ == "that"]
    start = next((mark.i for mark in marks if span.start < mark.i < span.end and mark.i > verb.i), None)
    return span if start is None else span.doc[start : span.end]


def _within_relative(span: Span, verb: Token) -> Span:
    """The span as far as the relative clause goes in which the verb tells it: "which he blames on spies"."""
    end = verb.right_edge.i + 1
    is_relative = verb.dep_ == "acl:relcl" and verb.left_edge.i <= span.start < end < span.end
    return span.doc[span.start : end] if is_relative else span


def _with_whole_name(span: Span) -> Span:
    """The span to the end of the name that it breaks off in: "shelled Khan" of "shelled Khan Younis"."""
    doc = span.doc
    if span.end >= len(doc):
        return span
    last, following = doc[span.end - 1], doc[span.end]
    name = next((each for each in doc._.mentions if each.start <= last.idx and following.idx < each.end), None)
    whole = tokens_of(doc, name) if name is not None else None
    goes_on = whole is not None and not any(
        token.is_space or token.is_sent_start for token in doc[span.end : whole.end]
    )
    return doc[span.start : whole.end] if whole is not None and goes_on else span


def _with_predicate(span: Span, verb: Token, taken: set[int]) -> Span:
    """The whole clause that the verb governs, where the span has its subject and breaks off before its predicate.

    Of a clause that the telling interrupts ("the army shelled it, she said, as …") the part before.
    """
    for clause in children(verb, "ccomp"):
        start, end = clause.left_edge.i, clause.right_edge.i + 1
        if start <= span.start and span.end <= clause.i and clause.pos_ == "VERB" and not start <= verb.i < clause.i:
            return span.doc[span.start : min([at for at in taken if clause.i < at < end], default=end)]
    return span


def _with_consequence(span: Span, taken: set[int]) -> Span:
    """The span with the participle behind its last comma: "shelled the hospital, killing nine"."""
    doc, comma = span.doc, span.end
    if comma + 1 >= len(doc) or doc[comma].text != ",":
        return span
    clause = doc[comma + 1]
    follows = clause.tag_ == "VBG" and clause.dep_ in _CONSEQUENCES and span.start <= clause.head.i < span.end
    end = clause.right_edge.i + 1
    if not follows or tells(clause) or any(at in taken for at in range(comma, end)):
        return span
    return doc[span.start : end]


def _without_marks(span: Span) -> Span:
    """The span without the commas, colons and dashes at its ends; as it is where it is nothing else."""
    start, end = span.start, span.end
    while start < end and span.doc[start].text in _AT_EDGES:
        start += 1
    while start < end and span.doc[end - 1].text in _AT_EDGES:
        end -= 1
    return span.doc[start:end] if start < end else span


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """The spans, those that touch as one."""
    last: Span | None = None
    for span in spans:
        if last is not None and span.start <= last.end:
            last = last.doc[last.start : max(last.end, span.end)]
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
