"""The steps of an arrangement by the order of the words around it, where the syntax of the sentence was read wrong.

A long news sentence is often parsed wrong; what stands just before and after a noun phrase is not: "breached the
truce", "a truce brokered by the UN collapsed", "a call for a truce".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.reading.syntax import IN_PHRASE, auxiliaries
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.words import FUTURE, StepTold, has_role, lemma, step_words, truce_forms

BEFORE = 9
AFTER = 32
"""As many tokens before and after an arrangement are looked at."""
_OPENING = frozenset({"DET", "PRON"})
_MARKS = frozenset("\"'“”‘’-–‑")
_RELATIVE = frozenset({"that", "which", "who"})
_FORMS_OF_BE = frozenset({"be", "was", "were", "been", "is", "are", "being", "'s"})
_FORMS_OF_HAVE = frozenset({"have", "has", "had", "having"})
_NOT = frozenset({"not", "n't", "n’t", "never"})
_LASTING = frozenset({"hold", "begin", "start", "resume"})


def steps_by_wording(one: Arrangement) -> Iterator[StepTold]:
    """What stands before the arrangement's noun phrase, then what is said after it."""
    doc = one.token.doc
    end = phrase_end(doc, one.end)
    compound = _noun_step(doc, one.end)
    if compound is not None:
        yield compound
        return
    before = _before(doc, one.start, one.sentence.start)
    if before is not None:
        yield before
        if before.predicate.pos_ == "NOUN" or before.step in {"violated", "rejected"}:
            yield from (told for told in _after(doc, end, one.sentence.end) if told.modifier)
            return
    yield from _after(doc, end, one.sentence.end)


def phrase_end(doc: Doc, end: int) -> int:
    """The end of the noun phrase, with "deal", "agreement", "zone" after the name."""
    while end < len(doc) and (has_role(doc[end], "deal") or lemma(doc[end]) in {"zone", "area"}):
        end += 1
    return end


def _noun_step(doc: Doc, at: int) -> StepTold | None:
    """A noun right after the name: "ceasefire talks", "truce violations"."""
    if at >= len(doc) or doc[at].pos_ != "NOUN" or has_role(doc[at], "deal"):
        return None
    step = step_words("noun").get(lemma(doc[at]))
    return StepTold(step, doc[at]) if step is not None else None


def _before(doc: Doc, start: int, first: int) -> StepTold | None:
    at = phrase_start(doc, start, first) - 1
    if at < first:
        return None
    token = doc[at]
    broken = _not_kept(doc, at, first)
    if broken is not None:
        return StepTold("rejected" if auxiliaries(broken) & FUTURE else "violated", broken)
    if at > first and doc[at - 1].text in _MARKS and not doc[at - 1].whitespace_:
        return None
    if any(word.lower_ in {"if", "unless", "whether"} for word in doc[max(at - 5, first) : at]):
        return None
    if token.pos_ == "VERB":
        step = step_words("object").get(lemma(token))
        return StepTold(step, token) if step is not None else None
    if token.pos_ == "CCONJ":
        return _called_for(doc, at, first)
    if token.lower_ == "despite":
        return StepTold("violated", token)
    if token.pos_ in {"ADP", "PART", "SCONJ"} and at > first:
        return _before_preposition(doc, at) or _spoken_about(doc, at, first)
    return None


def _called_for(doc: Doc, at: int, first: int) -> StepTold | None:
    """The call for a list that the arrangement ends: "called for access and a pause"."""
    for token in reversed(doc[max(at - 12, first) : at]):
        if token.lower_ == "for" and token.i > first:
            step = step_words("object").get(lemma(doc[token.i - 1])) or step_words("noun").get(lemma(doc[token.i - 1]))
            return StepTold(step, doc[token.i - 1]) if step == "proposed" else None
        if token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ", "VBP"}:
            return None
    return None


def _not_kept(doc: Doc, at: int, first: int) -> Token | None:
    """A verb of keeping before, where it is negated: "did not commit to a single element of the deal"."""
    for token in reversed(doc[max(at - 6, first) : at + 1]):
        if token.pos_ == "VERB" and (has_role(token, "keeping") or lemma(token) in {"commit", "implement", "fulfil"}):
            before = {word.lower_ for word in doc[max(token.i - 3, first) : token.i]}
            return token if before & truce_forms("not-kept") else None
    return None


def _before_preposition(doc: Doc, at: int) -> StepTold | None:
    governor = doc[at - 1]
    preposition = doc[at].lower_
    if governor.pos_ == "NOUN" and preposition in truce_forms("noun-right-before"):
        step = step_words("noun").get(lemma(governor))
        return StepTold(step, governor) if step is not None else None
    if governor.pos_ == "VERB" and preposition in {"to", "on", "for", "about", "at"}:
        step = step_words("object").get(lemma(governor))
        return StepTold(step, governor) if step in {"agreed", "proposed", "rejected"} else None
    return None


