"""Truces: which step of a ceasefire, pause, evacuation, corridor, withdrawal or no-fly zone is told, on whose word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from onrecord.articles.article import TextSpan
from onrecord.reading.attributions.section import covering
from onrecord.reading.document import text_span
from onrecord.reading.labels.parties import Parties
from onrecord.reading.schema import Attribution, Truce
from onrecord.reading.spans import without_blanks
from onrecord.reading.syntax import children
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.arrangements import arrangements
from onrecord.reading.truces.dates import period_of
from onrecord.reading.truces.echoes import fire_goes_on, turns_against
from onrecord.reading.truces.parties import parties_of
from onrecord.reading.truces.places import places_of
from onrecord.reading.truces.steps import steps_of
from onrecord.reading.truces.words import StepTold, has_role, lemma


def truces_of(doc: Doc) -> tuple[Truce, ...]:
    """The steps of arrangements that a document tells, in the order of the text, each step once.

    Parties and places are entity ids, or the text's own words for a side without a name; dates are the arrangement's
    own. Needs `doc._.mentions`, `doc._.entities`, `doc._.times` and `doc._.attributions`. What counts follows the
    guideline of the benchmark `truces`.
    """
    parties = Parties(doc)
    truces: list[Truce] = []
    for one, step in _steps(doc):
        truce = _truce(doc, one, step, parties)
        truce = replace(truce, where=truce.where or _where_before(one, truces))
        if not (step.modifier and any(_is_repeat(truce, other) for other in truces)):
            truces.append(truce)
    return tuple(replace(truce, id=f"u{number}") for number, truce in enumerate(_merged(truces), start=1))


def _merged(truces: list[Truce]) -> list[Truce]:
    """The steps, those told twice once: with the details of both tellings, and both as evidence."""
    merged: list[Truce] = []
    for truce in truces:
        same = next((at for at, other in enumerate(merged) if _is_same_step(other, truce)), None)
        if same is None:
            merged.append(truce)
        else:
            merged[same] = _both(merged[same], truce)
    return merged


def _is_same_step(one: Truce, other: Truce) -> bool:
    """Whether two tellings share a detail of one step and contradict each other in none."""
    if (one.kind, one.step) != (other.kind, other.step):
        return False
    details = [_details(one), _details(other)]
    pairs = [(first, second) for first, second in zip(*details, strict=True) if first and second]
    if one.attribution and other.attribution and one.attribution != other.attribution:
        return False
    return bool(pairs) and all(first & second for first, second in pairs)


def _details(truce: Truce) -> list[set[str]]:
    single = [{value} if value else set() for value in (truce.start, truce.end, truce.duration)]
    return [set(truce.where), set(truce.parties), *single]


def _both(one: Truce, other: Truce) -> Truce:
    return replace(
        one,
        parties=tuple(dict.fromkeys((*one.parties, *other.parties))),
        where=tuple(dict.fromkeys((*one.where, *other.where))),
        start=one.start or other.start,
        end=one.end or other.end,
        duration=one.duration or other.duration,
        terms=(*one.terms, *other.terms),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        attribution=one.attribution or other.attribution,
    )


def _is_repeat(truce: Truce, other: Truce) -> bool:
    """Whether a step that only describes was told before: "the pause set for Thursday" after its announcement."""
    same = (truce.kind, truce.step, truce.start) == (other.kind, other.step, other.start)
    return same and truce.start is not None and (not truce.where or truce.where == other.where)


def _where_before(one: Arrangement, before: list[Truce]) -> tuple[str, ...]:
    """Where the arrangement holds which "the truce" takes up: the last one of its kind that had a place."""
    opening = one.token.doc[max(one.start - 4, one.sentence.start) : one.start]
    if one.told_by != "fire" and not any(token.lower_ in {"the", "this", "that"} for token in opening):
        return ()
    return next((truce.where for truce in reversed(before) if truce.kind == one.kind and truce.where), ())


def _steps(doc: Doc) -> Iterator[tuple[Arrangement, StepTold]]:
    """The steps with their arrangements; two names for one arrangement in a sentence tell a step once."""
    seen: set[tuple[int, str, str]] = set()
    named = arrangements(doc)
    with_name = {one.sentence.start for one in named}
    for one in named:
        if _is_what_a_deal_says(one, named):
            continue
        steps = steps_of(one)
        broken = _broken_after(one, steps, with_name)
        for where, told in [*((one, told) for told in steps), *broken]:
            key = (where.sentence.start, told.step, "" if one.told_by == "deal" else one.kind)
            if key not in seen:
                seen.add(key)
                yield where, told


def _is_what_a_deal_says(one: Arrangement, named: tuple[Arrangement, ...]) -> bool:
    """Whether a verb only tells what a deal named before it in the sentence contains: "a deal to let them leave"."""
    deals = (other for other in named if other.told_by == "deal" and other.sentence.start == one.sentence.start)
    return one.told_by == "verb" and any(deal.end <= one.start <= deal.end + 20 for deal in deals)


def _broken_after(
    one: Arrangement, steps: tuple[StepTold, ...], with_name: set[int]
) -> Iterator[tuple[Arrangement, StepTold]]:
    """Fire that goes on, told in the sentence after a truce that is made: "But the shelling has continued"."""
    end = one.sentence.end
    if end >= len(one.token.doc) or not {told.step for told in steps} & {"agreed", "announced", "started"}:
        return
    following = one.token.doc[end].sent
    told = fire_goes_on(following)
    if following.start not in with_name and told is not None and turns_against(following):
        token = told.predicate
        yield Arrangement(token, token.i, token.i + 1, one.kind, "fire"), told


def _truce(doc: Doc, one: Arrangement, told: StepTold, parties: Parties) -> Truce:
    sides = _states(doc, parties_of(one, told, parties))
    period = period_of(one, told)
    attribution = _statement(doc, told.predicate) or _statement(doc, one.token)
    return Truce(
        id="",
        kind=one.kind,
        step=told.step,
        parties=sides,
        where=places_of(one, told, parties, sides),
        start=period.start,
        end=period.end,
        duration=period.duration,
        terms=tuple(dict.fromkeys(_terms(one, told))),
        evidence=(_evidence(one.sentence),),
        attribution=attribution.id if attribution is not None else None,
    )


def _states(doc: Doc, sides: tuple[str, ...]) -> tuple[str, ...]:
    """The sides, a state that is told by its adjective ("the Russian and Syrian forces") as the state, each once."""
    entities = {entity.id: entity for entity in doc._.entities}
    states = {entity.country: entity.id for entity in entities.values() if entity.level == "country" and entity.country}
    peoples = {id: entity.country for id, entity in entities.items() if entity.type == "nationality"}
    return tuple(dict.fromkeys(states.get(peoples.get(side), side) for side in sides))


def _statement(doc: Doc, token: Token) -> Attribution | None:
    return covering(doc._.attributions, token.idx, token.idx + len(token.text))


def _evidence(sentence: Span) -> TextSpan:
    """The sentence without the white space around it."""
    return text_span(without_blanks(sentence))


def _terms(one: Arrangement, told: StepTold) -> Iterator[TextSpan]:
    """The conditions told with the step: "if they lay down their arms", "to allow aid through", "in exchange for"."""
    for head in (one.token, told.predicate, *children(told.predicate, "obj")):
        for child in head.children:
            condition = child.dep_ in {"advcl", "acl", "acl:relcl", "obl"} and _is_condition(child)
            if condition or (child.dep_ == "conj" and _is_undertaking(child)):
                yield text_span(one.token.doc[child.left_edge.i : child.right_edge.i + 1])


def _is_condition(token: Token) -> bool:
    markers = {child.lower_ for child in token.children if child.dep_ in {"mark", "case"}}
    return bool(markers & {"if", "provided", "unless"}) or has_role(token, "terms") or token.lower_ == "exchange"


def _is_undertaking(verb: Token) -> bool:
    """What a side does beside holding its fire: "and are keeping a distance of at least 10 kilometres"."""
    return verb.pos_ == "VERB" and any(
        lemma(child) in {"distance", "back", "away"} for child in children(verb, "obj", "advmod")
    )
