"""Numbers that are shares of a larger one: "six of the 12 passengers died", "of the 25 dead, 11 were women"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.harm_words import harm_word
from onrecord.reading.casualties.people import Kind, kind_after_be
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.syntax import sentence_of

_BETWEEN = frozenset({"the", "these", "those", "its", "their", "his", "all"})
_REACH = 4
_LONGEST_SUBJECT = 12


def is_divided(victims: Victims) -> bool:
    """Whether only a share of these people is told of: the 12 of "six of the 12 passengers died"."""
    of = _of_before(victims)
    if of is None or of.i == 0:
        return False
    before = of.nbor(-1)
    return before.like_num or before.lower_ in casualty_words("share")


def whole_divided(victims: Victims, phrases: Sequence[Victims]) -> Victims | None:
    """The number of which this one is a share: the 12 of "six of the 12 passengers"; None where there is none."""
    later = next((phrase for phrase in phrases if phrase.start > victims.quantity.first), None)
    if later is None or later.quantity.count == 1:
        return None
    of = _of_before(later)
    return later if of is not None and of.i == victims.quantity.end else None


def death_after(whole: Victims) -> Token | None:
    """The verb that tells the death of a share of these: "four of the 22 wounded (have since) died"."""
    following = whole.doc[whole.end : min(whole.end + _REACH, sentence_of(whole.head).end)]
    verb = next((token for token in following if token.pos_ not in ("AUX", "ADV")), None)
    word = harm_word(verb, "verb") if verb is not None else None
    return verb if word is not None and (word.effect, word.victim) == ("killed", "subject") else None


def opens_its_sentence(whole: Victims) -> bool:
    """ "Of the 25 dead, 11 were women": whether what follows in the sentence is told of shares of these."""
    of = _of_before(whole, "of", "among")
    if of is None:
        return False
    return of.i == sentence_of(of).start or of.nbor(-1).pos_ in ("PUNCT", "SCONJ") or of.nbor(-1).lower_ == "that"


def kind_of_share(whole: Victims) -> Kind:
    """Who those of a share of these are: "nine of the 44 people killed were children"."""
    following = whole.doc[whole.end : min(whole.end + _LONGEST_SUBJECT, sentence_of(whole.head).end)]
    be = next((token for token in following if token.lemma_ == "be"), None)
    return kind_after_be(be) if be is not None else Kind()


def kind_of_predicate(victims: Victims) -> Kind:
    """Who a bare number of people are said to be: "11 were women"."""
    following = victims.doc[victims.end : victims.end + 1]
    return kind_after_be(following[0]) if len(following) == 1 and following[0].lemma_ == "be" else Kind()


def _of_before(victims: Victims, *words: str) -> Token | None:
    """The "of" right before the phrase, past its article."""
    at = victims.start - 1
    while at > 0 and victims.doc[at].lower_ in _BETWEEN:
        at -= 1
    return victims.doc[at] if at >= 0 and victims.doc[at].lower_ in (words or ("of",)) else None
