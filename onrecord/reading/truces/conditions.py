"""On what it depends whether a name is that of an arrangement: "pause", "corridor", "leave" have other meanings too."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from onrecord.reading.syntax import ancestors, sentence_of, undergoers
from onrecord.reading.truces.deals import deal_after, deal_beside, kind_by_wording
from onrecord.reading.truces.words import has_role, lemma, truce_forms, truce_words


def _always(_doc: Doc, _start: int, _end: int, _token: Token) -> bool:
    return True


def _is_marked(doc: Doc, start: int, end: int, token: Token) -> bool:
    """Whether a length, a "humanitarian", a declarer or what pauses stands with "pause"."""
    before = doc[max(start - 5, sentence_of(token).start) : start]
    if any(word.lower_ in truce_forms("marks-pause") for word in before):
        return True
    following = doc[end : min(end + 8, sentence_of(token).end)]
    return any(has_role(word, "fire") or word.lower_ in {"declared", "announced"} for word in following)


def _is_for_people(doc: Doc, start: int, _end: int, token: Token) -> bool:
    """Whether a corridor lets people through, and is no strip of land that a side holds."""
    around = {word.lower_ for word in doc[max(start - 4, sentence_of(token).start) : start]}
    if around & truce_forms("held-land"):
        return False
    people = any(has_role(word, "leaver") or lemma(word) in {"leave", "flee", "aid"} for word in sentence_of(token))
    return people or "humanitarian" in around or any("humanitarian" in sent.text.lower() for sent in token.doc.sents)


def _is_under_a_deal(doc: Doc, _start: int, _end: int, token: Token) -> bool:
    if deal_beside(token) is not None or deal_after(token):
        return True
    before = doc[max(sentence_of(token).start - 60, 0) : sentence_of(token).start]
    return any(has_role(word, "deal") and kind_by_wording(word) is not None for word in before if word.pos_ == "NOUN")


def _are_leavers(_doc: Doc, _start: int, _end: int, token: Token) -> bool:
    """Whether those who leave do so under some arrangement: not the wounded, nor people out of a burning building."""
    about = {"nmod", "compound", "amod", "nmod:poss", "obl"}
    moved = [*undergoers(token), *(child for child in token.children if child.dep_ in about)]
    if any(has_role(word, "not-leaver") for one in moved for word in (one, *one.children)):
        return False
    if token.pos_ == "NOUN" or any(has_role(word, "frame") for word in sentence_of(token) if word.i != token.i):
        return not any(
            has_role(word, "not-leaver") for word in sentence_of(token)[: token.i - sentence_of(token).start + 5]
        )
    return any(has_role(one, "leaver") for one in moved)


def _is_wanted(_doc: Doc, _start: int, _end: int, token: Token) -> bool:
    """Whether somebody asks for the zone, makes it or polices it."""
    verbs = truce_words("making-zone")
    return any(lemma(above) in verbs for above in ancestors(token)) or any(
        lemma(word) in verbs for word in sentence_of(token)
    )


def _with_arrangement(doc: Doc, start: int, end: int, _token: Token) -> bool:
    words = {lemma(word) for word in (*doc[max(start - 2, 0) : start], *doc[end : end + 2])}
    return bool(words & (truce_words("deal") | {"zone", "area", "talk", "process"}))


CONDITIONS: dict[str, Callable[[Doc, int, int, Token], bool]] = {
    "": _always,
    "marked": _is_marked,
    "for-people": _is_for_people,
    "under-deal": _is_under_a_deal,
    "leavers": _are_leavers,
    "wanted": _is_wanted,
    "arrangement": _with_arrangement,
}
"""By what the column `needs` says: whether the name from one token up to, not including, another counts; the last
argument is the word of the name that the sentence hangs on."""
