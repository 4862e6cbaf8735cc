"""Phrases that count people: "at least 12 civilians", "dozens of others", "a child", "a family of six", "no one".

A phrase here is a number with the noun that it counts. Whether harm came to these people is for `harm` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import rows
from onrecord.reading.actors import actor_named
from onrecord.reading.numbers import Quantity, quantities_of
from onrecord.reading.schema import CasualtyStatus

_COUNTING = frozenset({"nummod", "det", "amod", "advmod", "compound", "nmod", "nmod:poss", "flat", "dep"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "PRON", "NUM"})
_LONGEST_PHRASE = 8
_ARTICLES = frozenset({"a", "an"})
_NOBODY = frozenset({"nobody", "none", "noone"})
_COMBATANT_ROLES = frozenset({"force", "armed-group"})


@dataclass(frozen=True, slots=True)
class Kind:
    """Who the people are: their narrower group, and whether they fight."""

    group: str | None = None
    status: CasualtyStatus = "unknown"


@dataclass(frozen=True, slots=True)
class Victims:
    """A phrase that counts people; `start` and `end` are token indices.

    `head` is the word by which the phrase hangs in its clause, `noun` what is counted, None where that is left out
    ("another nine"). `named` says that the phrase is one person's name or a definite singular ("the pilot").
    """

    quantity: Quantity
    head: Token
    noun: Token | None
    start: int
    end: int
    named: bool = False

    @property
    def doc(self) -> Doc:
        return self.head.doc

    @property
    def span(self) -> Span:
        return self.doc[self.start : self.end]


def counted_people(doc: Doc) -> tuple[Victims, ...]:
    """The phrases with a number that may count people, in the order of the text."""
    quantities = [quantity for quantity in quantities_of(doc) if not _is_no_count(doc, quantity)]
    numbered = [phrase for quantity in quantities if (phrase := _phrase(doc, quantity)) is not None]
    taken = {index for phrase in numbered for index in range(phrase.start, phrase.end)}
    others = (phrase for phrase in (*_singles(doc), *_zeros(doc)) if phrase.head.i not in taken)
    return tuple(sorted((*numbered, *others), key=lambda phrase: phrase.start))


def is_people(noun: Token) -> bool:
    """Whether the noun stands for people: a word of the lexicon, a name of people or of a side."""
    return noun.lemma_.lower() in _people() or noun.ent_type_ in ("person", "nationality")


def kind_of(victims: Victims) -> Kind:
    """Who the counted people are, as far as their phrase says."""
    noun = victims.noun
    if noun is None:
        return Kind()
    kind = _kind_of_noun(noun)
    others = [child for child in noun.children if child.dep_ == "conj" and not _is_counted(child)]
    if others and kind.group is not None:
        kind = Kind(None, kind.status)  # "12 women and children" are neither the one nor the other
    return _kind_with_modifiers(noun, victims, kind) if kind.status == "unknown" else kind


def singular(token: Token) -> Quantity:
    """The number of a single person."""
    return Quantity(token.i, token.i + 1, token.i, token.i + 1, 1, 1, 1, "exact")


def _kind_of_noun(noun: Token) -> Kind:
    people = _people()
    before = noun.doc[noun.i - 1].lemma_.lower() if noun.i else ""
    lemma = noun.lemma_.lower()
    known = people.get(f"{before} {lemma}") or people.get(lemma) or people.get(noun.lower_)
    if known is not None:
        return known
    for ending, kind in (("man", "man"), ("men", "man"), ("woman", "woman"), ("women", "woman")):
        if lemma.endswith(ending) and len(lemma) > len(ending) + 2:
            return people[kind] if kind == "woman" else Kind()
    return Kind()


def _kind_with_modifiers(noun: Token, victims: Victims, kind: Kind) -> Kind:
    group, status = kind.group, kind.status
    for token in noun.subtree:
        if not _describes(token, noun, victims):
            continue
        told = _modifiers().get(token.lower_)
        if told is not None:
            group, status = group or told.group, told.status if status == "unknown" else status
        elif status == "unknown" and _is_combatant_name(token):
            status = "combatant"
    return Kind(group, status)


def _describes(token: Token, noun: Token, victims: Victims) -> bool:
    """Whether the token stands in the noun's own phrase: before it, or in an "of" or "from" phrase right after it."""
    if victims.start <= token.i < noun.i:
        return True
    head = token
    while head.head is not noun and head.head is not head and head.dep_ in ("compound", "amod", "flat", "det", "conj"):
        head = head.head
    linked = any(child.lower_ in ("of", "from") and child.dep_ == "case" for child in head.children)
    return head.head is noun and head.dep_ == "nmod" and linked and 0 < head.i - noun.i < _LONGEST_PHRASE


def _is_combatant_name(token: Token) -> bool:
    """Whether the token stands for people who fight: "of the rebels", "Nusra Front members"."""
    known = _people().get(token.lemma_.lower())
    if known is not None and known.status == "combatant":
        return True
    if token.ent_type_ not in ("organisation", "nationality", "misc") or token.ent_iob_ != "B":
        return False
    name = next((ent for ent in token.doc.ents if ent.start == token.i), None)
    actor = actor_named(name.text) if name is not None else None
    return actor is not None and actor.role in _COMBATANT_ROLES


def _is_counted(token: Token) -> bool:
    return any(child.dep_ == "nummod" or child.lower_ in _ARTICLES for child in token.children)


