"""Which step a predicate that governs an arrangement tells, by its voice, mood and what stands between the two."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.reading.ground_forms import ground_form
from onrecord.reading.schema import TruceStep
from onrecord.reading.syntax import (
    SUBJECTS,
    auxiliaries,
    child,
    children,
    is_negated,
    is_passive,
    particle,
    prepositions,
)
from onrecord.reading.truces.words import FUTURE, StepTold, has_role, lemma, step_words, truce_forms, truce_words

_CLIMB = 12
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "conj"})
_CONTENTS = frozenset({"xcomp", "ccomp"})


def predicated(noun: Token) -> Iterator[StepTold]:
    """What is said of the arrangement by a copula: "the truce is in effect", "the truce is over"."""
    if child(noun, "cop") is not None:
        return
    head = noun.head
    if noun.dep_ in {"nsubj", "nsubj:pass"} and child(head, "cop") is not None:
        if has_role(head, "effect") and "in" in prepositions(head):
            yield StepTold("started", head)
        elif lemma(head) in {"over", "dead", "finished"} and not is_negated(head):
            yield StepTold("ended", head)


def told_by_verb(noun: Token) -> Iterator[StepTold]:
    """What the verb says of the arrangement that is its subject, its object or stands behind its preposition."""
    verb = noun.head
    if verb.pos_ not in {"VERB", "AUX", "ADJ"} or verb.i == noun.i:
        return
    relation = noun.dep_
    if relation in SUBJECTS and noun.i > verb.i and any(found.i < verb.i for found in children(verb, *SUBJECTS)):
        return  # the verb has its subject before it
    if has_role(verb, "keeping") and verb.tag_ in {"VB", "VBG"} and not is_negated(verb):
        return
    if relation in SUBJECTS and lemma(verb) in truce_words("raising"):
        verb = child(verb, "xcomp") or verb
    if relation == "nsubj" and not is_passive(verb):
        step = subject_step(verb)
    elif relation == "obj" and lemma(verb) == "have":
        step = "started" if verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"} and not is_negated(verb) else None
    elif relation in {"obj", "nsubj:pass", "nsubj", "xcomp"}:
        step = object_step(verb) or (subject_step(verb) if _is_half_passive(verb, relation) else None)
    elif relation in {"obl", "nmod", "advcl"}:
        step = _oblique_step(noun, verb)
    else:
        step = None
    if step is not None:
        told = in_mood(step, verb)
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
            step = object_step(other) if is_passive(other) else subject_step(other)
            if step is not None:
                yield StepTold(step, other)


def subject_step(verb: Token) -> TruceStep | None:
    """The step that a verb tells of its subject: "the truce collapsed"; None where it tells none."""
    word = _with_particle(verb)
    step = step_words("subject").get(word) or step_words("subject").get(lemma(verb))
    if step == "started" and is_negated(verb):
        return "collapsed" if lemma(verb) in {"hold", "last"} else None
    if _is_to_a_halt(verb):
        return "collapsed"
    if lemma(verb) in truce_words("coming"):
        return "started" if _is_into_effect(verb) or _is_into_its_day(verb) else None
    return step


def _is_to_a_halt(verb: Token) -> bool:
    """Whether it is "brought to a halt", "came to a standstill"."""
    return has_role(verb, "to-a-halt") and any(
        found.lower_ in {"halt", "standstill"} and "to" in prepositions(found) for found in verb.children
    )


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


def object_step(verb: Token) -> TruceStep | None:
    """The step that a verb tells of its object: "violated the truce"; None where it tells none."""
    step = step_words("object").get(_with_particle(verb)) or step_words("object").get(lemma(verb))
    if _is_to_a_halt(verb):
        return "collapsed"
    if step == "announced" and _is_said_to_be_over(verb):
        return "ended"
    if is_passive(verb) and lemma(verb) in {"consider", "discuss"} and step == "proposed":
        return None  # "was considered a secure zone"
    if step is None and lemma(verb) in truce_words("coming") and _is_into_effect(verb):
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
    if before & truce_forms("circumstance"):
        return None
    if has_role(verb, "keeping") or lemma(verb) in {"commit", "stick", "adhere"}:
        broken: TruceStep = "rejected" if auxiliaries(verb) & FUTURE else "violated"
        return broken if is_negated(verb) else None
    if is_passive(verb) and not before & {"to", "on", "for"}:
        return None
    if not before & truce_forms("before-object"):
        return None
    step = object_step(verb)
    return step if step in {"proposed", "agreed", "rejected"} else None


def _with_particle(verb: Token) -> str:
    """The verb with the word after it, which may be its particle: "ruled out", "broken down"."""
    following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    return f"{lemma(verb)} {particle(verb) or following}".strip()


def in_mood(step: TruceStep, verb: Token) -> StepTold | None:
    """The step as the verbs above have it: asked for, refused, promised; None where it is only kept or feared."""
    above = (told for link, governor in _clauses_above(verb) for told in _as_above(step, verb, link, governor))
    return next(above, _by_itself(step, verb))


def _clauses_above(verb: Token) -> Iterator[tuple[str, Token]]:
    """The words that govern the verb's clause, nearest first, each with the relation of what it governs."""
    above = verb
    for _ in range(_CLIMB):
        if above.dep_ not in _CLAUSES or above.head.i == above.i:
            return
        link, above = above.dep_, above.head
        asked = lemma(above) in truce_words("asking-somebody") or _is_gerund_object(verb)
        if link == "advcl" and above.i < verb.i and asked:
            link = "xcomp"
        if link == "conj":
            continue
        yield link, above
        if link not in _CONTENTS:
            return


