"""Steps told beside an arrangement without its name: "since it came into effect", "but the shelling has continued"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from onrecord.reading.syntax import children, conjuncts, subjects
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.words import StepTold, has_role, lemma, step_words, truce_forms, truce_words

_PRONOUNS = frozenset({"it", "they", "one", "this"})
_EARLIER = frozenset({"last", "previous", "earlier", "first", "former"})
_LITTLE = frozenset({"little", "no", "limited", "scant"})


def echoes_in(sentence: Span, one: Arrangement) -> Iterator[StepTold]:
    """What the sentence of the arrangement tells of it by a pronoun, by fire that goes on, or by who objects."""
    for token in sentence:
        told = _taken_up(token, one) or _objected(token, one) or _in_force(token, one) or _marred(token, one)
        if told is not None:
            yield told
    going_on = fire_goes_on(sentence)
    if going_on is not None:
        yield going_on


def fire_goes_on(sentence: Span) -> StepTold | None:
    """The word that tells that fire continues: "shelling has continued", "continued air strikes", "little impact"."""
    for token in sentence:
        if has_role(token, "continuing") and _is_of_fire(token):
            return StepTold("violated", token)
        if lemma(token) in {"impact", "effect"} and any(child.lower_ in _LITTLE for child in token.children):
            return StepTold("violated", token)
    return None


def turns_against(sentence: Span) -> bool:
    """Whether a sentence begins as one that contradicts the one before: "But the fighting has continued"."""
    return any(token.lower_ in truce_forms("turning") for token in sentence[:3])


def _is_of_fire(token: Token) -> bool:
    """Whether what goes on is fire: its subject, its object, what it modifies, or the verb after "continue to"."""
    if token.tag_ in {"VBN", "JJ", "VBD"} and token.dep_ == "amod":
        return any(has_role(noun, "attack") for noun in conjuncts(token.head))
    if token.pos_ != "VERB":
        return False
    said_of = [*subjects(token), *children(token, "obj")]
    if any(has_role(each, "attack") and each.pos_ == "NOUN" for noun in said_of for each in conjuncts(noun)):
        return lemma(token) not in {"go", "carry"} or any(child.lower_ in {"on", "out"} for child in token.children)
    return any(has_role(done, "attack") or lemma(done) in truce_words("firing") for done in children(token, "xcomp"))


def _taken_up(token: Token, one: Arrangement) -> StepTold | None:
    """A clause whose subject takes the arrangement up: "since it came into effect", "the last one broke down"."""
    if token.i < one.end or token.lower_ not in _PRONOUNS or token.dep_ == "det":
        return None
    before = token.doc[token.i - 1] if token.i else token
    if before.pos_ == "VERB" and step_words("object").get(lemma(before)) == "violated":
        return StepTold("violated", before)  # "had breached it 677 times"
    following = token.doc[token.i + 1 : min(token.i + 6, one.sentence.end)]
    for verb in following:
        if verb.pos_ == "VERB" and _into_effect(verb, one.sentence):
            return StepTold("started", verb, modifier=True)
        step = step_words("subject").get(lemma(verb)) or step_words("subject").get(_two_words(verb))
        earlier = any(child.lower_ in _EARLIER for child in token.children)
        if verb.pos_ == "VERB" and earlier and step in {"collapsed", "ended"}:
            return StepTold(step, verb)
    return None


def _two_words(verb: Token) -> str:
    following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    return f"{lemma(verb)} {following}"


def _into_effect(verb: Token, sentence: Span) -> bool:
    if lemma(verb) not in {"come", "go", "take", "enter", "be"} and verb.lower_ not in {
        "came",
        "went",
        "took",
        "entered",
    }:
        return False
    return any(token.lower_ in truce_words("effect") for token in verb.doc[verb.i + 1 : min(verb.i + 4, sentence.end)])


def _in_force(token: Token, one: Arrangement) -> StepTold | None:
    """ "In force since August" after the name."""
    near = one.end < token.i <= one.end + 6 and token.lower_ in truce_words("effect")
    if near and token.doc[token.i - 1].lower_ == "in" and token.doc[token.i + 1 : token.i + 2].text.lower() == "since":
        return StepTold("started", token, modifier=True)
    return None


def _marred(token: Token, one: Arrangement) -> StepTold | None:
    """ "Marred by violations" after the name."""
    if token.i <= one.end or step_words("noun").get(lemma(token)) != "violated":
        return None
    before = token.doc[max(token.i - 3, one.end) : token.i]
    counted = token.dep_ == "obj" and token.head.lemma_ in truce_words("recording")
    return StepTold("violated", token) if counted or any(word.lower_ == "by" for word in before) else None


def _objected(token: Token, one: Arrangement) -> StepTold | None:
    """A noun or verb by which somebody refuses it: "prompting objections from Iran", "denounced that offer"."""
    if token.i < one.end:
        return None
    if token.pos_ == "NOUN" and step_words("noun").get(lemma(token)) == "rejected":
        told_whose = any(child.dep_ == "nmod" for child in token.children) or token.doc[token.i + 1].lower_ in {
            "from",
            "by",
        }
        return StepTold("rejected", token) if told_whose and token.i + 1 < len(token.doc) else None
    if token.pos_ == "VERB" and step_words("object").get(lemma(token)) == "rejected":
        objects = children(token, "obj", "nsubj:pass", "ccomp")
        return StepTold("rejected", token) if any(lemma(each) in truce_words("refused") for each in objects) else None
    return None
