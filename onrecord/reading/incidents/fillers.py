"""How likely a phrase names somebody who did it, or somebody or something that it was done to.

A logistic model over where the phrase stands; its weights, trained by `training/incident_fillers.py`, stand in
`data/incident-filler-weights.tsv`. The parse proposes most of them; the weights drop what is seldom one and add what
stands near enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.incidents.merging import Draft
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import event_word, is_actor, lemmas, target_kind
from onrecord.reading.syntax import ancestors, prepositions

_LONGEST_PATH = 4
_NOMINAL = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase's head that may fill a slot ("perpetrator" or "target"); `given`: what the parse makes it."""

    head: Token
    slot: str
    given: str


def candidates_in(draft: Draft, setting: Setting, slot: str) -> list[Token]:
    """The heads of further phrases in the sentences that tell it: names and nouns for people, groups and things."""
    found = []
    for number in draft.sentences:
        for token in setting.sentences[number]:
            if token.pos_ in _NOMINAL and token.i not in setting.time_tokens and _may_fill(token, setting, slot):
                found.append(token)
    return found


def _may_fill(token: Token, setting: Setting, slot: str) -> bool:
    if token.dep_ in {"compound", "flat", "goeswith"} and token.head.i in {token.i + 1, token.i - 1}:
        return False
    type_ = setting.type_at(token)
    if type_ in {"person", "organisation"}:
        return True
    if type_ is not None or event_word(token) is not None:
        return False
    return is_actor(token) if slot == "perpetrator" else target_kind(token) is not None


def likelihood(candidate: Candidate, draft: Draft, setting: Setting) -> float:
    """The probability, between 0 and 1, that the candidate fills its slot."""
    weights = _weights()
    score = sum(weights.get(feature, 0.0) for feature in features_of(candidate, draft, setting))
    return 1 / (1 + math.exp(-score))


def features_of(candidate: Candidate, draft: Draft, setting: Setting) -> frozenset[str]:
    """What speaks for and against it, by name, each within its slot."""
    return frozenset(f"{candidate.slot}:{feature}" for feature in _features(candidate, draft, setting))


def _features(candidate: Candidate, draft: Draft, setting: Setting) -> Iterator[str]:
    head = candidate.head
    kind = setting.type_at(head) or target_kind(head) or "other"
    yield "bias"
    yield f"given={candidate.given}"
    yield f"given={candidate.given} kind={kind}"
    yield f"given={candidate.given} type={draft.type} mode={draft.mode}"
    yield f"head={lemmas(head)[0] if setting.type_at(head) is None else kind}"
    yield f"dep={head.dep_} prep={'|'.join(prepositions(head)[:1])}"
    yield f"late={min(3, setting.numbers[head.i] - draft.sentences[0])}"
    yield f"tag={head.tag_}"
    yield from (f"before={found.dep_}={found.lower_}" for found in head.children if found.dep_ in {"det", "nmod:poss"})
    yield from (f"before={found.dep_}" for found in head.children if found.i < head.i)
    yield from _of_path(candidate, draft)
    if head.dep_ == "conj":
        yield f"conj={head.head.dep_}"


def _of_path(candidate: Candidate, draft: Draft) -> Iterator[str]:
    """How it hangs on the nearest word that tells the happening."""
    triggers = {mention.trigger.i: mention for mention in draft.mentions}
    path = [candidate.head.dep_]
    for above in ancestors(candidate.head):
        if above.i in triggers:
            yield f"path={'<'.join(path[:_LONGEST_PATH])}"
            yield f"path={'<'.join(path[:_LONGEST_PATH])} word={lemmas(above)[0]}"
            return
        path.append(above.dep_)
    yield "path=none"
    above = next(iter(ancestors(candidate.head)), candidate.head)
    yield f"under={lemmas(above)[0]}"


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("incident-filler-weights")}
