"""Single people, "a child", "the pilot", "Abu Hassan", and none at all: "nobody", "no casualties"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.harm_words import harm_word, has_object, is_before_a_number, is_past
from onrecord.reading.casualties.people import collectives, is_people
from onrecord.reading.casualties.victims import Victims, singular
from onrecord.reading.numbers import Quantity
from onrecord.reading.syntax import SUBJECTS, sentence_of

_ARTICLES = frozenset({"a", "an"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_BEFORE_NOUN = frozenset({"ADJ", "NOUN", "PROPN"})
_LONGEST_LEAD = 3
_NOBODY = frozenset({"nobody", "none", "noone"})


def single_people(doc: Doc) -> Iterator[Victims]:
    """Single people: "a child", "the pilot", "Abu Hassan"."""
    for token in doc:
        if token.ent_type_ == "person" and token.ent_iob_ == "B":
            name = next(ent for ent in doc.ents if ent.start == token.i)
            yield Victims(singular(name.root), name.root, name.root, name.start, name.end, named=True)
        elif not token.ent_type_ and (_is_single(token) or _is_age_of_somebody(token)):
            yield from _single(token)
        if _is_one_more(token):
            yield Victims(singular(token), token, None, token.i - 1, token.i + 1)


def _is_single(noun: Token) -> bool:
    return noun.tag_ == "NN" and is_people(noun) and noun.lemma_.lower() not in collectives()


def _is_one_more(ordinal: Token) -> bool:
    """ "killed two and injured a third", but no "third of" and no "third attack"."""
    if ordinal.lower_ not in ordinals() or ordinal.i == 0 or ordinal.nbor(-1).lower_ != "a":
        return False
    following = ordinal.doc[ordinal.i + 1 : ordinal.i + 2]
    return len(following) == 0 or (following[0].pos_ not in _NOMINAL and following[0].lower_ != "of")


def _opens_a_headline(noun: Token) -> bool:
    """ "Palestinian teen shot dead in Jenin", "Soldier among five killed": a single person without an article."""
    lead = noun.doc[sentence_of(noun).start : noun.i]
    if len(lead) > _LONGEST_LEAD or any(token.pos_ not in _BEFORE_NOUN for token in lead):
        return False
    following = noun.doc[noun.i + 1 : noun.i + 2]
    if len(following) == 0 or following[0].i >= sentence_of(noun).end:
        return False
    word = harm_word(following[0], "verb") if is_past(following[0]) else None
    suffers = word is not None and word.victim == "object" and not is_before_a_number(following[0])
    shot_dead = [token.lower_ for token in noun.doc[noun.i + 1 : noun.i + 3]] == ["shot", "dead"]
    return following[0].lower_ == "among" or shot_dead or (suffers and not has_object(following[0]))


def _is_age_of_somebody(token: Token) -> bool:
    """ "the 34-year-old", who is named no further."""
    before = token.doc[max(token.i - 4, 0) : token.i]
    if token.lower_ != "old" or len(before) < 4 or not before[0].like_num:
        return False
    return [before[1].text, before[3].text] == ["-", "-"] and token.dep_ in (*SUBJECTS, "obj", "conj", "obl", "nmod")


def _single(noun: Token) -> Iterator[Victims]:
    determiners = [child for child in noun.children if child.dep_ in ("det", "nmod:poss") and child.i < noun.i]
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    titles = following is not None and following.ent_type_ == "person"  # "Colonel Franklin Quintero"
    if not determiners and _is_second_of_two(noun):
        yield Victims(singular(noun), noun, noun, noun.i, noun.i + 1)
    elif not determiners and not titles and _opens_a_headline(noun):
        yield Victims(singular(noun), noun, noun, sentence_of(noun).start, noun.i + 1)
    counted = any(child.dep_ == "nummod" and child.i < noun.i for child in noun.children) and noun.lower_ != "old"
    if counted or titles or not determiners or noun.dep_ == "compound":
        return
    article = determiners[0]
    if noun.dep_ == "appos" and not _is_named_as_part(article):
        return  # what somebody is, told beside the name
    if article.lower_ in _ARTICLES or article.lower_ == "another":
        yield Victims(singular(noun), noun, noun, article.i, noun.i + 1)
    elif article.lower_ not in casualty_words("every"):
        yield Victims(singular(noun), noun, noun, article.left_edge.i, noun.i + 1, named=True)


def _is_named_as_part(article: Token) -> bool:
    """ "three people, among them a boy", but not "one of them a boy", which is told by the number."""
    words = [token.lower_ for token in article.doc[max(article.i - 2, 0) : article.i]]
    return words[-1:] == ["including"] or words == ["among", "them"]


def _is_second_of_two(noun: Token) -> bool:
    """ "a woman and child", "a father, mother and two sons": the second one, without an article of its own."""
    before = noun.doc[max(noun.i - 3, 0) : noun.i]
    if len(before) < 3 or before[0].lower_ not in _ARTICLES:
        return False
    listed = before[2].text == "," and noun.i + 1 < len(noun.doc) and noun.nbor().lower_ == "and"
    return (listed or before[2].lower_ == "and") and before[1].tag_ == "NN" and is_people(before[1])


def nobody(doc: Doc) -> Iterator[Victims]:
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
def ordinals() -> Mapping[str, int]:
    """Ordinals that may stand for one more person: "a third" is 3."""
    return {row["word"]: int(row["value"]) for row in rows("ordinals")}
