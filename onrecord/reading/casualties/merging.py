"""The same toll told again: headline and body, two agencies with one figure, "the pilot" after "a pilot"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.casualties.tolls import Toll
from onrecord.reading.casualties.victims import is_additional

_TELLING = 10  # from here on, two tolls of one number in an article are one toll


def repeated_in(tolls: Sequence[Toll]) -> dict[int, int]:
    """For each toll that only repeats another one its index and that of the first telling."""
    first_of: dict[int, int] = {}
    for later, toll in enumerate(tolls):
        candidates = [
            earlier for earlier in range(later) if earlier not in first_of and _is_repeat(toll, tolls[earlier])
        ]
        if candidates:
            # "the pilot" is the pilot told before, else any single person told before.
            first_of[later] = next(
                (at for at in candidates if _name_alike(toll, tolls[at])),
                candidates[0] if not toll.victims.named else candidates[-1],
            )
    return first_of


def _is_repeat(toll: Toll, first: Toll) -> bool:
    if toll.effect != first.effect or not _are_compatible(toll, first):
        return False
    if toll.victims.named:
        return _is_same_person(toll, first)
    if toll.count != first.count or toll.victims.quantity.low != first.victims.quantity.low:
        return False
    if (toll.whole is None) != (first.whole is None) or first.victims.named or is_additional(toll.victims):
        return False
    if toll.whole is not None and first.whole is not None:
        return toll.whole.quantity.count == first.whole.quantity.count and toll.sentence != first.sentence
    return _tells_by_itself(toll) or toll.sentence != first.sentence


def _name_alike(toll: Toll, first: Toll) -> bool:
    return not toll.victims.named or toll.victims.head.lemma_ == first.victims.head.lemma_


def _tells_by_itself(toll: Toll) -> bool:
    return toll.count is not None and toll.count >= _TELLING


def _is_same_person(toll: Toll, first: Toll) -> bool:
    """A name told before, or a definite singular ("the pilot") after any single person."""
    if first.count != 1 or toll.sentence == first.sentence:
        return False
    if toll.victims.head.ent_type_ == "person":
        return first.victims.head.lower_ == toll.victims.head.lower_
    return True


def _are_compatible(toll: Toll, first: Toll) -> bool:
    statuses = {toll.kind.status, first.kind.status} - {"unknown"}
    return toll.kind.group == first.kind.group and len(statuses) <= 1
