"""Who counted people are, as far as their phrase says: children, medics, fighters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.people import (
    Kind,
    is_combatant_name,
    is_one_of_two_groups,
    kind_of_noun,
    known_people,
)
from onrecord.reading.casualties.victims import LONGEST_PHRASE, Victims
from onrecord.reading.syntax import sentence_of


def kind_of(victims: Victims) -> Kind:
    """Who the counted people are, as far as their phrase says."""
    noun = victims.noun
    if noun is None:
        return Kind()
    if noun.ent_type_ == "person":
        return _kind_of_name(noun)
    kind = kind_of_noun(noun)
    if kind.group is not None and victims.quantity.count != 1 and is_one_of_two_groups(noun, kind):
        kind = Kind(None, kind.status)
    return _kind_with_modifiers(noun, victims, kind)


def _kind_of_name(name: Token) -> Kind:
    """Who a named person is, by a title or an apposition: "Colonel …", "…, a Nusra leader"."""
    beside = [child for child in name.children if child.dep_ in ("appos", "compound", "flat", "nmod")]
    kinds = (known_people(token) for token in beside if token.ent_type_ != "person")
    return next((kind for kind in kinds if kind is not None), Kind())


def _kind_with_modifiers(noun: Token, victims: Victims, kind: Kind) -> Kind:
    group, status = kind.group, kind.status
    for token in noun.doc[victims.start : min(noun.i + 1 + LONGEST_PHRASE, sentence_of(noun).end)]:
        if token == noun or not _describes(token, noun, victims):
            continue
        told = _modifiers().get(token.lower_) or _modifiers().get(_hyphened(token))
        if told is not None and (group is None or status == "unknown"):
            group, status = group or told.group, told.status if status == "unknown" else status
        elif status == "unknown" and is_combatant_name(token):
            status = "combatant"
    return Kind(group, status)


def _hyphened(token: Token) -> str:
    """ "pro-regime", which the tokenizer takes apart."""
    before = token.doc[max(token.i - 2, 0) : token.i]
    return f"{before[0].lower_}-{token.lower_}" if len(before) == 2 and before[1].text == "-" else ""


def _describes(token: Token, noun: Token, victims: Victims) -> bool:
    """Whether the token stands in the noun's own phrase: before it, or in an "of" or "from" phrase right after it."""
    if victims.start <= token.i < noun.i:
        return True
    between = noun.doc[noun.i + 1 : token.i + 1]
    linked = len(between) > 0 and between[0].lower_ in ("of", "from")
    return linked and len(between) <= LONGEST_PHRASE and not any(each.pos_ in ("VERB", "AUX") for each in between)


@cache
def _modifiers() -> Mapping[str, Kind]:
    return {
        row["word"]: Kind(row["group"] or None, row["status"] or "unknown")  # type: ignore[arg-type]
        for row in rows("people-modifiers")
    }
