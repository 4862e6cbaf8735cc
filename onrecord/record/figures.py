"""Numbers of people harmed: what the figures of one telling add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.reading.schema import Casualty, Effect

Bounds = tuple[int, int, int | None]
"""Least, best and greatest number; `None`: open to above."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All who were harmed in one way, on one word: the figures that say so, and what they add up to."""

    effect: Effect
    bounds: Bounds
    figures: tuple[Casualty, ...]


def whole_tolls(figures: Iterable[Casualty]) -> dict[Effect, Bounds]:
    """What the figures of one account say of all who were harmed, by effect, whoever gives them.

    Where several speak, the least is the least of all, the greatest the greatest, and the best the first one's.
    """
    wholes: dict[Effect, Bounds] = {}
    for whole in wholes_of(figures):
        low, best, high = whole.bounds
        if whole.effect in wholes:
            before = wholes[whole.effect]
            greatest = None if high is None or before[2] is None else max(high, before[2])
            wholes[whole.effect] = (min(low, before[0]), before[1], greatest)
        else:
            wholes[whole.effect] = (low, best, high)
    return wholes


def wholes_of(figures: Iterable[Casualty]) -> list[Whole]:
    """What each voice says of all who were harmed, by effect, in the order of the text.

    A figure without status and group stands for all, the greatest where there are several; else what is counted apart
    (civilians and soldiers, women and children) is added up, which is then a least number.
    """
    given = [figure for figure in figures if bounds(figure) is not None]
    ids = {figure.id for figure in given}
    by_voice: dict[tuple[str | None, Effect], list[Casualty]] = defaultdict(list)
    for figure in given:
        if figure.part_of not in ids:
            by_voice[figure.attribution, figure.effect].append(figure)
    return [_whole(effect, theirs) for (_, effect), theirs in by_voice.items()]


def bounds(figure: Casualty) -> Bounds | None:
    """Least, best and greatest number of a figure; `None` where it gives none."""
    least = figure.low if figure.low is not None else figure.count
    if least is None:
        return None if figure.high is None else (0, figure.high, figure.high)
    return least, figure.count if figure.count is not None else least, figure.high


def _whole(effect: Effect, figures: Sequence[Casualty]) -> Whole:
    of_all = [figure for figure in figures if figure.status == "unknown" and figure.group is None]
    if of_all:
        greatest = max(of_all, key=lambda figure: (bounds(figure) or (0, 0, 0))[:2])
        return Whole(effect, bounds(greatest) or (0, 0, None), (greatest,))
    apart = list({(figure.status, figure.group): figure for figure in reversed(figures)}.values())[::-1]
    if len(apart) == 1:
        return Whole(effect, bounds(apart[0]) or (0, 0, None), (apart[0],))
    added = [known for figure in apart if (known := bounds(figure))]
    return Whole(effect, (sum(low for low, _, _ in added), sum(best for _, best, _ in added), None), tuple(apart))
