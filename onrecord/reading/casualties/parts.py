"""Tolls within tolls: "17, including five children", "eight of them women", "two medics were among the dead"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.people import Kind, is_one_of_two_groups, is_people, kind_of_noun, partitives
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.syntax import SUBJECTS, sentence_of

_LONGEST_PHRASE = 4
_AUXILIARIES = frozenset({"AUX", "ADV", "PART", "PUNCT"})
_NEW_PARTS = frozenset({"among", "including", "and"})
AMONG = frozenset({"among", "amongst"})
_REACH = 5
_SUBJECT_REACH = 10


def is_introduced_as_part(victims: Victims) -> bool:
    """Whether the words before or after the phrase put it into a larger number: "including 5 children"."""
    doc, after = victims.doc, victims.quantity.end
    before = any(
        _phrase(doc, victims.start - length, victims.start) in _phrases("before")
        for length in range(1, _LONGEST_PHRASE + 1)
    )
    return before or any(
        _phrase(doc, after, after + length) in _phrases("after") for length in range(1, _LONGEST_PHRASE + 1)
    )


def those_told_before(victims: Victims) -> Token | None:
    """The word for those already told: "the dead" of "three children were among the dead"."""
    doc, sentence = victims.doc, sentence_of(victims.head)
    lead = [token for token in doc[max(victims.start - 2, sentence.start) : victims.start] if token.pos_ != "DET"]
    if lead and lead[-1].pos_ == "ADP":
        return None  # "13 rebels from six families were among the dead": the families are not
    after = _from_among(doc[victims.end : min(victims.end + _SUBJECT_REACH, sentence.end)])
    before = doc[max(victims.start - _REACH, sentence.start) : victims.start]
    found = (_among(tokens) for tokens in (after, *(list(before)[at:] for at in range(len(before)))))
    return next((word for word in found if word is not None), None)


def _from_among(tokens: Span) -> list[Token]:
    """The tokens from "among" on, where only the rest of the subject and an auxiliary stand before it."""
    for at, token in enumerate(tokens):
        if token.lower_ in AMONG:
            return list(tokens)[at:] if any(before.pos_ == "AUX" for before in tokens[:at]) or at == 0 else []
        if token.pos_ == "VERB":
            return []
    return []


def _among(tokens: list[Token]) -> Token | None:
    words = [token for token in tokens[:4] if token.lower_ != "the"]
    if len(words) < 2 or not _opens_those(words[0]) or words[1].lower_ not in partitives():
        return None
    return words[2] if words[1].lower_ in ("those", "these") and len(words) > 2 and words[2].is_alpha else words[1]


def _opens_those(word: Token) -> bool:
    """Whether a word for people already told may follow: "among the dead were …", "Of these, seven …"."""
    return word.lower_ in AMONG or (word.lower_ == "of" and word.is_sent_start is True)


def is_next_in_list(victims: Victims, previous: Victims) -> bool:
    """Whether the phrase goes on with the list that the previous one stands in: "5 children and two women"."""
    between = victims.doc[previous.end : victims.start]
    aged = previous.quantity.count == 1 and len(between) > 1 and between[1].like_num  # "a doctor, 50, and a nurse"
    words = [token for token in between if not (aged and token.like_num)]
    return 0 < len(words) <= _REACH and all(token.lower_ in casualty_words("joint") for token in words)


def is_the_same_person(victims: Victims, previous: Victims) -> bool:
    """Whether one person is told of twice: "one of them a child", "a commander, Abu Laila,"."""
    if (victims.quantity.count, previous.quantity.count) != (1, 1):
        return False
    between = victims.doc[previous.end : victims.start]
    if len(between) > _REACH or not all(token.lower_ in casualty_words("naming") for token in between):
        return False
    return partitive_of(previous) is not None or (victims.noun is not None and victims.noun.ent_type_ == "person")


def partitive_of(victims: Victims) -> Token | None:
    """The word for the people already counted: "those" of "ten of those killed"; None where there is none."""
    noun = victims.noun
    if noun is None or noun.lower_ not in partitives() or noun.i < victims.quantity.end:
        return None
    return noun if any(token.lower_ == "of" for token in victims.doc[victims.quantity.end : noun.i]) else None


def kind_of_partitive(partitive: Token) -> Kind:
    """Who those of "ten of them …" are: the people named next, as attribute or predicate ("… were children")."""
    told = False
    for token in partitive.doc[partitive.i + 1 : min(partitive.i + 2 + _REACH, sentence_of(partitive).end)]:
        if token.lower_ == "by":
            break  # "ten of those executed by soldiers": who did it
        told = told or token.pos_ == "VERB"
        if token.lower_ in _NEW_PARTS or (told and token.pos_ == "PUNCT") or _tells(token):
            break
        if token.pos_ in ("NOUN", "PROPN", "ADJ") and is_people(token):
            kind = kind_of_noun(token)
            return Kind(None, kind.status) if is_one_of_two_groups(token, kind) else kind
    return Kind()


def _tells(token: Token) -> bool:
    """ "five of the wounded died, medics said": the medics are who tells it."""
    return token.dep_ in SUBJECTS and token.head.lemma_.lower() in casualty_words("speech")


def whole_named_after(victims: Victims, phrases: Sequence[Victims]) -> Victims | None:
    """The larger number that follows "among": "two medics were among at least 31 people killed"."""
    doc = victims.doc
    later = next((phrase for phrase in phrases if phrase.start >= victims.end), None)
    if later is not None and is_next_in_list(later, victims):
        return whole_named_after(later, phrases)
    for token in doc[victims.end : min(victims.end + _REACH, sentence_of(victims.head).end)]:
        if token.lower_ in AMONG:
            named = token.i + 1 < len(doc) and doc[token.i + 1].lower_ in partitives()
            following = (phrase for phrase in phrases if 0 <= phrase.start - token.i - 1 <= 1)
            return None if named else next(following, None)
        if token.pos_ not in _AUXILIARIES:
            return None
    return None


def _phrase(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    return tuple(token.lower_ for token in doc[max(start, 0) : end])


@cache
def _phrases(place: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row["phrase"].split()) for row in rows("part-phrases") if row["place"] == place)
