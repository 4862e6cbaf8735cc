"""Which steps of an arrangement a sentence tells: proposed, agreed, announced, started, extended, violated and so on.

The words that tell them stand in `data/truce-steps.tsv`. Each step hangs on a predicate that governs the arrangement
("violated the truce", "the truce collapsed", "collapse of the truce"), or on a modifier beside it ("a truce agreed in
February"), which counts where nothing else is told of it, or where it is dated.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.reading.syntax import (
    ancestors,
    auxiliaries,
    child,
    children,
    is_negated,
    is_passive,
    prepositions,
)
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.echoes import echoes_in
from onrecord.reading.truces.predicates import in_mood, is_unreal, object_step, predicated, subject_step, told_by_verb
from onrecord.reading.truces.wishes import denied, wished_over
from onrecord.reading.truces.wording import steps_by_wording
from onrecord.reading.truces.words import FUTURE, StepTold, has_role, lemma, step_words, truce_forms, truce_words

_CLIMB = 12


def steps_of(one: Arrangement) -> tuple[StepTold, ...]:
    """The steps that the sentence tells of the arrangement, each once, in the order of the text."""
    wish = wished_over(one) | denied(one)
    governing = [told for told in _governing(one) if told.predicate not in wish]
    modifying = [told for told in _modifying(one) if told.predicate not in wish]
    worded = [] if _is_only_kept(one) else [told for told in steps_by_wording(one) if told.predicate not in wish]
    if one.told_by not in {"verb", "halt"}:
        mere = {told.predicate.i for told in worded if told.modifier}
        modifying += [told for told in governing if told.predicate.i in mere]
        governing = [told for told in governing if told.predicate.i not in mere]
        governing = governing or [told for told in worded if not told.modifier]
        modifying += [told for told in worded if told.modifier]
    echoed = list(echoes_in(one.sentence, one))
    modifying += [told for told in echoed if told.modifier]
    if not any(told.step in {"collapsed", "ended", "violated"} for told in governing):
        governing = [*governing, *(told for told in echoed if not told.modifier)]
    kept = governing + [told for told in modifying if not governing or _is_dated(told.predicate)]
    if not kept:
        kept = modifying or list(_yet_to_come(one)) or list(_under_way(one))
    distinct = {told.step: told for told in reversed(kept)}
    return tuple(sorted(distinct.values(), key=lambda told: told.predicate.i))


def _is_only_kept(one: Arrangement) -> bool:
    """Whether somebody is asked to keep the arrangement, which is no step of it: "urged them to respect the truce"."""
    verb = one.token.head
    return has_role(verb, "keeping") and not is_negated(verb) and verb.tag_ in {"VB", "VBG"}


def _yet_to_come(one: Arrangement) -> Iterator[StepTold]:
    """An evacuation, pause or corridor that a sentence in the future speaks of is announced by it."""
    if one.kind not in {"evacuation", "humanitarian-pause", "corridor"}:
        return
    for verb in (above for above in ancestors(one.token) if above.pos_ == "VERB"):
        if auxiliaries(verb) & {"will", "'ll"} and not is_unreal(verb):
            yield StepTold("announced", verb)
            return


def _under_way(one: Arrangement) -> Iterator[StepTold]:
    """An evacuation of which only the evacuees are told: "a bomb hit buses that carried evacuees"."""
    if lemma(one.token).startswith("evacuee"):
        yield StepTold("started", one.token)


def _governing(one: Arrangement) -> Iterator[StepTold]:
    """The steps that stand above the arrangement in its sentence, at most one along each way up."""
    if one.told_by in {"verb", "halt"}:
        told = _own_step(one)
        if told is not None:
            yield told
        return
    yield from _above(one.token)


def _above(token: Token) -> Iterator[StepTold]:
    noun = token
    for _ in range(_CLIMB):
        head = noun.head
        if head.i == noun.i:
            yield from predicated(noun)
            return
        if noun.dep_ in {"conj", "appos", "flat"} and head.pos_ in {"NOUN", "PROPN"}:
            yield from predicated(noun)
            noun = head
            continue
        if noun.dep_ in {"compound", "nmod", "amod", "nmod:poss"} and head.pos_ in {"NOUN", "PROPN", "ADJ"}:
            told = _by_noun(noun, head)
            if told is not None:
                yield from _asked_for(told)
                return
            if not _passes_through(noun, head):
                return
            noun = head
            continue
        break
    yield from predicated(noun)
    yield from told_by_verb(noun)


def _passes_through(noun: Token, head: Token) -> bool:
    """Whether the noun above stands for the arrangement itself ("ceasefire deal", "agreement on a truce")."""
    if has_role(head, "deal") or lemma(head) in truce_words("standing-for"):
        return True
    return noun.dep_ == "compound" and head.i == noun.i + 1 and lemma(head) in truce_words("standing-for-compound")


def _by_noun(noun: Token, head: Token) -> StepTold | None:
    """A noun that makes of the arrangement a step: "collapse of the truce", "ceasefire talks"."""
    step = step_words("noun").get(lemma(head))
    if step is None:
        return None
    if noun.dep_ == "nmod" and prepositions(noun) and truce_forms("noun-of").isdisjoint(prepositions(noun)):
        return None
    return StepTold(step, head)


def _asked_for(told: StepTold) -> Iterator[StepTold]:
    """The step, as the verb above its noun has it: "rejected a plea" is rejected, "declared the end" ended."""
    verb = told.predicate.head
    if (
        told.step == "proposed"
        and told.predicate.dep_ in {"obj", "nsubj:pass"}
        and step_words("object").get(lemma(verb)) in {"rejected", "violated"}  # "ignored calls for a pause"
    ):
        yield StepTold("rejected", verb)
        return
    if told.step in {"started", "agreed", "extended"} and has_role(verb, "asking"):
        yield StepTold("proposed", verb)
        return
    if (
        told.step in {"collapsed", "ended", "violated"}
        and is_unreal(verb)
        and told.predicate.dep_ in {"obj", "nsubj", "obl"}
    ):
        return
    yield told


def _own_step(one: Arrangement) -> StepTold | None:
    """The step that an arrangement takes which a verb tells: "were evacuated", "said it would halt fire"."""
    verb = one.token
    mood = in_mood("started", verb)
    if mood is None or mood.step in {"proposed", "rejected", "announced"}:
        return mood
    outer = _outer_step(verb)
    if outer is not None:
        return outer
    if auxiliaries(verb) & {"will", "would", "'ll", "shall"} or _is_to_be_done(verb):
        return StepTold("announced", verb)
    if _is_bare_purpose(verb, one):
        return None
    return None if is_negated(verb) else StepTold("started", verb)


def _is_to_be_done(verb: Token) -> bool:
    """Whether it is still to be done: "are to be evacuated", "are to leave"."""
    before = [token.lower_ for token in verb.doc[max(verb.i - 3, verb.sent.start) : verb.i]]
    return before[-3:] in (["are", "to", "be"], ["is", "to", "be"], ["were", "to", "be"]) or before[-2:] in (
        ["are", "to"],
        ["is", "to"],
    )


def _is_bare_purpose(verb: Token, one: Arrangement) -> bool:
    """Whether the verb only tells a purpose ("a deal to evacuate", "in order to halt fire"), which is no step."""
    infinitive = any(found.lower_ == "to" for found in verb.children if found.dep_ in {"mark", "aux", "case"})
    if not infinitive:
        return False
    of_deal = verb.dep_ in {"acl", "advcl", "nmod"} and has_role(verb.head, "deal")
    return of_deal or (one.told_by == "halt" and verb.dep_ in {"xcomp", "ccomp", "acl", "advcl"})


def _outer_step(verb: Token) -> StepTold | None:
    """The step of the verb that governs it: "agreed to halt", "began to evacuate", "finished evacuating"."""
    deal = _deal_above(verb)
    if deal is not None and (step := object_step(deal.head)) is not None:
        return StepTold(step, deal.head)
    if verb.dep_ not in {"xcomp", "ccomp"}:
        return None
    above = verb.head
    step = step_words("object").get(lemma(above))
    if step == "agreed" or step in {"ended", "collapsed", "extended"}:
        return StepTold(step, above)
    if has_role(above, "promising") and auxiliaries(verb) & FUTURE:
        return StepTold("announced", above)
    return None


def _deal_above(verb: Token) -> Token | None:
    """The deal that a relative clause tells what is done under: "struck a deal under which both sides cease fire"."""
    if not any("under" in prepositions(found) for found in children(verb, "obl") if found.lower_ == "which"):
        return None
    return next((deal for deal in (verb.head, *children(verb.head, "obj")) if has_role(deal, "deal")), None)


def _modifying(one: Arrangement) -> Iterator[StepTold]:
    """The steps of participles and relative clauses beside the arrangement: "a truce brokered by the UN"."""
    for noun in _nouns_for(one.token):
        for modifier in children(noun, "acl", "acl:relcl", "amod"):
            told = _by_modifier(modifier)
            if told is not None:
                yield told


def _nouns_for(token: Token) -> Iterator[Token]:
    """The arrangement's noun and those that stand for it ("ceasefire deal")."""
    yield token
    while token.dep_ in {"compound", "nmod", "amod"} and token.head.i != token.i and _passes_through(token, token.head):
        token = token.head
        yield token