def _spoken_about(doc: Doc, at: int, first: int) -> StepTold | None:
    """The verb that "about" belongs to, over whom one speaks with: "spoke with the president about a truce"."""
    if doc[at].lower_ != "about":
        return None
    for token in reversed(doc[max(at - 18, first) : at]):
        if token.pos_ == "VERB":
            step = step_words("object").get(lemma(token))
            return StepTold(step, token) if step == "proposed" else None
    return None


def phrase_start(doc: Doc, start: int, first: int) -> int:
    """Where the noun phrase begins: at its article, else at its first adjective or noun."""
    begin = start
    for at in range(start - 1, max(start - BEFORE, first) - 1, -1):
        token = doc[at]
        if token.pos_ in _OPENING:
            return at
        inside = token.pos_ in IN_PHRASE or token.text in _MARKS or _is_participle_before(token)
        if not inside:
            break
        if token.pos_ != "VERB":
            begin = at
    return begin


def _is_participle_before(token: Token) -> bool:
    """Whether a participle belongs to the noun after it: "a US-Russian brokered truce", "a renewed truce"."""
    if token.pos_ != "VERB":
        return False
    before = token.doc[token.i - 1] if token.i else token
    return token.tag_ in {"VBN", "VBG"} or (
        token.text.endswith("ed") and (before.pos_ in {"ADJ", "DET"} or before.ent_type_ != "")
    )


def _after(doc: Doc, start: int, last: int) -> Iterator[StepTold]:
    relative = False
    auxiliaries: set[str] = set()
    for token in doc[start : min(start + AFTER, last)]:
        if token.is_quote and token.i > start + 1:
            return
        if _ends_compound(token):
            continue
        if token.lower_ in _RELATIVE and token.pos_ in {"PRON", "DET", "SCONJ"}:
            relative = True
        elif token.lower_ in truce_forms("clause-break") and not auxiliaries:
            return
        elif _is_set(token):
            yield StepTold("announced", token, modifier=not auxiliaries)
            if auxiliaries:
                return
        elif (told := _in_effect(token, start, relative)) is not None:
            yield told
            return
        elif token.lower_ in _FORMS_OF_BE | _FORMS_OF_HAVE | _NOT:
            auxiliaries.add(token.lower_)
        elif token.pos_ == "VERB" or (token.pos_ in {"NOUN", "ADJ"} and token.text.endswith("ed")):
            yield from _of_verb(token, auxiliaries, relative)
            if not relative and not _is_participle(token, auxiliaries):
                return
            relative, auxiliaries = False, set()


def _ends_compound(token: Token) -> bool:
    """Whether a verb is the second half of a compound: "opposition-held"."""
    before = token.doc[token.i - 1] if token.i else token
    return token.pos_ == "VERB" and before.text in _MARKS and not before.whitespace_


def _is_set(token: Token) -> bool:
    """ "set for", "due to"."""
    following = token.doc[token.i + 1 : token.i + 2].text
    return token.lower_ in {"set", "due", "scheduled"} and following in {"for", "to"}


def _in_effect(token: Token, start: int, relative: bool) -> StepTold | None:
    """ "in force", "took effect", or a verb right before such words: "came into effect"."""
    before = token.doc[token.i - 1].lower_ if token.i > start else ""
    if has_role(token, "effect") and before in {"in", "into", "took", "take", "takes"}:
        return StepTold("started", token)
    following = token.doc[token.i + 1 : token.i + 4]
    if token.pos_ == "VERB" and any(word.lower_ in {"effect", "force", "hold"} for word in following):
        return StepTold("started", token, modifier=relative)
    return None


def _is_participle(token: Token, auxiliaries: set[str]) -> bool:
    """Whether a verb without auxiliary modifies the name: nobody but its makers can agree or broker a truce."""
    if auxiliaries:
        return False
    followed = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    only_object = lemma(token) in step_words("object") and lemma(token) not in step_words("subject")
    passive_form = only_object or token.tag_ in {"VBN", "VBG", "NN", "JJ"} or followed == "by"
    return passive_form and followed in truce_forms("after-participle")


def _of_verb(token: Token, auxiliaries: set[str], relative: bool) -> Iterator[StepTold]:
    """The step that a verb tells of the arrangement before it, by its form and the auxiliaries between the two."""
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    word = lemma(token)
    as_object = step_words("object").get(f"{word} {following}") or step_words("object").get(word)
    as_subject = step_words("subject").get(f"{word} {following}") or step_words("subject").get(word)
    if auxiliaries & _NOT:
        return
    if auxiliaries & _FORMS_OF_BE and token.tag_ != "VBG":
        if as_object is not None:
            yield StepTold(as_object, token, modifier=relative)
    elif as_subject in {"collapsed", "ended"} or (as_subject == "started" and word in _LASTING):
        yield StepTold(as_subject, token, modifier=relative)
    elif _is_participle(token, auxiliaries) and (step := step_words("object").get(word)) is not None:
        yield StepTold(step, token, modifier=True)