def _is_no_count(doc: Doc, quantity: Quantity) -> bool:
    """Whether the number is money, an age, a time or the like."""
    before = doc[quantity.start - 1] if quantity.start else None
    if before is not None and (before.is_currency or before.lemma_.lower() in ("aged", "age", "ages", "no.")):
        return True
    start, end = doc[quantity.first].idx, doc[quantity.last - 1].idx + 1
    return any(time.start <= start and end <= time.end for time in doc._.times)


def _phrase(doc: Doc, quantity: Quantity) -> Victims | None:
    root = _root(doc, quantity)
    noun = _counted_noun(doc, quantity, root)
    if noun is not None and _is_measure(noun):
        return None
    whole = _collective(root)
    if noun is None and whole is not None:
        return Victims(quantity, whole, whole, min(whole.left_edge.i, whole.i), quantity.end)
    if noun is None:
        return Victims(quantity, root, None, quantity.start, quantity.end)
    head = root if root in noun.ancestors else noun
    return Victims(quantity, head, noun, quantity.start, max(noun.i + 1, quantity.end))


def _root(doc: Doc, quantity: Quantity) -> Token:
    """The word of the number on which its other words hang."""
    inside = range(quantity.first, quantity.last)
    outward = [doc[i] for i in inside if doc[i].head.i not in inside or doc[i].head is doc[i]]
    return next((token for token in outward if token.dep_ not in ("case", "det", "cc")), doc[quantity.last - 1])


def _counted_noun(doc: Doc, quantity: Quantity, root: Token) -> Token | None:
    """What the number counts: "12 (dead) civilians", "dozens of people", "12 of the wounded"."""
    head = root.head
    if root.dep_ in _COUNTING and 0 <= head.i - quantity.end < _LONGEST_PHRASE and head.pos_ in _NOMINAL:
        return head
    for child in root.children:
        linked = any(case.lower_ == "of" and case.i >= quantity.last - 1 for case in child.children)
        if child.dep_ in ("nmod", "obl", "compound") and linked and child.i >= quantity.end:
            return child
    return _following_noun(doc, quantity)


def _following_noun(doc: Doc, quantity: Quantity) -> Token | None:
    """The people named right after the number, for where the parse has lost them."""
    for token in doc[quantity.end : quantity.end + 4]:
        if token.pos_ in ("NOUN", "PROPN") and is_people(token):
            return token
        if token.pos_ not in ("ADJ", "DET", "PROPN", "NOUN") and token.lower_ not in ("of", "other", "more"):
            return None
    return None


def _collective(root: Token) -> Token | None:
    """ "a family of six": the family."""
    linked = root.dep_ == "nmod" and any(child.lower_ == "of" for child in root.children)
    return root.head if linked and root.head.lemma_.lower() in _collectives() and root.head.i < root.i else None


def _is_measure(noun: Token) -> bool:
    return noun.lemma_.lower() in _measures() or noun.is_currency or noun.text == "%"


def _singles(doc: Doc) -> Iterator[Victims]:
    """Single people: "a child", "the pilot", "Abu Hassan"."""
    for token in doc:
        if token.ent_type_ == "person" and token.ent_iob_ == "B":
            name = next(ent for ent in doc.ents if ent.start == token.i)
            yield Victims(singular(name.root), name.root, name.root, name.start, name.end, named=True)
        elif token.tag_ == "NN" and not token.ent_type_ and is_people(token) and token.lemma_.lower() not in _collectives():
            yield from _single(token)


def _single(noun: Token) -> Iterator[Victims]:
    determiners = [child for child in noun.children if child.dep_ in ("det", "nmod:poss") and child.i < noun.i]
    if any(child.dep_ == "nummod" for child in noun.children) or not determiners or noun.dep_ in ("appos", "compound"):
        return
    article = determiners[0]
    if article.lower_ in _ARTICLES or article.lower_ == "another":
        yield Victims(singular(noun), noun, noun, article.i, noun.i + 1)
    elif article.lower_ not in ("no", "every", "any", "each"):
        yield Victims(singular(noun), noun, noun, article.left_edge.i, noun.i + 1, named=True)


def _zeros(doc: Doc) -> Iterator[Victims]:
    """None at all: "no casualties", "nobody", "no one", "no reports of wounded", "without losses"."""
    for token in doc:
        if token.lower_ == "no" and token.i + 1 < len(doc):
            noun = token.head if token.head.i > token.i else doc[token.i + 1]
            yield _zero(token, doc[token.i + 1] if doc[token.i + 1].lower_ == "one" else noun)
        elif token.lower_ in _NOBODY:
            yield _zero(token, token)
        elif token.lower_ == "without" and token.dep_ in ("case", "mark") and token.head.i > token.i:
            yield _zero(token, token.head)


def _zero(first: Token, noun: Token) -> Victims:
    quantity = Quantity(first.i, first.i + 1, first.i, first.i + 1, 0, 0, 0, "exact")
    return Victims(quantity, noun, noun, first.i, max(first.i, noun.i) + 1)


@cache
def _people() -> Mapping[str, Kind]:
    return {row["noun"]: Kind(row["group"] or None, row["status"]) for row in rows("people")}  # type: ignore[arg-type]


@cache
def _modifiers() -> Mapping[str, Kind]:
    return {
        row["word"]: Kind(row["group"] or None, row["status"] or "unknown")  # type: ignore[arg-type]
        for row in rows("people-modifiers")
    }


@cache
def _measures() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("measures"))


@cache
def _collectives() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("collectives"))