def _as_above(step: TruceStep, verb: Token, link: str, above: Token) -> Iterator[StepTold | None]:
    """What the word above makes of the step, None for no step; the first counts, and nothing leaves it as it is."""
    if link == "xcomp" and is_unreal(above):
        yield StepTold("proposed", above) if step in {"agreed", "started"} else None
    if link == "xcomp" and step in {"announced", "started"} and _is_agreeing(above):
        yield StepTold("agreed", above)
    if link in _CONTENTS and has_role(above, "refusing"):
        yield StepTold("rejected", above) if step not in {"violated", "collapsed", "ended"} else None
    if has_role(above, "asking") and has_role(verb, "keeping"):
        yield None
    if link in {*_CONTENTS, "acl"} and has_role(above, "asking"):
        yield _asked_for(step, verb, above)
    if link in _CONTENTS and has_role(above, "ordering") and step == "started":
        yield StepTold("announced", above)
    if above.pos_ == "NOUN" and _is_turned_down(above):
        yield StepTold("rejected", above.head)
    if above.pos_ == "NOUN" and step_words("noun").get(lemma(above)) == "proposed":
        yield StepTold("proposed", above)


def _is_agreeing(verb: Token) -> bool:
    return step_words("object").get(lemma(verb)) == "agreed" and lemma(verb) != "make"


def _asked_for(step: TruceStep, verb: Token, asking: Token) -> StepTold | None:
    if step in {"agreed", "announced", "started", "extended"}:
        return StepTold("proposed", asking)
    return StepTold(step, verb) if step == "proposed" else None


def _by_itself(step: TruceStep, verb: Token) -> StepTold | None:
    """The step as the verb's own auxiliaries and the verb right above have it: "should begin", "is set to begin"."""
    if is_unreal(verb):
        wanted = step in {"agreed", "started"} and auxiliaries(verb) & {"should", "must"}
        return StepTold("proposed", verb) if wanted else None
    if step == "started" and auxiliaries(verb) & FUTURE and not auxiliaries(verb) & {"to"}:
        return StepTold("announced", verb)
    if step == "started" and verb.dep_ == "xcomp" and _is_preparing(verb.head):
        return StepTold("announced", verb.head)
    return StepTold(step, verb)


def _is_preparing(verb: Token) -> bool:
    return ground_form(verb, truce_words("preparing")) in truce_words("preparing")


def _is_gerund_object(verb: Token) -> bool:
    """Whether a gerund is what the verb above is about: "hinted at establishing a zone"."""
    return verb.text.endswith("ing") and any(found.lower_ in {"at", "about", "on"} for found in children(verb, "mark"))


def _is_turned_down(noun: Token) -> bool:
    """Whether somebody refuses what the noun stands for: "vetoed a resolution that calls for a truce"."""
    return noun.dep_ in {"obj", "nsubj:pass"} and step_words("object").get(lemma(noun.head)) == "rejected"


def is_unreal(verb: Token) -> bool:
    """Whether it is only possible or conditional: "could collapse", "if the truce holds"."""
    if auxiliaries(verb) & truce_forms("doubting"):
        return True
    conditional = any(found.lower_ in {"if", "unless", "whether"} for found in children(verb, "mark"))
    return conditional or lemma(verb) in truce_words("averting")
