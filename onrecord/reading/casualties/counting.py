"""Phrases that count people: "at least 12 civilians", "dozens of others", "a child", "a family of six", "no one".

A phrase here is a number with the noun that it counts. Whether harm came to these people is for `harm` to say.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.ages import is_age
from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.people import collectives, is_people, partitives, singulars
from onrecord.reading.casualties.singles import nobody, single_people
from onrecord.reading.casualties.victims import LONGEST_PHRASE, Victims
from onrecord.reading.numbers import Quantity, quantities_of

_COUNTING = frozenset({"nummod", "det", "amod", "advmod", "compound", "nmod", "nmod:poss", "flat", "dep"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "PRON", "NUM"})
_COUNTED = frozenset({"NOUN", "ADJ", "NUM"})
_JOINING = frozenset({"-", "'", "’", '"', "“", "”", "(", ")", "‘"})
_DASHES = frozenset({"-", "–", "—"})
_LAST_DAY = 31
_YEARS = range(1900, 2100)


def counted_people(doc: Doc) -> tuple[Victims, ...]:
    """The phrases with a number that may count people, in the order of the text."""
    quantities = [quantity for quantity in quantities_of(doc) if not _is_no_count(doc, quantity)]
    starts = {quantity.start for quantity in quantities}
    phrases = (phrase for quantity in quantities if (phrase := _phrase(doc, quantity)) is not None)
    numbered = [phrase for phrase in phrases if phrase.noun is not None or not _is_before_another(phrase, starts)]
    taken = {index for phrase in numbered for index in range(phrase.start, phrase.end)}
    others = (phrase for phrase in (*single_people(doc), *nobody(doc)) if phrase.head.i not in taken)
    return tuple(sorted((*numbered, *others), key=lambda phrase: phrase.start))


def _is_calendar(doc: Doc, quantity: Quantity) -> bool:
    """ "July 2", "2 July", "in 2013": days and years, where they are not told as times."""
    around = (*doc[max(quantity.first - 1, 0) : quantity.first], *doc[quantity.last : quantity.last + 1])
    if (
        any(token.is_title and token.lower_.rstrip(".") in _months() for token in around)
        and (quantity.count or 0) <= _LAST_DAY
    ):
        return quantity.count is not None
    return doc[quantity.first].text.isdigit() and (quantity.count or 0) in _YEARS and quantity.qualifier == "exact"


def _is_no_count(doc: Doc, quantity: Quantity) -> bool:
    """Whether the number is money, an age, a time or the like."""
    before = doc[quantity.start - 1] if quantity.start else None
    if before is not None and (before.is_currency or before.lower_ == "no." or is_age(doc, quantity)):
        return True
    if before is not None and before.lower_ == "no" and doc[quantity.first].lower_ == "one":
        return True  # nobody
    if _is_calendar(doc, quantity) and not _counts_people_after(doc, quantity):
        return True
    start, end = doc[quantity.first].idx, doc[quantity.last - 1].idx + 1
    return any(time.start <= start and end <= time.end for time in doc._.times)


def _is_before_another(phrase: Victims, starts: set[int]) -> bool:
    """Whether a bare number stands before another one that is no part of it: a page's counter before its text."""
    end, before = phrase.quantity.end, phrase.doc[max(phrase.start - 1, 0)]
    if before.pos_ == "VERB" or before.dep_ == "ROOT":
        return False  # "kill 21 hundreds flee"
    return end in starts and not any(token.lower_ in partitives() for token in phrase.doc[end : end + 4])


def _counts_people_after(doc: Doc, quantity: Quantity) -> bool:
    return any(token.i < len(doc) and is_people(token) for token in doc[quantity.end : quantity.end + 2])


def _phrase(doc: Doc, quantity: Quantity) -> Victims | None:
    root = _root(doc, quantity)
    noun = _counted_noun(doc, quantity, root)
    if noun is not None and _counts_things(doc, quantity, noun):
        return None
    whole = _collective(root)
    if noun is None and any(_is_measure(token) for token in doc[quantity.end : quantity.end + 1]):
        return None
    if noun is None and whole is None:
        noun = _state_after(doc, quantity)
    if noun is None and whole is not None:
        return Victims(quantity, whole, whole, min(whole.left_edge.i, whole.i), quantity.end)
    if noun is None:
        return None if _is_loose(doc, quantity) else Victims(quantity, root, None, quantity.start, quantity.end)
    head = root if root in noun.ancestors else noun
    return Victims(quantity, head, noun, quantity.start, max(noun.i + 1, quantity.end))


def _is_loose(doc: Doc, quantity: Quantity) -> bool:
    """Whether a number alone is one of a page's counters: before another number or the capital of a new sentence."""
    following = doc[quantity.end : quantity.end + 1]
    if len(following) == 0 or not doc[quantity.first].text[:1].isdigit():
        return False
    return following[0].like_num or (following[0].pos_ == "DET" and following[0].is_title)


def _root(doc: Doc, quantity: Quantity) -> Token:
    """The word of the number on which its other words hang."""
    inside = range(quantity.first, quantity.last)
    outward = [doc[i] for i in inside if doc[i].head.i not in inside or doc[i].head == doc[i]]
    return next((token for token in outward if token.dep_ not in ("case", "det", "cc")), doc[quantity.last - 1])