def _by_modifier(modifier: Token) -> StepTold | None:
    if lemma(modifier) == "place" or has_role(modifier, "effect"):
        return StepTold("started", modifier)
    if modifier.pos_ not in {"VERB", "ADJ"}:
        return None
    hyphened = modifier.i > 0 and modifier.doc[modifier.i - 1].text == "-"  # "so-called"
    if hyphened or (modifier.dep_ == "amod" and modifier.lower_ == "renewed"):
        return None
    if modifier.tag_ == "VBG":  # "a truce starting on Monday" tells its date, not that it started
        return None
    passive = modifier.tag_ == "VBN" or is_passive(modifier)
    own_subject = child(modifier, "nsubj")
    active_object = own_subject is not None and own_subject.lower_ not in {"that", "which", "who"} and not passive
    step = object_step(modifier) if passive or active_object else subject_step(modifier)
    return StepTold(step, modifier, modifier=True) if step is not None else None


def _is_dated(predicate: Token) -> bool:
    """Whether a time stands with the predicate itself, or right after it."""
    doc = predicate.doc
    spans = {(time.start, time.end) for time in doc._.times if time.type in {"DATE", "TIME"}}
    own = [
        word for found in predicate.children if found.dep_ in {"obl", "nmod", "advmod", "obj"} for word in found.subtree
    ]
    return any(start <= word.idx < end for word in (*own, *_up_to_verb(predicate)) for start, end in spans)


def _up_to_verb(predicate: Token) -> Iterator[Token]:
    """The tokens after a predicate as far as the next verb."""
    for token in predicate.doc[predicate.i + 1 : min(predicate.i + 12, predicate.sent.end)]:
        if token.pos_ in {"VERB", "AUX"}:
            return
        yield token
