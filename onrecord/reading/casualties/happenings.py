"""Which tolls of an article are told of one happening, and which of another: the attack of the week before, the raid
elsewhere on the same day.

Rules say it first; of the killed, learned weights then say which are of the news (see `news`).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence

from onrecord.reading.casualties.happening_rules import Rules
from onrecord.reading.casualties.news import Telling, is_news
from onrecord.reading.casualties.tolls import Toll

_NEWS = 0


def happenings_of(tolls: Sequence[Toll]) -> list[int | None]:
    """For each toll the number of its happening, 0 for the one that the article is on; None for one of a period."""
    if not tolls:
        return []
    rules = Rules(tolls)
    numbers = rules.numbers()
    own = _corrected(numbers, _tellings(numbers, rules))
    return [number if number is None else own.get(rules.root_of(at), number) for at, number in enumerate(numbers)]


def tellings_of(tolls: Sequence[Toll]) -> list[Telling]:
    """The tolls that are no part, no repetition and of no period, as the weights see them."""
    if not tolls:
        return []
    rules = Rules(tolls)
    return list(_tellings(rules.numbers(), rules).values())


def _corrected(numbers: Sequence[int | None], tellings: Mapping[int, Telling]) -> dict[int, int]:
    """The numbers of those that were killed by the weights, and of the others by what they were told with."""
    own: dict[int, int] = {}
    last: tuple[int, int] | None = (
        None  # the sentence and the number of the last one that the weights took from the news
    )
    for at, telling in tellings.items():
        if telling.toll.effect != "killed":
            continue
        if is_news(telling):
            own[at] = _NEWS
        elif telling.ruled != _NEWS:
            own[at] = telling.ruled
        else:
            near = last is not None and telling.sentence - last[0] <= 1
            own[at] = last[1] if near and last is not None else len(numbers) + at
            last = telling.sentence, own[at]
    return own | _of_the_others(tellings, own)


def _of_the_others(tellings: Mapping[int, Telling], own: Mapping[int, int]) -> dict[int, int]:
    """The wounded go with the killed of their sentence if the rules had both in one happening."""
    found = {}
    for at, telling in tellings.items():
        if at not in own:
            beside = (
                own[other]
                for other in own
                if tellings[other].sentence == telling.sentence and tellings[other].ruled == telling.ruled
            )
            found[at] = next(beside, telling.ruled)
    return found


def _tellings(numbers: Sequence[int | None], rules: Rules) -> dict[int, Telling]:
    roots = [at for at, number in enumerate(numbers) if number is not None and rules.root_of(at) == at]
    tolls, doc = rules.tolls, rules.tolls[0].victims.doc
    starts = [sentence.start for sentence in doc.sents]
    sentence = {at: bisect(starts, tolls[at].victims.start) - 1 for at in roots}
    first = next((at for at in roots if tolls[at].count), None)
    found = {}
    for order, at in enumerate(roots):
        held = [other for other in range(len(tolls)) if rules.root_of(other) == at]
        before = roots[order - 1] if order else None
        found[at] = Telling(
            toll=tolls[at],
            cues=rules.cues[at],
            ruled=numbers[at] or 0,
            order=order,
            times=sum(tolls[other].whole is None for other in held),
            sentence=sentence[at],
            first=tolls[first] if first is not None else None,
            first_cues=rules.cues[first] if first is not None else None,
            before=numbers[before] if before is not None else None,
            gap=sentence[at] - sentence[before] if before is not None else 0,
        )
    return found
