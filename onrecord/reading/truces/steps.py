"""Which steps of an arrangement a sentence tells: proposed, agreed, announced, started, extended, violated and so on.

The words that tell them stand in `data/truce-steps.tsv`. Each step hangs on a predicate that governs the arrangement
("violated the truce", "the truce collapsed", "collapse of the truce"), or on a modifier beside it ("a truce agreed in
February"), which counts where nothing else is told of it, or where it is dated.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.reading.ground_forms import ground_form
from onrecord.reading.schema import TruceStep
from onrecord.reading.syntax import (
    SUBJECTS,
    ancestors,
    auxiliaries,
    child,
    children,
    is_negated,
    is_passive,
    particle,
    prepositions,
)
from onrecord.reading.truces.arrangements import Arrangement, has_role, lemma
from onrecord.reading.truces.echoes import echoes_in
from onrecord.reading.truces.wording import steps_by_wording
from onrecord.reading.truces.words import StepTold, step_words

_CLIMB = 12
_COMING = frozenset({"come", "go", "take", "enter", "be", "put", "remain", "stay", "bring", "stand"})
_RAISING = frozenset({"appear", "seem", "continue", "begin", "start", "fail", "tend"})
"""Verbs whose subject is that of the verb after them: "the truce appeared to be holding"."""
_FUTURE = frozenset({"will", "would", "shall", "'ll", "to"})
_DOUBT = frozenset({"may", "might", "could", "should", "can", "must"})
_ASKING_SOMEBODY = frozenset({"call", "urge", "ask", "press", "appeal", "demand"})
_PREPARING = frozenset({"prepare", "set", "plan", "ready", "expect", "due", "schedule"})
_OBJECT_PREPOSITIONS = frozenset({"to", "on", "for", "about", "with", "in", "of", "over", "into"})
_TO_NOUN = frozenset(
    {"of", "to", "on", "for", "in", "about", "at", "between", "from", "over", "as", "towards", "toward"}
)


def steps_of(one: Arrangement) -> tuple[StepTold, ...]:
    """The steps that the sentence tells of the arrangement, each once, in the order of the text."""
    governing = list(_governing(one))
    modifying = list(_modifying(one))
    worded = [] if _is_only_kept(one) else list(steps_by_wording(one))
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
        if auxiliaries(verb) & {"will", "'ll"} and not _is_unreal(verb):
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
            yield from _predicated(noun)
            return
        if noun.dep_ in {"conj", "appos", "flat"} and head.pos_ in {"NOUN", "PROPN"}:
            yield from _predicated(noun)
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
    yield from _predicated(noun)
    yield from _by_verb(noun)


def _passes_through(noun: Token, head: Token) -> bool:
    """Whether the noun above stands for the arrangement itself ("ceasefire deal", "agreement on a truce")."""
    if has_role(head, "deal") or lemma(head) in {
        "zone",
        "area",
        "one",
        "kind",
        "series",
        "number",
        "dozen",
        "part",
        "network",
    }:
        return True
    return (
        noun.dep_ == "compound" and head.i == noun.i + 1 and lemma(head) in {"period", "operation", "process", "regime"}
    )


def _by_noun(noun: Token, head: Token) -> StepTold | None:
    """A noun that makes of the arrangement a step: "collapse of the truce", "ceasefire talks"."""
    step = step_words("noun").get(lemma(head))
    if step is None:
        return None
    if noun.dep_ == "nmod" and prepositions(noun) and _TO_NOUN.isdisjoint(prepositions(noun)):
        return None
    return StepTold(step, head)


def _asked_for(told: StepTold) -> Iterator[StepTold]:
    """The step, as the verb above its noun has it: "rejected a plea" is rejected, "declared the end" ended."""
    verb = told.predicate.head
    if (
        told.step == "proposed"
        and told.predicate.dep_ in {"obj", "nsubj:pass"}
        and step_words("object").get(lemma(verb)) == "rejected"
    ):
        yield StepTold("rejected", verb)
        return
    if told.step in {"started", "agreed", "extended"} and has_role(verb, "asking"):
        yield StepTold("proposed", verb)
        return
    if (
        told.step in {"collapsed", "ended", "violated"}
        and _is_unreal(verb)
        and told.predicate.dep_ in {"obj", "nsubj", "obl"}
    ):
        return
    if (
        told.step == "proposed"
        and told.predicate.dep_ == "obj"
        and lemma(verb) in {"bury", "dash", "end", "kill", "reduce"}
    ):
        yield told
        return
    yield told


def _predicated(noun: Token) -> Iterator[StepTold]:
    """What is said of the arrangement by a copula: "the truce is in effect", "the truce is over"."""
    if child(noun, "cop") is not None:
        return
    head = noun.head
    if noun.dep_ in {"nsubj", "nsubj:pass"} and child(head, "cop") is not None:
        if has_role(head, "effect") and "in" in prepositions(head):
            yield StepTold("started", head)
        elif lemma(head) in {"over", "dead", "finished"} and not is_negated(head):
            yield StepTold("ended", head)


def _by_verb(noun: Token) -> Iterator[StepTold]:
    verb = noun.head
    if verb.pos_ not in {"VERB", "AUX", "ADJ"} or verb.i == noun.i:
        return
    relation = noun.dep_
    if relation in SUBJECTS and noun.i > verb.i and any(found.i < verb.i for found in children(verb, *SUBJECTS)):
        return  # the verb has its subject before it
    if has_role(verb, "keeping") and verb.tag_ in {"VB", "VBG"} and not is_negated(verb):
        return
    if relation in SUBJECTS and lemma(verb) in _RAISING:
        verb = child(verb, "xcomp") or verb
    if relation == "nsubj" and not is_passive(verb):
        step = _subject_step(verb)
    elif relation == "obj" and lemma(verb) == "have":
        step = "started" if verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"} and not is_negated(verb) else None
    elif relation in {"obj", "nsubj:pass", "nsubj", "xcomp"}:
        step = _object_step(verb) or (_subject_step(verb) if _is_half_passive(verb, relation) else None)
    elif relation in {"obl", "nmod", "advcl"}:
        step = _oblique_step(noun, verb)
    else:
        step = None
    if step is not None:
        told = _in_mood(step, verb)
        if told is not None:
            yield told
    if relation in {"nsubj", "nsubj:pass"}:
        yield from _of_coordinated(verb)


def _is_half_passive(verb: Token, relation: str) -> bool:
    """Whether a verb was read as passive though no form of "be" is there: "the truce has held"."""
    return relation == "nsubj:pass" and not any(lemma(found) == "be" for found in children(verb, "aux", "aux:pass"))


def _of_coordinated(verb: Token) -> Iterator[StepTold]:
    """What a second verb says of the same subject: "the truce was violated and has collapsed"."""
    for other in children(verb, "conj"):
        if other.pos_ == "VERB" and child(other, "nsubj", "nsubj:pass") is None:
            step = _object_step(other) if is_passive(other) else _subject_step(other)
            if step is not None:
                yield StepTold(step, other)


def _subject_step(verb: Token) -> TruceStep | None:
    word = _with_particle(verb)
    step = step_words("subject").get(word) or step_words("subject").get(lemma(verb))
    if step == "started" and is_negated(verb):
        return "collapsed" if lemma(verb) in {"hold", "last"} else None
    if _is_to_a_halt(verb):
        return "collapsed"
    if lemma(verb) in _COMING:
        return "started" if _is_into_effect(verb) or _is_into_its_day(verb) else None
    return step


def _is_to_a_halt(verb: Token) -> bool:
    """Whether it is "brought to a halt", "came to a standstill"."""
    return any(found.lower_ in {"halt", "standstill"} and "to" in prepositions(found) for found in verb.children)


def _is_into_its_day(verb: Token) -> bool:
    """Whether a truce "entered its third day"."""
    periods = {"day", "week", "month", "hour", "year"}
    return verb.lemma_.startswith("enter") and any(lemma(found) in periods for found in children(verb, "obj", "obl"))


def _is_said_to_be_over(verb: Token) -> bool:
    """Whether it is declared to be no more: "declared the ceasefire over"."""
    following = verb.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)]
    return any(token.lower_ in {"over", "dead", "finished"} and token.pos_ != "ADP" for token in following[:8]) or any(
        token.lower_ == "over" and token.head == verb for token in following
    )


def _is_into_effect(verb: Token) -> bool:
    dependents = [
        found for found in verb.children if found.dep_ in {"obl", "obj", "xcomp", "advmod", "compound", "nmod"}
    ]
    return has_role(verb, "effect") or any(has_role(found, "effect") for found in dependents)


def _object_step(verb: Token) -> TruceStep | None:
    step = step_words("object").get(_with_particle(verb)) or step_words("object").get(lemma(verb))
    if _is_to_a_halt(verb):
        return "collapsed"
    if step == "announced" and _is_said_to_be_over(verb):
        return "ended"
    if is_passive(verb) and lemma(verb) in {"consider", "discuss"} and step == "proposed":
        return None  # "was considered a secure zone"
    if step is None and lemma(verb) in _COMING and _is_into_effect(verb):
        return "started"
    if is_negated(verb) and step in {"agreed", "proposed"}:
        return "rejected" if step == "agreed" else None
    if is_negated(verb) and step == "started":
        return "violated"
    return None if is_negated(verb) else step


def _oblique_step(noun: Token, verb: Token) -> TruceStep | None:
    before = set(prepositions(noun)) | {found.lower_ for found in children(noun, "mark")}
    if "despite" in before:
        return "violated"
    if before & {"after", "since", "during", "under", "before", "amid", "until", "by", "from", "through", "per"}:
        return None
    if has_role(verb, "keeping") or lemma(verb) in {"commit", "stick", "adhere"}:
        return "violated" if is_negated(verb) else None
    if is_passive(verb) and not before & {"to", "on", "for"}:
        return None
    if not before & _OBJECT_PREPOSITIONS:
        return None
    step = _object_step(verb)
    return step if step in {"proposed", "agreed", "rejected"} else None


def _with_particle(verb: Token) -> str:
    """The verb with the word after it, which may be its particle: "ruled out", "broken down"."""
    following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    return f"{lemma(verb)} {particle(verb) or following}".strip()


def _in_mood(step: TruceStep, verb: Token) -> StepTold | None:
    """The step as the verbs above have it: asked for, refused, promised; None where it is only kept or feared."""
    above = verb
    for _ in range(_CLIMB):
        if above.dep_ not in {"xcomp", "ccomp", "advcl", "acl", "conj"} or above.head.i == above.i:
            break
        link, above = above.dep_, above.head
        if link == "advcl" and above.i < verb.i and (lemma(above) in _ASKING_SOMEBODY or _is_gerund_object(verb)):
            link = "xcomp"
        if link == "conj":
            continue
        if link == "xcomp" and _is_unreal(above):
            return StepTold("proposed", above) if step in {"agreed", "started"} else None
        if (
            step_words("object").get(lemma(above)) == "agreed"
            and lemma(above) != "make"
            and link == "xcomp"
            and step in {"announced", "started"}
        ):
            return StepTold("agreed", above)
        if has_role(above, "refusing") and link in {"xcomp", "ccomp"}:
            return StepTold("rejected", above) if step not in {"violated", "collapsed", "ended"} else None
        if has_role(above, "asking") and has_role(verb, "keeping"):
            return None
        if (
            has_role(above, "asking")
            and link in {"xcomp", "ccomp", "acl"}
            and step in {"agreed", "announced", "started", "extended"}
        ):
            return StepTold("proposed", above)
        if has_role(above, "asking") and link in {"xcomp", "ccomp", "acl"}:
            return StepTold(step, verb) if step == "proposed" else None
        if above.pos_ == "NOUN" and _is_turned_down(above):
            return StepTold("rejected", above.head)
        if above.pos_ == "NOUN" and step_words("noun").get(lemma(above)) == "proposed":
            return StepTold("proposed", above)
        if link not in {"xcomp", "ccomp"}:
            break
    if _is_unreal(verb):
        return (
            StepTold("proposed", verb)
            if step in {"agreed", "started"} and auxiliaries(verb) & {"should", "must"}
            else None
        )
    if step == "started" and auxiliaries(verb) & _FUTURE and not auxiliaries(verb) & {"to"}:
        return StepTold("announced", verb)
    if step == "started" and verb.dep_ == "xcomp" and ground_form(verb.head, _PREPARING) in _PREPARING:
        return StepTold("announced", verb.head)
    return StepTold(step, verb)


def _is_gerund_object(verb: Token) -> bool:
    """Whether a gerund is what the verb above is about: "hinted at establishing a zone"."""
    return verb.text.endswith("ing") and any(found.lower_ in {"at", "about", "on"} for found in children(verb, "mark"))


def _is_turned_down(noun: Token) -> bool:
    """Whether somebody refuses what the noun stands for: "vetoed a resolution that calls for a truce"."""
    return noun.dep_ in {"obj", "nsubj:pass"} and step_words("object").get(lemma(noun.head)) == "rejected"


def _is_unreal(verb: Token) -> bool:
    """Whether it is only possible or conditional: "could collapse", "if the truce holds"."""
    if auxiliaries(verb) & _DOUBT:
        return True
    conditional = any(found.lower_ in {"if", "unless", "whether"} for found in children(verb, "mark"))
    return conditional or lemma(verb) in {"threaten", "risk", "prevent", "avoid", "avert", "fear"}


def _own_step(one: Arrangement) -> StepTold | None:
    """The step that an arrangement takes which a verb tells: "were evacuated", "said it would halt fire"."""
    verb = one.token
    mood = _in_mood("started", verb)
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
    if verb.dep_ not in {"xcomp", "ccomp"}:
        return None
    above = verb.head
    step = step_words("object").get(lemma(above))
    if step == "agreed" or step in {"ended", "collapsed", "extended"}:
        return StepTold(step, above)
    if has_role(above, "promising") and auxiliaries(verb) & _FUTURE:
        return StepTold("announced", above)
    return None


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
    step = _object_step(modifier) if passive or active_object else _subject_step(modifier)
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
