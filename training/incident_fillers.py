"""Learn from MUC-4's training articles who and what had part in a happening; `training.incidents` runs it.

A logistic regression for each slot on the features of `onrecord.reading.incidents.fillers`, over all that stand near
the happenings that the answer key has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.reading.incidents.evidence import Told
from onrecord.reading.incidents.fillers import PERPETRATORS, SLOTS, WEAPON, Arm, Candidate
from onrecord.reading.incidents.participants import span_of_doer
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.weighing import elements
from training.logistic import Example, Model, fitted

PENALTY = 14.0
FEWEST = 3
LEAST_WEIGHT = 0.02
OUT = Path(__file__).resolve().parent.parent / "onrecord" / "data" / "incident-filler-weights.tsv"
KEYS = {
    "individual": ("perpetrator_individuals", "perpetrator_organisations"),
    "organisation": ("perpetrator_organisations", "perpetrator_individuals"),
    "person": ("victims", "targets"),
    "thing": ("targets", "victims"),
    "weapon": ("weapons",),
}
HEADER = """# How much each feature speaks for somebody or something having had part in a happening (log odds).
# Columns: slot (individual, organisation: who did it; person, thing: whom or what it was done to; weapon);
# feature (see onrecord/reading/incidents/fillers.py and surroundings.py); weight.
# Source: trained by training/incidents.py on the training articles of MUC-4. Licence: Apache-2.0.
slot\tfeature\tweight
"""

Answer = dict[str, Any]
Weights = dict[str, Model]


def labels_of(told: Told, answer: Answer | None, setting: Setting) -> list[bool | None]:
    """Whether the key has each of the happening's elements; None where the key calls it optional or does not say.

    Where several stand for one filler of the key, the one that a reader would name counts: named, given, near.
    """
    found: dict[int, bool] = {}
    for slot in SLOTS if answer is not None else ():
        found |= _in_key(told, slot, answer or {}, setting)
    return [found.get(id(each)) for _, each in elements(told)]


def _in_key(told: Told, slot: str, answer: Answer, setting: Setting) -> dict[int, bool]:
    """By `id()` of the slot's elements whether the key has them."""
    from scorers.incidents import NOT_APPLICABLE, agree, exact

    if KEYS[slot][0] in NOT_APPLICABLE.get(answer["type"], ()):
        return {}
    left = [filler for key in KEYS[slot] for filler in answer[key]]
    optional = [filler for key in KEYS[slot] for filler in (answer.get("optional_fillers") or {}).get(key, [])]
    found: dict[int, bool] = {}
    for each, names in _by_preference(told, slot, setting):
        if not any(agree(names, filler, exact) for filler in optional):
            hit = next((filler for filler in left if agree(names, filler, exact)), None)
            left = [filler for filler in left if filler is not hit]
            found[id(each)] = hit is not None
    return found


def _by_preference(told: Told, slot: str, setting: Setting) -> Iterator[tuple[Candidate | Arm, list[str]]]:
    own = [each for own, each in elements(told) if own == slot and isinstance(each, Candidate)]
    yield from ((arm, [arm.span.text]) for arm in told.arms if slot == WEAPON)
    for candidate in sorted(own, key=lambda each: _preference(each, told, setting)):
        yield candidate, _names(candidate, setting)


def _preference(candidate: Candidate, told: Told, setting: Setting) -> tuple[bool, bool, int, int]:
    sentence = setting.numbers[candidate.phrase.head.i]
    distance = min(abs(sentence - number) for number in told.draft.sentences)
    return candidate.phrase.entity is None, not candidate.given, distance, candidate.phrase.head.i


def _names(candidate: Candidate, setting: Setting) -> list[str]:
    phrase = candidate.phrase
    span = span_of_doer(phrase, setting) if candidate.slot in PERPETRATORS else phrase.span
    if phrase.entity is None:
        return [span.text]
    mentions = [mention.text for mention in setting.doc._.mentions if mention.entity == phrase.entity]
    return [span.text, setting.entities[phrase.entity].name, *mentions]


def learned(examples: Iterable[tuple[str, Example]]) -> Weights:
    """The weights by slot."""
    by_slot: dict[str, list[Example]] = {slot: [] for slot in SLOTS}
    for slot, example in examples:
        by_slot[slot].append(example)
    return {slot: fitted(own, PENALTY, FEWEST) for slot, own in by_slot.items()}


def with_chances(told: Told, weights: Weights) -> Told:
    """The happening with the likelihoods that the weights give."""
    return replace(
        told,
        candidates=tuple(replace(each, chance=weights[each.slot].chance(each.features)) for each in told.candidates),
        arms=tuple(_armed(each, weights) for each in told.arms),
    )


def _armed(arm: Arm, weights: Weights) -> Arm:
    return replace(arm, chance=weights[WEAPON].chance(arm.features))


def write(weights: Weights) -> None:
    """Write the weights that matter."""
    lines = [
        f"{slot}\t{name}\t{weight:.3f}\n"
        for slot in sorted(weights)
        for name, weight in sorted(weights[slot].weights.items())
        if abs(weight) >= LEAST_WEIGHT
    ]
    OUT.write_text(HEADER + "".join(lines), encoding="utf-8")