def _counted_noun(doc: Doc, quantity: Quantity, root: Token) -> Token | None:
    """What the number counts: "12 (dead) civilians", "dozens of people", "12 of the wounded"."""
    if _is_a_couple(doc, quantity):
        return doc[quantity.last - 1]
    partitive = _after_of(doc, quantity)
    if partitive is not None:
        return partitive
    head = root.head
    if root.dep_ in _COUNTING and head.pos_ in _NOMINAL and _is_one_phrase(doc, quantity.end, head.i):
        plural = (token for token in doc[quantity.end : head.i] if token.tag_ in ("NNS", "NNPS") and is_people(token))
        head = next(plural, head)
        return _people_within(doc, quantity, head)
    for child in root.children:
        linked = any(case.lower_ == "of" and case.i >= quantity.last - 1 for case in child.children)
        if child.dep_ in ("nmod", "obl", "compound") and linked and child.i >= quantity.end:
            return child
    return _following_noun(doc, quantity)


def _is_a_couple(doc: Doc, quantity: Quantity) -> bool:
    """ "a couple and their baby", "a married couple", but no "couple of" and no "a couple more"."""
    following = doc[quantity.end : quantity.end + 1]
    counts_more = len(following) == 1 and (following[0].lower_ in ("of", "more") or following[0].pos_ in _COUNTED)
    return doc[quantity.last - 1].lower_ == "couple" and not counts_more


def _people_within(doc: Doc, quantity: Quantity, head: Token) -> Token | None:
    """The head, or the noun for people right after it that it was parsed apart from; a single thing is not counted."""
    if is_people(head):
        return head
    if head.lower_ in _number_words():
        return None
    following = doc[head.i + 1] if head.i + 1 < len(doc) else None
    if following is not None and following.pos_ in ("NOUN", "PROPN") and is_people(following):
        return following
    alone = head.tag_ in ("NN", "NNP") and quantity.count != 1 and quantity.high != 0
    return _following_noun(doc, quantity) if alone else head


def _after_of(doc: Doc, quantity: Quantity) -> Token | None:
    """ "ten of those", "twelve of the dead", "two of whom", "four of the 22 wounded"."""
    after = doc[quantity.end : quantity.end + 4]
    if not after or after[0].lower_ != "of":
        return None
    words = [token for token in after[1:] if token.lower_ != "the" and not token.like_num]
    return words[0] if words and words[0].lower_ in partitives() else None


def _is_one_phrase(doc: Doc, start: int, noun: int) -> bool:
    """Whether the words from `start` up to the noun can stand between a number and what it counts."""
    between = doc[start:noun] if 0 <= noun - start < LONGEST_PHRASE else None
    return between is not None and all(
        token.pos_ in ("ADJ", "NOUN", "PROPN", "ADV", "X") or _joins_words(token) for token in between
    )


def _joins_words(token: Token) -> bool:
    if token.text in _DASHES and token.doc[token.i - 1].whitespace_:
        return False  # a dash between sentences, no hyphen
    return token.text in _JOINING or (token.tag_ in ("POS", "HYPH", "VBN", "VBG", "CC") and token.dep_ != "ROOT")


def _following_noun(doc: Doc, quantity: Quantity) -> Token | None:
    """The people named right after the number, for where the parse has lost them."""
    for token in doc[quantity.end : quantity.end + 5]:
        after = doc[token.i + 1] if token.i + 1 < len(doc) else token
        substantive = token.pos_ in ("NOUN", "PROPN") or (token.pos_ == "ADJ" and after.pos_ in ("VERB", "AUX"))
        if substantive and is_people(token):
            return token
        between = token.lower_ in casualty_words("between") and not token.is_title
        if token.pos_ not in ("ADJ", "PROPN", "NOUN") and not between:
            return None
    return None


def _state_after(doc: Doc, quantity: Quantity) -> Token | None:
    """ "12 dead", "40 wounded": the word for their state that stands for the people."""
    following = doc[quantity.end : quantity.end + 2]
    if len(following) == 0 or following[0].lower_ not in partitives() or following[0].lower_ == "killed":
        return None
    return None if len(following) == 2 and following[1].like_num else following[0]


def _collective(root: Token) -> Token | None:
    """ "a family of six": the family."""
    linked = root.dep_ == "nmod" and any(child.lower_ == "of" for child in root.children)
    return root.head if linked and root.head.lemma_.lower() in collectives() and root.head.i < root.i else None


def _counts_things(doc: Doc, quantity: Quantity, noun: Token) -> bool:
    """Whether what is counted is no people: "12 tanks", "30 tanks and cannons", "5 %"."""
    if _is_measure(noun) or noun.is_currency:
        return True
    if not is_people(noun) and noun.i + 1 < len(doc) and noun.pos_ == "ADJ" and _is_measure(doc[noun.i + 1]):
        return True
    between = doc[quantity.end : noun.i]
    return any(
        token.tag_ in ("NNS", "NN") and token.text.endswith("s") and token.lemma_ in _measures() for token in between
    )


def _is_measure(noun: Token) -> bool:
    return any(form in _measures() for form in (noun.lemma_.lower(), noun.lower_, *singulars(noun.lower_)))


@cache
def _number_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("number-words"))


@cache
def _months() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("months"))


@cache
def _measures() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("measures"))
