"""Deals: that somebody leave or cease fire, or that take up an arrangement named before ("the deal")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from onrecord.reading.schema import TruceKind
from onrecord.reading.syntax import ancestors, children, prepositions
from onrecord.reading.truces.arrangement import Arrangement, sentences_between
from onrecord.reading.truces.words import has_role, lemma, truce_forms, truce_words

_DEFINITE = frozenset({"the", "this", "that", "these", "such", "similar"})
_OF_ANYTHING = frozenset({"truce", "plan", "initiative", "framework"})
"""Nouns for deals that may be about anything else, or are themselves arrangements."""


def leaving_under_a_deal(doc: Doc) -> Iterator[Arrangement]:
    """Verbs of leaving that a deal stands behind: "left the town under an accord"."""
    for token in doc:
        if token.pos_ != "VERB" or lemma(token) not in truce_words("leaving") - {"evacuate", "withdraw"}:
            continue
        if any(_deal_of(child) for child in children(token, "obl")) or deal_after(token):
            yield Arrangement(token, token.i, token.i + 1, _kind_of_leaving(token), "verb")


def _deal_of(oblique: Token) -> bool:
    return has_role(oblique, "deal") and _is_under(oblique)


def _is_under(noun: Token) -> bool:
    return not (truce_forms("under") | {"as", "after"}).isdisjoint(prepositions(noun))


def deal_after(verb: Token) -> bool:
    """Whether "under an agreement" follows within the clause, however the sentence was parsed."""
    doc = verb.doc
    for token in doc[verb.i + 1 : min(verb.i + 18, verb.sent.end)]:
        if token.pos_ == "AUX" or token.tag_ in {"VBD", "VBZ", "VBP"}:
            return False
        if token.lower_ in truce_forms("under") or token.lower_ == "part":
            return any(has_role(word, "deal") for word in doc[token.i + 1 : min(token.i + 7, verb.sent.end)])
    return False


def _kind_of_leaving(verb: Token, before: Iterable[Token] = ()) -> TruceKind:
    """Forces withdraw; people, and fighters with their families or out of a besieged place, are evacuated."""
    if has_role(verb, "pulling-back"):
        return "withdrawal"
    who = {lemma(word) for word in (*verb.subtree, *before)}
    return "withdrawal" if who & truce_words("forces") and not who & {"civilian", "family", "evacuee"} else "evacuation"


def deals_in(doc: Doc, named: list[Arrangement]) -> Iterator[Arrangement]:
    """Nouns for a deal: that somebody leave or cease fire, or that takes up an arrangement named before."""
    for token in doc:
        if token.pos_ != "NOUN" or lemma(token) not in truce_words("deal") - _OF_ANYTHING:
            continue
        kind = _kind_of_content(token) or _kind_taken_up(token, named)
        if kind is not None:
            yield Arrangement(token, token.i, token.i + 1, kind, "deal")


def _kind_of_content(deal: Token) -> TruceKind | None:
    """What a deal is about, by the verb of its clause: "a deal that rebels would leave the town"."""
    for clause in deal.children:
        if clause.dep_ not in {"acl", "acl:relcl", "ccomp", "advcl"} and not (
            clause.dep_ == "nmod" and lemma(clause) == "evacuation"
        ):
            continue
        verbs = [word for word in clause.subtree if word.pos_ == "VERB" and has_role(word, "leaving")]
        if verbs:
            return _kind_of_leaving(verbs[0])
    return kind_by_wording(deal)


def kind_by_wording(deal: Token) -> TruceKind | None:
    """The same by the order of words: "deal … that … rebels … leave"."""
    doc, clause, leaver = deal.doc, False, False
    for token in doc[deal.i + 1 : min(deal.i + 28, deal.sent.end)]:
        clause = clause or token.lower_ in truce_forms("opens-content")
        leaver = leaver or (clause and has_role(token, "leaver"))
        if clause and leaver and token.pos_ == "VERB" and has_role(token, "leaving"):
            return _kind_of_leaving(token, doc[deal.i : token.i])
    return None


def _kind_taken_up(deal: Token, named: list[Arrangement]) -> TruceKind | None:
    """The kind of the arrangement named within three sentences before, where "the deal" or "similar deals" means it."""
    definite = any(child.lower_ in _DEFINITE for child in deal.children)
    if not definite or any(
        child.dep_ in {"compound", "nmod"} and not has_role(child, "deal") for child in deal.children
    ):
        return None
    before = [one for one in named if one.start < deal.i and sentences_between(one.token, deal) <= 3]
    return before[-1].kind if before else None


def deal_beside(token: Token) -> Token | None:
    """The noun for a deal that a verb of leaving is tied to: "left under an accord", "an accord that they leave"."""
    for child in token.children:
        if child.dep_ in {"obl", "nmod", "advcl"} and _is_under(child) and has_role(child, "deal"):
            return child
    for above in ancestors(token):
        if has_role(above, "deal") and above.pos_ == "NOUN":
            return above
        if above.dep_ in {"ccomp", "root", "ROOT"}:
            break
    return None
