"""Numbers that are the years of people and count nobody: "aged 12", "Umm Ahmad, 34, and her daughter Rana, 6"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.people import is_people
from onrecord.reading.numbers import Quantity

_REACH = 8
_OLDEST = 115
_OPENING = frozenset({",", "("})
_ENDING = frozenset({"PUNCT", "CCONJ"})


def is_age(doc: Doc, quantity: Quantity) -> bool:
    """Whether the number tells how old somebody is."""
    return _is_after_aged(doc, quantity) or _is_beside_one_person(doc, quantity)


def _is_after_aged(doc: Doc, quantity: Quantity) -> bool:
    """ "aged 12", "children aged two, five and seven"."""
    before = reversed(list(doc[max(quantity.start - _REACH, 0) : quantity.start]))
    word = next((token for token in before if not (token.like_num or token.lower_ in casualty_words("listing"))), None)
    return word is not None and word.lower_ in casualty_words("aged")


def _is_beside_one_person(doc: Doc, quantity: Quantity) -> bool:
    """ "Umm Ahmad, 34,", "his sister (5)", "Rana 6 and": a bare number right after one person, that counts nothing."""
    lead = list(doc[max(quantity.start - 2, 0) : quantity.start])
    marked = bool(lead) and lead[-1].text in _OPENING
    person = lead[-2] if marked and len(lead) == 2 else lead[-1] if lead and not marked else None
    if person is None or not (quantity.qualifier == "exact" and quantity.count and quantity.count <= _OLDEST):
        return False
    if not _is_one_person(person, named=not marked):
        return False
    following = doc[quantity.end : quantity.end + 1]
    return len(following) == 0 or following[0].pos_ in _ENDING


def _is_one_person(token: Token, *, named: bool) -> bool:
    if token.ent_type_ == "person":
        return True
    return not named and token.tag_ == "NN" and not token.ent_type_ and is_people(token)
