"""Whether a harm is told as having happened: not as possible, wanted, feared, averted or denied."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.harm_words import counted_effect
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.syntax import NEGATIONS, SUBJECTS, ancestors, prepositions, sentence_of

_BELOW = frozenset({"xcomp", "ccomp", "acl", "advcl", "obj", "obl", "nmod", "nsubj", "nsubj:pass"})
_RATE_REACH = 8
_VERBAL = frozenset({"VERB", "AUX", "ADJ"})


def is_real(word: Token) -> bool:
    """Whether the harm that the word tells of is told as a fact."""
    return not (_is_hypothetical(word) or _is_denied(word) or _is_below_another_will(word) or _is_fiction(word))


def is_a_rate(victims: Victims) -> bool:
    """ "12 were killed each day", "an average of 12": how many it is in a unit of time, and nobody's toll."""
    sentence = sentence_of(victims.head)
    words = [token.lower_ for token in sentence]
    if "average" in words[: victims.start - sentence.start] or ("on", "average") in pairwise(words):
        return True
    after = victims.doc[victims.end : min(victims.end + _RATE_REACH, sentence.end)]
    times = victims.doc._.times
    return any(
        token.lower_ in casualty_words("rate") and any(time.start <= token.idx < time.end for time in times)
        for token in after
    )


def is_superseded(victims: Victims) -> bool:
    """Whether another figure has replaced it: "an earlier toll of 15", "to 14 from 17", "12, not 15"."""
    lead = _words_of_its_own(victims)
    words = [token.lower_ for token in lead]
    if words[-1:] == ["not"] and lead[0].i > 0 and lead[0].nbor(-1).like_num:
        return True
    if words[-1:] == ["from"] and any(
        counted_effect(token) for token in sentence_of(victims.head) if token.i < victims.start
    ):
        return True
    spans = (tuple(words[at : at + length]) for length in (1, 2, 3) for at in range(len(words)))
    return any(span in _superseding() for span in spans)


def _words_of_its_own(victims: Victims) -> list[Token]:
    """The words before the phrase in its sentence, from the figure before on."""
    found: list[Token] = []
    for token in reversed(victims.doc[sentence_of(victims.head).start : victims.start]):
        if token.like_num:
            break
        found.insert(0, token)
    return found


def _is_hypothetical(word: Token) -> bool:
    """ "could kill", "if 12 die"; what one verb of a coordination is, the others are."""
    for verb in (word, *(head for head in word.ancestors if word.dep_ == "conj" and head == word.head)):
        for child in verb.children:
            if child.dep_ == "aux" and child.lower_ in _unreal("modal") | {
                lemma for lemma in _unreal("modal") if child.lemma_ == lemma
            }:
                return True
            if child.dep_ == "mark" and child.lower_ in _unreal("condition"):
                return True
    return False


def _is_denied(word: Token) -> bool:
    return any(child.lower_ in NEGATIONS and child.dep_ == "advmod" for child in word.children)


def _is_fiction(word: Token) -> bool:
    """ "the film shows how 300 Spartans died", "12 were killed in the novel"."""
    for token in (word, *ancestors(word)):
        for child in token.children:
            told_in = child.dep_ in SUBJECTS or (child.dep_ == "obl" and "in" in prepositions(child))
            if told_in and child.lemma_.lower() in casualty_words("fiction"):
                return True
    return False


def _is_below_another_will(word: Token) -> bool:
    """ "threatened to kill", "an attempt to kill", "prevented the killing of"."""
    token = word
    while token.head != token and token.dep_ in _BELOW:
        infinitive = any(child.dep_ == "mark" and child.lower_ in ("to", "from") for child in token.children)
        gerund_or_noun = token.tag_ == "VBG" or token.pos_ == "NOUN"
        kind = "verb" if token.head.pos_ in _VERBAL else "noun"
        if (infinitive or gerund_or_noun or _is_state(token)) and token.head.lemma_.lower() in _unreal(kind):
            return True
        if token.dep_ in ("ccomp", "advcl") and not infinitive:
            return False
        token = token.head
    return False


def _is_state(token: Token) -> bool:
    """ "200 people were feared dead", "reportedly feared killed": a state that somebody only thinks of."""
    return token.dep_ == "xcomp" and (token.pos_ == "ADJ" or token.tag_ == "VBN")


@cache
def _superseding() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row["phrase"].split()) for row in rows("superseded-figures"))


@cache
def _unreal(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("unreal") if row["class"] == kind)
