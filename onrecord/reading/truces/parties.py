"""Whose arrangement it is: the sides, brokers and declarers of a truce step."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from onrecord.reading.labels.parties import ANYBODY, Parties
from onrecord.reading.marks import HYPHENS
from onrecord.reading.syntax import children, doers, is_passive
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.words import StepTold, has_role, lemma, truce_forms, truce_words

_IN_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
_BY_ITS_DOER = frozenset({"announced", "violated", "ended", "rejected", "extended", "agreed", "started"})


def parties_of(one: Arrangement, told: StepTold, parties: Parties) -> tuple[str, ...]:
    """Who makes, brokers, declares or is bound by it; for a breach, rejection or declared end who does that.

    Entity ids, or the text's own words for a side without a name; each once, in the order of the text.
    """
    found: dict[str, None] = {}
    for side in _sides(one, told, parties):
        found.setdefault(side)
    return tuple(found)


def _sides(one: Arrangement, told: StepTold, parties: Parties) -> Iterator[str]:
    if told.step == "violated":
        yield from _breakers(one, told, parties)
        return
    if told.step in {"rejected", "proposed"}:
        yield from _doers(one, told, parties) if told.step == "rejected" else _bound(one, told, parties)
        return
    declared = told.step in {"announced", "ended", "extended"}
    if not declared:
        yield from _before_name(one, parties)
    if told.step in _BY_ITS_DOER:
        yield from _doers(one, told, parties)
    yield from _beside(one, parties)
    if one.told_by == "verb":
        yield from _leavers(one, parties)
    elif one.told_by == "deal":
        yield from _leavers_of_deal(one, parties)


def _before_name(one: Arrangement, parties: Parties) -> Iterator[str]:
    """The nationalities before the name: "a US-Russian brokered ceasefire"."""
    doc = one.token.doc
    start = one.start
    while start > one.sentence.start and (
        doc[start - 1].pos_ in {"ADJ", "PROPN", "VERB", "NOUN"} or doc[start - 1].text in HYPHENS
    ):
        start -= 1
    before = doc[start : one.start]
    named = list(parties.all_in(before, ANYBODY))
    if len(named) > 1 or any(has_role(token, "broker") for token in before):
        yield from (each.mention.entity for each in named)


def _beside(one: Arrangement, parties: Parties) -> Iterator[str]:
    """The sides told after the name: "between A and B", "brokered by C and D", "an agreement with E"."""
    doc = one.token.doc
    yield from _of_whose_fire(one, parties)
    for token in doc[one.end : one.sentence.end]:
        after_deal = has_role(doc[token.i - 1], "deal")
        near = token.i <= one.end + 6 or after_deal or token.lower_ == "involving"
        between = token.lower_ in {"between", "involving", "among"} and near
        by_broker = token.lower_ == "by" and has_role(doc[token.i - 1], "broker") and token.i <= one.end + 20
        with_side = token.lower_ == "with" and (token.i <= one.end + 4 or after_deal)
        if between or by_broker or with_side:
            yield from sides_from(doc, token.i + 1, parties)


def _of_whose_fire(one: Arrangement, parties: Parties) -> Iterator[str]:
    """Whose fire stops, where the name says so: "a moratorium on Russian air strikes"."""
    for named in parties.all_in(one.token.doc[one.start : one.end], ANYBODY):
        yield named.mention.entity


def _doers(one: Arrangement, told: StepTold, parties: Parties) -> Iterator[str]:
    """Who takes the step, by the predicate's subject or agent, or by what stands before it."""
    predicate = told.predicate
    if predicate.pos_ == "NOUN":
        yield from _doers_of_noun(predicate, parties)
        return
    if _is_of_arrangement(told):
        yield from _declarers(predicate, parties)
        return
    by_syntax = [token for token in doers(predicate) if not one.start <= token.i < one.end]
    if not is_passive(predicate):  # a subject that another clause lends stands before its verb
        by_syntax = [token for token in by_syntax if token.i < predicate.i]
    found = [side for token in by_syntax for side in _side_of(token, parties)]
    found = found or list(_declarers(predicate, parties))
    if not found and not is_passive(predicate) and not told.modifier:
        found = list(_before_predicate(one, predicate, parties))
    yield from found


def _declarers(predicate: Token, parties: Parties) -> Iterator[str]:
    """Who declares what a clause tells: "the army announced that the truce had expired"."""
    verb = predicate.head
    if predicate.dep_ == "ccomp" and lemma(verb) in {"announce", "declare", "proclaim"}:
        for token in doers(verb):
            yield from _side_of(token, parties)


def _doers_of_noun(noun: Token, parties: Parties) -> Iterator[str]:
    """Whose announcement, breach or refusal it is: "objections from Iran and Russia", "announces the end of"."""
    following = noun.doc[noun.i + 1 : noun.i + 2]
    if following and following[0].lower_ in {"by", "from"}:
        yield from sides_from(noun.doc, noun.i + 2, parties)
        return
    for child in children(noun, "nmod:poss", "compound"):
        yield from _side_of(child, parties)
    verb = noun.head if noun.dep_ in {"obj", "obl"} else noun.sent.root
    if verb.pos_ == "VERB":
        for token in doers(verb):
            yield from _side_of(token, parties)


