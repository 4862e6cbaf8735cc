"""Chains of attribution: who passes on what another says, so that both links are kept.

Of a chain the one who passes on stands before the one passed on; whose word a statement is, is the last one's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Span, Token

from onrecord import lexicon
from onrecord.reading.attributions.sources import Group, can_speak
from onrecord.reading.attributions.telling import is_as_saying
from onrecord.reading.ground_forms import ground_form
from onrecord.reading.syntax import SUBJECTS, children


def with_chains(groups: Sequence[Group]) -> list[Group]:
    """The attributions with those that only a relaying verb tells: "citing", "quoted by", "quoted … as saying"."""
    groups = list(_joined([_from_quoting(group) for group in groups]))
    citations = [(group, told) for group in groups if (told := _told_by_citing(group, groups)) is not None]
    chained: list[Group] = []
    for group in groups:
        if any(group is citation for citation, _ in citations):
            continue
        chained.extend(_with_relayer(group))
        chained.extend(_quoted_as_saying(group))
        chained.extend(_cited(citation, group) for citation, told in citations if told is group)
    return chained


def _joined(groups: Sequence[Group]) -> Iterator[Group]:
    """The groups; where "saying" of "quoted the ministry as saying" has one of its own, it is part of the quoting."""
    said = {verb.head.i: group for group in groups if (verb := _cue_verb(group)) is not None and is_as_saying(verb)}
    parts = [group for at, group in said.items() if any(_quotes_at(other, at) for other in groups)]
    for group in groups:
        if any(group is part for part in parts):
            continue
        verb = _cue_verb(group)
        own = said.get(verb.i) if verb is not None and _relays(verb) else None
        witness = _witness(verb) if verb is not None and own is not None else None
        if own is None or witness is None:
            yield group
        else:
            until = max(span.end for span in own["content"])
            yield {**group, "content": [witness.doc[witness.left_edge.i : until]]}


def _from_quoting(group: Group) -> Group:
    """The group by its verb of quoting, where the cue is "saying" and the source is who quotes or is quoted."""
    saying = _cue_verb(group)
    if saying is None or not is_as_saying(saying) or not group["source"]:
        return group
    verb, source = saying.head, group["source"][0].root
    if not _relays(verb) or source.head != verb or source.dep_ not in SUBJECTS:
        return group
    if source.dep_ == "nsubj:pass":
        first = min([found.i for found in children(verb, "aux", "aux:pass")], default=verb.i)
        return {**group, "cue": [verb.doc[first : saying.i + 1]]}
    witness = _witness(verb)
    if witness is None:
        return group
    content = [verb.doc[witness.left_edge.i : span.end] for span in group["content"][:1]]
    return {**group, "cue": [verb.doc[verb.i : verb.i + 1]], "content": [*content, *group["content"][1:]]}


def _quotes_at(group: Group, at: int) -> bool:
    verb = _cue_verb(group)
    return verb is not None and verb.i == at and _relays(verb) and _witness(verb) is not None


def _told_by_citing(group: Group, groups: Sequence[Group]) -> Group | None:
    """Of "the agency, citing a doctor, said": what the agency says, for the group of the citing; None for others."""
    verb = _cue_verb(group)
    if verb is None or verb.tag_ != "VBG" or not _relays(verb):
        return None
    witness = _witness(verb)
    if witness is None or not can_speak(witness):
        return None
    told = [other for other in groups if other is not group and _is_told_beside(verb, other)]
    return min(told, key=lambda other: abs(other["cue"][0].start - verb.i), default=None)


def _cited(citation: Group, told: Group) -> Group:
    """The doctor's word, which is what the agency says there."""
    witness = _witness(citation["cue"][0].root)
    assert witness is not None
    return {"source": [_phrase(witness)], "cue": citation["cue"], "content": told["content"]}


def _is_told_beside(verb: Token, other: Group) -> bool:
    cue = _cue_verb(other)
    return cue is not None and cue.sent == verb.sent and not _relays(cue)


def _witness(verb: Token) -> Token | None:
    """Who is quoted or cited: the verb's object."""
    return next((child for child in verb.children if child.dep_ in {"obj", "iobj"} and child.i > verb.i), None)


def _with_relayer(group: Group) -> Iterator[Group]:
    """Of "the ministry, quoted by TASS, said": TASS's telling and then the ministry's."""
    heads = [span.root for span in (*group["source"], *group["cue"])]
    for verb in (child for head in heads for child in head.children):
        relayer = _agent(verb) if verb.tag_ == "VBN" and _relays(verb) else None
        if relayer is not None:
            by = next(child for child in relayer.children if child.lower_ == "by")
            yield {
                "source": [_phrase(relayer, past=by)],
                "cue": [verb.doc[verb.i : by.i + 1]],
                "content": group["content"],
            }
            yield group | {"source": [_before(span, verb) for span in group["source"]]}
            return
    yield group


def _quoted_as_saying(group: Group) -> Iterator[Group]:
    """Of "TASS quoted the ministry as saying that": the ministry's word within that of TASS."""
    verb = _cue_verb(group)
    if verb is None or not _relays(verb):
        return
    saying = next((each for each in verb.subtree if each.tag_ == "VBG" and verb.doc[each.i - 1].lower_ == "as"), None)
    witness = _witness(verb)
    if saying is None or witness is None or witness.i > saying.i:
        return
    content = [part for span in group["content"] if (part := _said(span, witness, saying)) is not None]
    if content:
        cue = [verb.doc[saying.i : saying.i + 1]]
        yield {"source": [verb.doc[witness.left_edge.i : saying.i - 1]], "cue": cue, "content": content}


def _said(span: Span, witness: Token, saying: Token) -> Span | None:
    """The part of a content that the witness says: what follows "as saying", or a part that lies elsewhere."""
    if not span.start <= saying.i < span.end:
        return None if span.start <= witness.i < span.end else span
    return span.doc[saying.i + 1 : span.end] if saying.i + 1 < span.end else None


def _cue_verb(group: Group) -> Token | None:
    return group["cue"][0].root if group["cue"] else None


def _relays(verb: Token) -> bool:
    return ground_form(verb, _relaying()) in _relaying()


def _agent(verb: Token) -> Token | None:
    """Whom a participle's "by" names."""
    return next(
        (
            child
            for child in verb.children
            if child.dep_ in {"obl", "obl:agent"} and any(word.lower_ == "by" for word in child.children)
        ),
        None,
    )


def _phrase(noun: Token, past: Token | None = None) -> Span:
    """The noun with all before it that belongs to it, and the names and attributes right behind it."""
    first = noun.left_edge.i if past is None else past.i + 1
    last = max((child.right_edge.i for child in noun.children if child.dep_ in {"flat", "nmod"}), default=noun.i)
    return noun.doc[first : max(last, noun.i) + 1]


def _before(span: Span, verb: Token) -> Span:
    """A source without the participle that says who passes it on."""
    if not span.start < verb.i < span.end:
        return span
    end = verb.i
    while end - 1 > span.start and (span.doc[end - 1].is_punct or span.doc[end - 1].lower_ == "as"):
        end -= 1
    return span.doc[span.start : end]


@cache
def _relaying() -> frozenset[str]:
    return frozenset(row["verb"] for row in lexicon.rows("relaying-verbs"))
