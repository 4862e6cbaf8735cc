"""By whom a designation is said: the quoted speaker, who is told to use it, or the outlet itself."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.reading.label_parties import ANYBODY, Parties
from onrecord.reading.label_words import Designation, head_of_phrase, words_with_role
from onrecord.reading.quotation_marks import Quotation
from onrecord.reading.schema import Attribution
from onrecord.reading.syntax import ancestors, core_phrase, doers, subjects

OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Speaker:
    """`by` as the contract has it (entity id, the text's words, "outlet", None for one who is not told), and the attribution."""

    by: str | None
    attribution: str | None = None


def speaker_of(doc: Doc, one: Designation, parties: Parties) -> Speaker:
    """Who uses the designation.

    Within quotation marks it is the one quoted, and where the naming itself is reported ("labels them terrorists") the
    one who names. In other reported speech the words are the outlet's, which the attribution shows.
    """
    attribution = innermost(doc, doc[one.start])
    if one.quotation is not None:
        return _quoted(doc, one, parties, attribution)
    namer = _namer(parties, one)
    if namer is not None:
        return Speaker(namer, attribution.id if attribution is not None else None)
    if attribution is None:
        return Speaker(OUTLET)
    if _is_what_is_said(doc, one):
        return Speaker(who(attribution), attribution.id)
    return Speaker(OUTLET, attribution.id)


def innermost(doc: Doc, token: Token) -> Attribution | None:
    """The attribution whose content the token stands in; of several the narrowest."""
    holding = [
        attribution
        for attribution in doc._.attributions
        if any(part.start <= token.idx < part.end for part in attribution.content)
    ]
    return min(holding, key=_length, default=None)


def who(attribution: Attribution) -> str | None:
    """The speaker of an attribution: the entity, else the source's own words, None where neither is told."""
    if attribution.speaker is not None:
        return attribution.speaker
    return attribution.source[0].text if attribution.source else None


def _length(attribution: Attribution) -> int:
    return sum(part.end - part.start for part in attribution.content)


def _quoted(doc: Doc, one: Designation, parties: Parties, attribution: Attribution | None) -> Speaker:
    assert one.quotation is not None
    told = attribution or _of_quotation(doc, one.quotation)
    if told is not None and who(told) is not None:
        return Speaker(who(told), told.id)
    namer = _namer(parties, one) or _subject_of_clause(parties, doc[one.start])
    if namer is not None:
        return Speaker(namer, told.id if told is not None else None)
    if one.scare_quotes:
        return Speaker(OUTLET)
    near = told or _of_neighbour(doc, one.quotation)
    return Speaker(who(near), near.id) if near is not None else Speaker(None)


def _of_quotation(doc: Doc, quotation: Quotation) -> Attribution | None:
    """The attribution that another part of the same quotation stands under."""
    start, end = doc[quotation.start].idx, doc[quotation.end - 1].idx
    shared = [
        attribution
        for attribution in doc._.attributions
        if any(part.start <= end and start < part.end for part in attribution.content)
    ]
    return min(shared, key=_length, default=None)


def _of_neighbour(doc: Doc, quotation: Quotation) -> Attribution | None:
    """The attribution of the quotation before, which one without a speaker of its own carries on."""
    start = doc[quotation.start].idx
    before = [
        attribution
        for attribution in doc._.attributions
        if attribution.quote != "indirect" and attribution.content and attribution.content[-1].end <= start
    ]
    return max(before, key=lambda attribution: attribution.content[-1].end, default=None)


def _namer(parties: Parties, one: Designation) -> str | None:
    """Who is told to give the name: "Damascus calls them terrorists", "classed by the UN as terrorist"."""
    head = head_of_phrase(parties.doc, one.end - 1)
    verb = head.head
    if verb.lemma_.lower() not in words_with_role("naming") or head.dep_ not in {
        "xcomp",
        "obl",
        "obj",
        "ccomp",
        "advcl",
    }:
        return None
    if (
        head.dep_ == "obj"
        and not one.scare_quotes
        and verb.lemma_.lower() not in {"call", "label", "brand", "dub", "term", "describe"}
    ):
        return None
    found = (_party(parties, token) for token in doers(verb))
    return next((party for party in found if party is not None), None)


def _subject_of_clause(parties: Parties, token: Token) -> str | None:
    """Who does what is told in scare quotes: "the government vowed to fight 'terrorists'"."""
    verbs = [above for above in (token, *ancestors(token)) if above.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}]
    for verb in reversed(verbs):
        for subject in subjects(verb):
            if subject.i == token.i:
                continue
            party = _party(parties, subject)
            if party is not None:
                return party
    return None


def _party(parties: Parties, token: Token) -> str | None:
    """The entity a noun phrase names, or its own words where it is a side without a name."""
    entity = parties.in_subtree(token, ANYBODY)
    named = parties.at(token)
    if named is not None:
        return named.mention.entity
    if token.pos_ == "PRON":
        return token.text
    if token.pos_ == "NOUN":
        return core_phrase(token).text
    return entity


def _is_what_is_said(doc: Doc, one: Designation) -> bool:
    """Whether the reported sentence itself says that somebody is it: "he said the group was terrorist"."""
    head = head_of_phrase(doc, one.end - 1)
    if any(child.dep_ == "cop" for child in head.children):
        return True
    return head.dep_ in {"obj", "obl", "xcomp"} and head.head.lemma_.lower() in words_with_role("equating")
