"""Statements by the tree alone: those that the model passed over, and those told within what another says.

Beside the model's own they are few; "Reuters said that doctors had counted nine dead" keeps its second link by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from onrecord.reading.attributions.sources import Group, can_speak, phrase_of
from onrecord.reading.attributions.telling import tells, tells_deed, tells_object
from onrecord.reading.names.section import mention_at
from onrecord.reading.quotation_marks import Quotation
from onrecord.reading.schema import Mention
from onrecord.reading.syntax import IN_PHRASE, RELATIVE, child, children, obliques, prepositions

_PERSONAL = frozenset({"he", "she", "they", "it", "i", "we"})
_OF_NAME = IN_PHRASE | {"DET", "PRON", "ADP", "CCONJ", "PART"}


def told_by_tree(doc: Doc, groups: Sequence[Group], quoted: Sequence[Quotation]) -> Iterator[Group]:
    """The attributions whose verb has somebody who tells and a clause that is told, and that no group has."""
    cues = {token.i for group in groups for span in group["cue"] for token in span}
    taken = {token.i for group in groups if group["source"] for span in group["content"] for token in span}
    for verb in doc:
        if verb.pos_ != "VERB" or verb.i in cues or any(quotation.holds(verb) for quotation in quoted):
            continue
        clauses = [clause for clause in children(verb, "ccomp") if clause.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}]
        source = _teller(verb, clauses[-1]) if clauses and tells(verb) else None
        if source is None or (verb.i in taken and source.root.pos_ == "PRON"):
            continue
        content = list(_without(clauses[-1], source, verb))
        if content and (verb.i in taken or not any(token.i in taken for span in content for token in span)):
            yield {"source": [source], "cue": [doc[verb.i : verb.i + 1]], "content": content}


def told_by_object(doc: Doc, groups: Sequence[Group], quoted: Sequence[Quotation]) -> Iterator[Group]:
    """The attributions whose verb has what is told as its object, and that no group has: "claimed responsibility"."""
    taken = {token.i for group in groups for part in ("cue", "content") for span in group[part] for token in span}
    for verb in doc:
        if verb.pos_ != "VERB" or verb.i in taken or not tells_object(verb) or any(each.holds(verb) for each in quoted):
            continue
        teller, told = child(verb, "nsubj"), child(verb, "obj")
        if teller is None or told is None or told.i < verb.i or told.i in taken or not _may_tell(teller):
            continue
        end = max(found.right_edge.i for found in (told, *obliques(verb, "of", "for"))) + 1
        content = _without_marks(doc[told.left_edge.i : end])
        if content is not None:
            yield {"source": [phrase_of(teller)], "cue": [doc[verb.i : verb.i + 1]], "content": [content]}


def told_by_blaming(doc: Doc, groups: Sequence[Group], quoted: Sequence[Quotation]) -> Iterator[Group]:
    """The attributions whose verb lays a deed on somebody, and that no group has: "which the army blames on rebels"."""
    cues = {token.i for group in groups for span in group["cue"] for token in span}
    for verb in doc:
        if verb.pos_ != "VERB" or verb.i in cues or not tells_deed(verb) or any(each.holds(verb) for each in quoted):
            continue
        teller, blamed = child(verb, "nsubj"), next(iter(obliques(verb, "on")), None)
        deed = child(verb, "obj") or next(filter(_is_which, doc[max(verb.left_edge.i - 1, 0) : verb.i]), None)
        if teller is None or blamed is None or deed is None or not _may_tell(teller):
            continue
        on = blamed.left_edge
        cue = doc[verb.i : on.i + 1] if on.i == verb.i + 1 else doc[verb.i : verb.i + 1]
        yield {"source": [phrase_of(teller)], "cue": [cue], "content": [phrase_of(deed), phrase_of(blamed, past=on)]}


def _is_which(token: Token) -> bool:
    return token.lower_ in RELATIVE and token.pos_ == "PRON"


def told_according(doc: Doc, groups: Sequence[Group]) -> Iterator[Group]:
    """The attributions by "according to" that no group has: "a rebel, according to the army, had shot first"."""
    cues = {token.i for group in groups for span in group["cue"] for token in span}
    for to in doc[1:]:
        word = doc[to.i - 1]
        if to.lower_ != "to" or word.lower_ != "according" or word.i in cues:
            continue
        source = _phrase_behind(to)
        if source is None:
            continue
        told = _apposition_before(word) or source.root.head
        yield {"source": [source], "cue": [doc[word.i : to.i + 1]], "content": list(_without(told, source, word, to))}


def _phrase_behind(to: Token) -> Span | None:
    named = next((above for above in (to.head, to.head.head) if above.i > to.i), None)
    return phrase_of(named, past=to) if named is not None else None


def _apposition_before(word: Token) -> Token | None:
    """The noun right before "according to" where it only says what somebody is: "X, a spy according to Y, …"."""
    before = word.doc[word.i - 1] if word.i else None
    return before if before is not None and before.dep_ == "appos" else None


def _teller(verb: Token, clause: Token) -> Span | None:
    """Who tells: the verb's subject, or the noun phrase between the comma behind the clause and the verb."""
    subject = child(verb, "nsubj")
    if subject is not None:
        is_there = subject.i < verb.i or clause.right_edge.i < subject.i
        return phrase_of(subject) if is_there and _may_tell(subject) else None
    end = min([found.i for found in children(verb, "aux") if found.i > clause.i], default=verb.i)
    last = verb.doc[end - 1]
    name = mention_at(verb.doc, last.idx, last.idx + len(last))
    start = end
    while start > clause.i + 1 and _may_be_of_name(verb.doc[start - 1], name):
        start -= 1
    phrase = verb.doc[start:end]
    return phrase if len(phrase) and phrase[0].nbor(-1).text == "," and any(map(can_speak, phrase)) else None


def _may_be_of_name(token: Token, name: Mention | None) -> bool:
    return token.pos_ in _OF_NAME or (name is not None and token.idx >= name.start)


def _may_tell(subject: Token) -> bool:
    if subject.pos_ == "PRON":
        return subject.lower_ in _PERSONAL
    return can_speak(subject) or any(map(_is_of_people, children(subject, "nmod")))


def _is_of_people(noun: Token) -> bool:
    """ "one of them", "three of the doctors"."""
    return "of" in prepositions(noun) and (noun.lower_ == "them" or can_speak(noun))


def _without(head: Token, source: Span, *cue: Token) -> Iterator[Span]:
    """What hangs on the head, in one part or several, without source and cue; marks at the ends left out."""
    doc = head.doc
    left_out = {token.i for token in (*source, *cue)}
    kept = sorted(token.i for token in head.subtree if token.i not in left_out and not token.is_space)
    start = 0
    for at in range(1, len(kept) + 1):
        if at == len(kept) or kept[at] != kept[at - 1] + 1:
            part = _without_marks(doc[kept[start] : kept[at - 1] + 1])
            if part is not None:
                yield part
            start = at


def _without_marks(span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and span.doc[start].is_punct and not span.doc[start].is_quote:
        start += 1
    while start < end and span.doc[end - 1].is_punct and not span.doc[end - 1].is_quote:
        end -= 1
    return span.doc[start:end] if start < end else None
