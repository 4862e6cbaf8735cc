"""Numbers of people harmed: what the figures of one telling add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    (civilians and soldiers, women and children, the dead of two sides) is added up, which is then a least number.
    """
    given = [figure for figure in figures if bounds(figure) is not None]
    ids = {figure.id for figure in given}
    by_voice: dict[tuple[str | None, Effect], list[Casualty]] = defaultdict(list)
    for figure in given:
        if figure.part_of not in ids:
            by_voice[figure.attribution, figure.effect].append(figure)
    return [_whole(effect, theirs) for (_, effect), theirs in by_voice.items()]


def kinds_of(figures: Iterable[Casualty]) -> list[Whole]:
    """What each voice says of people of one status and group, in the order of the text, the dead of two sides added up.

    A figure that only counts some of those again ("15 fighters, two commanders among them") is none of its own.
    """
    given = {figure.id: figure for figure in figures if bounds(figure) is not None}
    by_kind: dict[tuple[str | None, Effect, str, str | None], list[Casualty]] = defaultdict(list)
    for figure in given.values():
        if (figure.status != "unknown" or figure.group) and not _is_of_its_like(figure, given):
            by_kind[figure.attribution, figure.effect, figure.status, figure.group].append(figure)
    return [whole for (_, effect, _, _), theirs in by_kind.items() for whole in _by_side(effect, theirs)]


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
    apart = _counted_apart(figures)
    if len(apart) == 1:
        return Whole(effect, bounds(apart[0]) or (0, 0, None), (apart[0],))
    low, best, _ = _added(apart)
    return Whole(effect, (low, best, None), tuple(apart))


def _by_side(effect: Effect, figures: Sequence[Casualty]) -> list[Whole]:
    sides = _counted_apart(figures)
    if len(sides) > 1:
        return [Whole(effect, _added(sides), tuple(sides))]
    return [Whole(effect, bounds(figure) or (0, 0, None), (figure,)) for figure in figures]


def _counted_apart(figures: Sequence[Casualty]) -> list[Casualty]:
    """The first figure of each status, group and side; one without a side may be of those whose side is told."""
    sided = {(figure.status, figure.group) for figure in figures if figure.of}
    first: dict[tuple[str, str | None, str | None], Casualty] = {}
    for figure in figures:
        if figure.of or (figure.status, figure.group) not in sided:
            first.setdefault((figure.status, figure.group, figure.of), figure)
    return list(first.values())


def _added(figures: Sequence[Casualty]) -> Bounds:
    known = [given for figure in figures if (given := bounds(figure))]
    highs = [high for _, _, high in known if high is not None]
    high = sum(highs) if len(highs) == len(known) else None
    return sum(low for low, _, _ in known), sum(best for _, best, _ in known), high


def _is_of_its_like(figure: Casualty, given: Mapping[str, Casualty]) -> bool:
    """Whether a figure is a part of one of the same status and group, of whom it says nothing more."""
    whole = given.get(figure.part_of or "")
    return whole is not None and (whole.effect, whole.status, whole.group) == (
        figure.effect,
        figure.status,
        figure.group,
    )
