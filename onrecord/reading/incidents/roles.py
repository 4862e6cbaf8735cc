"""Who did it, to whom: the doers and undergoers of a word that tells a happening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.words import (
    EventWord,
    any_lemma_in,
    carries,
    is_actor,
    is_part,
    is_weapon,
    light_role,
    target_kind,
)
from onrecord.reading.syntax import (
    OBLIQUES,
    all_conjuncts,
    children,
    doers,
    is_passive,
    obliques,
    subjects,
    undergoers,
)

TypeAt = Callable[[Token], str | None]
_LEADERS = frozenset({"place", "nationality", "organisation"})
_BLASTS = frozenset({"explosives", "suicide-attack", "primitive"})


@dataclass(frozen=True, slots=True)
class Roles:
    """The heads of the phrases for who did it and whom or what it was done to."""

    doers: tuple[Token, ...] = ()
    undergoers: tuple[Token, ...] = ()


def roles_of(token: Token, word: EventWord, type_at: TypeAt) -> Roles:
    """The doers and undergoers of a word in its place; expletive subjects ("there") are nobody.

    `type_at` gives the type of the name that a token stands in.
    """
    nominal = token.pos_ in {"NOUN", "PROPN", "PRON"}
    found = _nominal(token, word, type_at) if nominal else _verbal(token, word)
    return Roles(_persons(found.doers), _persons(found.undergoers))


def _persons(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    wholes = (whole(found) for found in tokens)
    return tuple(found for found in wholes if not _is_nobody(found) and found.pos_ not in {"VERB", "SCONJ"})


def _is_party(token: Token) -> bool:
    return bool(token.ent_type_) or is_actor(token) or target_kind(token) == "person"


def _is_nobody(token: Token) -> bool:
    """Whether the word stands for nobody; "it" may be the one who says so: "the army said it had killed 40 rebels"."""
    is_speaker = token.lower_ == "it" and token.dep_ == "nsubj" and token.head.dep_ in {"ccomp", "acl"}
    return token.lower_ in incident_words("nobody") and not is_speaker


def whole(token: Token) -> Token:
    """What a number, share or part is of: "bodyguards" of "two of his bodyguards"; else the token itself."""
    if token.pos_ == "NUM" or any_lemma_in(token, incident_words("share")) or is_part(token):
        inner = obliques(token, "of")
        return inner[0] if inner else token
    return token


def _verbal(verb: Token, word: EventWord) -> Roles:
    if word.roles == "undergone":
        return Roles(tuple(obliques_of_cause(verb)), tuple(subjects(verb)))
    if word.roles == "weapon":
        return Roles((), tuple(_things(all_conjuncts(obliques(verb, *incident_words("around"))))))
    if word.roles in {"sides", "about"}:
        return Roles(tuple(_sides(verb, about=word.roles == "about")))
    if word.roles == "harm" and _is_bare_passive(verb):
        return Roles((), tuple(subjects(verb)))
    done_to = [found for found in undergoers(verb) if not _is_told_by(found, word)] or _prepositional(verb)
    by = [found for found in doers(verb) if found not in done_to]
    if word.mode in _BLASTS:
        done_to = [found for found in done_to if not is_weapon(found)] + _things(
            all_conjuncts(obliques(verb, *incident_words("around")))
        )
    return Roles(tuple(by), tuple(done_to))


def _is_told_by(noun: Token, word: EventWord) -> bool:
    """Whether the verb tells the deed by its object: "fire" of "opened fire", "rockets" of "fired rockets"."""
    wanted = {each for condition in word.conditions if condition.key == "obj" for each in condition.words}
    return any_lemma_in(noun, wanted) and (is_weapon(noun) or target_kind(noun) is None) and not is_actor(noun)


def _is_bare_passive(verb: Token) -> bool:
    """Whether a verb that needs an object has none: "40 killed in raid", or a passive that was parsed badly."""
    return verb.tag_ in {"VBD", "VBN"} and not is_passive(verb) and not children(verb, "obj")


def _things(tokens: list[Token]) -> list[Token]:
    return [found for found in tokens if target_kind(found) in {"facility", "vehicle"}]


def obliques_of_cause(verb: Token) -> list[Token]:
    """Who is behind a death that only happens: "died at the hands of gunmen"."""
    return [found for hand in obliques(verb, "at") if hand.lemma_ == "hand" for found in obliques(hand, "of")]


def _prepositional(verb: Token) -> list[Token]:
    return all_conjuncts(obliques(verb, *incident_words("onto"), "into", "from", "with", "to"))[:3]


def _sides(verb: Token, *, about: bool) -> list[Token]:
    """Those who meet or fight; the object of "discuss" is what it is `about`."""
    if is_passive(verb):
        return doers(verb) if about else undergoers(verb)
    met = [found for found in all_conjuncts(children(verb, "obj")) if _is_party(found)]
    found = subjects(verb) + ([] if about else met) + all_conjuncts(obliques(verb, "with", "against"))
    return list(dict.fromkeys(found))


def _nominal(noun: Token, word: EventWord, type_at: TypeAt) -> Roles:
    own = _of_noun(noun, word, type_at)
    lent = _lent(noun, word)
    return Roles(own.doers or lent.doers, own.undergoers or lent.undergoers)


def _of_noun(noun: Token, word: EventWord, type_at: TypeAt) -> Roles:
    by = all_conjuncts(obliques(noun, "by")) or _of_participles(noun)
    on = all_conjuncts(obliques(noun, "against", "on", "upon"))
    of = all_conjuncts(obliques(noun, "of"))
    if word.roles == "sides":
        # "Clashes raged in Marea between Kurdish forces and rebels": the sides may hang on the verb, or on the town.
        near = [noun, noun.head, *obliques(noun.head, "in", "at", "near")] if noun.dep_ == "nsubj" else [noun]
        between = all_conjuncts(each for at in near for each in obliques(at, "between", "among", "with", "of"))
        return Roles((*_modifying_doers(noun, type_at), *between))
    if word.roles == "doer":
        if noun.dep_ not in {"nsubj", "obl:agent"}:
            return Roles()  # "eliminated two suicide bombers"
        return Roles((noun,), tuple(_things(all_conjuncts(obliques(noun.head, *incident_words("around"))))))
    if word.roles == "suffered":
        of = of + all_conjuncts(children(noun, "nmod:poss"))
        return Roles(tuple(by or _modifying_doers(noun, type_at)), tuple(of or on))
    if word.roles == "weapon" or word.mode in _BLASTS:
        on = on + _things(all_conjuncts(obliques(noun, *incident_words("around"))))
    by = by or all_conjuncts(children(noun, "nmod:poss")) or _modifying_doers(noun, type_at)
    return Roles(tuple(by), tuple(on or _named_things(of, type_at) or _modifying_targets(noun)))


def _of_participles(noun: Token) -> list[Token]:
    """Who a clause on the noun says did it: "rebels" of "an attack carried out by rebels"."""
    clauses = children(noun, "acl", "acl:relcl")
    return [found for verb in clauses if carries(verb) for found in doers(verb) if found.i != noun.i]


def _modifying_doers(noun: Token, type_at: TypeAt) -> list[Token]:
    """The modifiers that name an actor: "Israeli" of "Israeli raid", "rebel" of "rebel attack"."""
    near = [found for found in noun.children if found.dep_ in {"compound", "amod", "nmod"} and found.i < noun.i]
    leading = [found for led in near if led.lower_ == "led" for found in led.children if type_at(found) in _LEADERS]
    return leading + [
        found
        for found in near
        if type_at(found) in {"nationality", "organisation"}
        or (type_at(found) is None and is_actor(found) and found.pos_ in {"NOUN", "PROPN"})
    ]


def _modifying_targets(noun: Token) -> list[Token]:
    near = [found for found in noun.children if found.dep_ == "compound" and found.i < noun.i]
    return [found for found in near if target_kind(found) in {"facility", "vehicle"} and not is_weapon(found)]


def _named_things(tokens: list[Token], type_at: TypeAt) -> list[Token]:
    return [found for found in tokens if target_kind(found) or type_at(found) in {"person", "organisation", "facility"}]


def _lent(noun: Token, word: EventWord) -> Roles:
    """What a light verb lends its noun: "rebels" of "rebels launched an attack on the town", and "town"."""
    verb = noun.head if noun.dep_ in {"obj", "nsubj:pass", *OBLIQUES} else None
    if verb is None or verb.pos_ != "VERB":
        verb = noun.head if noun.dep_ == "acl:relcl" else None
    if verb is None:
        return Roles()
    role = light_role(verb, noun)
    if role is None:
        return Roles()
    onto = all_conjuncts(obliques(verb, "against", "on", "upon"))
    if role == "patient":
        return Roles((), tuple(subjects(verb)))
    return Roles(tuple(found for found in doers(verb) if found.i != noun.i), tuple(onto))