def _before_predicate(one: Arrangement, predicate: Token, parties: Parties) -> Iterator[str]:
    """The noun phrase right before a verb, where the parse gives it no subject: "rebel groups did not commit"."""
    doc, end = predicate.doc, predicate.i
    while end > one.sentence.start and (
        doc[end - 1].pos_ in {"AUX", "ADV", "PART", "VERB"} or doc[end - 1].text in {'"', "“", "”"}
    ):
        end -= 1
    start = end
    while start > one.sentence.start and (doc[start - 1].pos_ in _IN_PHRASE or doc[start - 1].text in HYPHENS):
        start -= 1
    if not start <= one.token.i < end:
        yield from _sides_in(doc, start, end, parties)


def _is_of_arrangement(told: StepTold) -> bool:
    """Whether the predicate's subject is the arrangement itself ("the truce collapsed")."""
    return told.step in {"collapsed"} or (
        told.step in {"started", "ended"} and not children(told.predicate, "obj") and not is_passive(told.predicate)
    )


def _breakers(one: Arrangement, told: StepTold, parties: Parties) -> Iterator[str]:
    """Who breaks it: who violates, whose violations they are, who is accused, or whose fire it is."""
    accused = list(_accused(told.predicate))
    found = [side for token in accused for side in _side_of(token, parties)]
    found = found or list(_accused_by_wording(one, told, parties))
    if accused:
        yield from found
        return
    if not found and told.predicate.pos_ in {"VERB", "NOUN"}:
        found = list(_doers(one, told, parties))
    found = found or list(_named_agent(one, told, parties))
    found = found or list(_of_attack(one, parties)) or list(_both_sides(one, told, parties))
    yield from found


def _named_agent(one: Arrangement, told: StepTold, parties: Parties) -> Iterator[str]:
    doc = one.token.doc
    for token in doc[told.predicate.i : min(told.predicate.i + 12, one.sentence.end)]:
        if token.lower_ == "by" and not has_role(doc[token.i - 1], "broker"):
            yield from sides_from(doc, token.i + 1, parties)
            return


def _both_sides(one: Arrangement, told: StepTold, parties: Parties) -> Iterator[str]:
    """The sides that the sentence has named, where "both sides" break it."""
    doc = one.token.doc
    if any(token.lower_ in {"sides", "parties"} for token in one.sentence):
        for token in one.sentence:
            if token.lower_ == "between":
                yield from sides_from(doc, token.i + 1, parties)


def _accused(verb: Token) -> Iterator[Token]:
    """The object of "accused X of violating"."""
    head = verb.head
    if has_role(head, "accusing"):
        yield from children(head, "obj")
    elif lemma(head) == "accusation" and has_role(head.head, "trading"):
        yield from children(head.head, "nsubj")


def _accused_by_wording(one: Arrangement, told: StepTold, parties: Parties) -> Iterator[str]:
    """The noun phrase after "accused", where the parse does not tie the breach to it."""
    doc, at = one.token.doc, told.predicate.i
    for token in reversed(doc[max(at - 8, one.sentence.start) : at]):
        if has_role(token, "accusing") and token.pos_ == "VERB":
            yield from sides_from(doc, token.i + 1, parties)
            return


def _of_attack(one: Arrangement, parties: Parties) -> Iterator[str]:
    """Whose attack it is that is told beside "despite the truce": "regime shelling", "attacks by terrorist groups"."""
    doc = one.token.doc
    for token in one.sentence:
        if not has_role(token, "attack") or token.pos_ not in {"NOUN", "VERB"}:
            continue
        start = token.i
        while start > one.sentence.start and (doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN"}):
            start -= 1
        found = list(_whose(doc, start, token.i + 1, parties))
        if not found and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "by":
            found = list(sides_from(doc, token.i + 2, parties))
        if found:
            yield from found
            return


def _bound(one: Arrangement, told: StepTold, parties: Parties) -> Iterator[str]:
    """Who would be bound by what is proposed: "called on the government to halt fire", "a truce by all parties"."""
    doc = one.token.doc
    if lemma(told.predicate) in truce_words("offering"):  # who calls for a truce of others is no party to it
        yield from _doers(one, told, parties)
    asked = [child for child in told.predicate.children if child.dep_ in {"obl", "obj", "iobj"} and child.i < one.start]
    if one.told_by in {"halt", "verb"}:
        for token in asked:
            yield from sides_from(doc, _phrase_start(token), parties)
    if one.told_by == "deal":
        yield from _leavers_of_deal(one, parties)
    for token in doc[one.end : one.sentence.end]:
        if token.lower_ == "between" or (token.lower_ == "by" and token.i <= one.end + 1):
            yield from sides_from(doc, token.i + 1, parties)


def _phrase_start(token: Token) -> int:
    inside = [word.i for word in token.subtree if word.i <= token.i and word.dep_ != "case"]
    return min(inside, default=token.i)


def _leavers(one: Arrangement, parties: Parties) -> Iterator[str]:
    """Who leaves, where it is a side: "opposition fighters and their families were evacuated"."""
    for token in [*children(one.token, "nsubj", "nsubj:pass", "obj")]:
        if has_role(token, "leaver") and lemma(token) not in {"civilian", "people", "resident", "person"}:
            yield from _side_of(token, parties)


def _leavers_of_deal(one: Arrangement, parties: Parties) -> Iterator[str]:
    """Who is to leave by a deal: "an agreement that rebel fighters would leave the town"."""
    doc = one.token.doc
    for token in doc[one.end : min(one.end + 28, one.sentence.end)]:
        if token.pos_ == "VERB" and has_role(token, "leaving"):
            yield from (
                named.mention.entity for named in parties.all_in(doc[one.end : token.i], frozenset({"organisation"}))
            )
            yield from _before_predicate(one, token, parties)
            return


def _side_of(token: Token, parties: Parties) -> Iterator[str]:
    """The side that a noun phrase with that head names; its own words where it has no name."""
    if token.pos_ == "PRON":
        speaker = _speaker_meant(token)
        if speaker is not None:
            yield from _side_of(speaker, parties)
        return
    start, doc = token.i, token.doc
    while start > token.sent.start and (
        doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN"} or doc[start - 1].text in HYPHENS | {"'s", "’s"}
    ):
        start -= 1
    yield from _sides_in(doc, start, token.i + 1, parties)
    for other in children(token, "conj"):
        yield from _side_of(other, parties)


def _speaker_meant(pronoun: Token) -> Token | None:
    """Who "it" is in "the ministry said it would halt fire": the one who says so."""
    above = pronoun.head.head
    if pronoun.lower_ not in {"it", "they", "he", "she", "we"} or pronoun.head.dep_ not in {"ccomp", "parataxis"}:
        return None
    subject = next((found for found in children(above, "nsubj")), None)
    return subject if subject is not None and subject.pos_ != "PRON" else None


def sides_from(doc: Doc, start: int, parties: Parties) -> Iterator[str]:
    """The sides of a list of noun phrases that begins at `start`: "the government and Russian forces"."""
    at = start
    for _ in range(8):
        end = at
        while end < len(doc) and _goes_on(doc, at, end):
            end += 1
        if end == at:
            return
        if end < len(doc) and doc[end].lower_ == "of" and lemma(doc[end - 1]) in truce_words("quantity"):
            at = end + 1
            continue
        yield from _sides_in(doc, at, end, parties)
        if end >= len(doc) or doc[end].lower_ not in {"and", "or", ",", "&"}:
            return
        at = end + 1
        if at < len(doc) and doc[at].lower_ == "and":
            at += 1


def _goes_on(doc: Doc, start: int, at: int) -> bool:
    """Whether a noun phrase from `start` goes on with a token: "Rwanda-backed rebels"."""
    hyphened = at > start and doc[at - 1].text in HYPHENS
    return hyphened or doc[at].pos_ in _IN_PHRASE or doc[at].text in HYPHENS | {"'s", "’s"}


def _sides_in(doc: Doc, start: int, end: int, parties: Parties) -> Iterator[str]:
    """The side of one noun phrase; of "Turkey Russia", whose comma is lost, both."""
    while start < end and doc[start].pos_ in {"DET", "NUM"}:
        start += 1
    if start >= end:
        return
    if start > 1 and doc[start - 1].lower_ == "and" and doc[start].pos_ == "ADJ":  # "Russian and Syrian forces"
        coordinated = parties.at(doc[start - 2], frozenset({"nationality"}))
        if coordinated is not None:
            yield coordinated.mention.entity
    last = doc[end - 1]
    if parties.at(last) is not None:
        for named in parties.all_in(doc[start:end], ANYBODY):
            if parties.can_act(named.mention.entity) or _is_a_side_here(named.span.root):
                yield from parties.entities_in(named)
        yield from parties.states_unmarked(doc[start:end])
    elif has_role(last, "means"):
        yield from _whose(doc, start, end - 1, parties)
    elif has_role(last, "side") and not _is_both_sides(doc[start:end]):
        yield doc[start:end].text


def _is_a_side_here(place: Token) -> bool:
    """Whether a city stands for who rules there: as doer, or as the one accused."""
    accused = place.dep_ == "obj" and has_role(place.head, "accusing")
    return accused or place.dep_ in {"nsubj", "nsubj:pass", "obl:agent"}


def _is_both_sides(phrase: Span) -> bool:
    return all(token.lower_ in truce_forms("both-sides") for token in phrase)


def _whose(doc: Doc, start: int, end: int, parties: Parties) -> Iterator[str]:
    """Whose planes or fire it is: "Russian jets", "regime shelling"."""
    while end > start and (has_role(doc[end - 1], "means") or doc[end - 1].text in {"'s", "’s"}):
        end -= 1
    if end > start and (has_role(doc[end - 1], "side") or parties.at(doc[end - 1]) is not None):
        yield from _sides_in(doc, start, end, parties)
