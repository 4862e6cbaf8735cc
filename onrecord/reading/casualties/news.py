"""Whether a toll is of the happening that the article is about: the news, and not its background.

A logistic model over what stands around the toll and how it compares with the one told first; its weights, trained by
`training/tolls.py`, stand in `data/toll-weights.tsv`. The rules of `happenings` are one of its features: the weights
say when not to follow them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.cues import Cues
from onrecord.reading.casualties.origin import attribution_of
from onrecord.reading.casualties.tolls import Toll
from onrecord.reading.document import article_of
from onrecord.reading.schema import WIDE_LEVELS, Attribution
from onrecord.reading.syntax import auxiliaries

LEAST = 0.5
_SCALES = (1, 2, 10, 50, 200, 1000)
_SENTENCES = (0, 1, 2, 3, 5, 8, 12)
_AGES = (0, 1, 2, 4, 8, 32)


@dataclass(frozen=True, slots=True)
class Telling:
    """A toll that is no part and no repetition, as it stands among the others of its article.

    `first` is the first such toll with a figure, `before` what the rules made of the one right before it, `ruled` what
    they make of this one (the number of its happening), `times` how often it is told.
    """

    toll: Toll
    cues: Cues
    ruled: int
    order: int
    times: int
    sentence: int
    first: Toll | None
    first_cues: Cues | None
    before: int | None
    """The number of the happening of the toll before it; None where it is the first."""
    gap: int
    """Sentences since the toll before it."""


def is_news(telling: Telling) -> bool:
    """Whether the toll is of the article's own happening; where the text says that it is another, no weight counts."""
    if telling.ruled != 0 and (telling.cues.turn == "away" or _is_of_other_days(telling)):
        return False
    return _is_anothers_count(telling) or likelihood(features_of(telling)) >= LEAST


def _is_anothers_count(telling: Telling) -> bool:
    """ "Doctors said the raid killed 12. Rebels said 15 had died": another's figure, right after, of no other place."""
    first, first_cues = telling.first, telling.first_cues
    if first is None or first_cues is None or first is telling.toll or telling.ruled != 0 or telling.gap != 1:
        return False
    own, other = attribution_of(telling.toll), attribution_of(first)
    elsewhere = _places_against(telling.cues, first_cues) == "new" or _is_of_other_days(telling)
    return own is not None and other is not None and not _is_one_word(own, other) and not elsewhere


def _is_of_other_days(telling: Telling) -> bool:
    return telling.first_cues is not None and _days_against(telling.cues, telling.first_cues) == "apart"


def likelihood(features: Iterable[str]) -> float:
    """The probability, between 0 and 1, that a toll with these features is of the article's own happening."""
    weights = _weights()
    return 1 / (1 + math.exp(-sum(weights.get(feature, 0.0) for feature in features)))


def features_of(telling: Telling) -> frozenset[str]:
    """What speaks for and against it, by name."""
    ruled = "news" if telling.ruled == 0 else "other"
    return frozenset(
        (
            "bias",
            f"ruled={ruled}",
            *_of_place_in_text(telling),
            *_of_figure(telling),
            *_of_setting(telling),
            *_of_wording(telling),
            *_of_deeds(telling),
        )
    )


def _of_place_in_text(telling: Telling) -> Iterator[str]:
    yield f"sentence={_step(telling.sentence, _SENTENCES)}"
    yield f"order={min(telling.order, 4)}"
    yield f"told={min(telling.times, 3)}"
    before = "none" if telling.before is None else "news" if telling.before == 0 else "other"
    yield f"before={before} gap={min(telling.gap, 4)}"


def _of_figure(telling: Telling) -> Iterator[str]:
    quantity, kind = telling.toll.victims.quantity, telling.toll.kind
    yield f"scale={_step(quantity.count or quantity.low or 0, _SCALES)}"
    yield f"qualifier={quantity.qualifier}"
    yield f"compared={_compared(telling)}"
    yield f"group={kind.group}" if kind.group in (None, "children", "women") else "group=other"
    yield f"named={telling.toll.victims.named}"
    if telling.first is not None and telling.first is not telling.toll:
        yield f"status={telling.first.kind.status}-{kind.status}"
        yield f"compared={_compared(telling)} status={telling.first.kind.status}-{kind.status}"


def _compared(telling: Telling) -> str:
    """The figure beside the one told first."""
    if telling.first is None or telling.first is telling.toll:
        return "itself"
    figure, first = telling.toll.count, telling.first.count
    if figure is None or not first:
        return "open"
    share = figure / first
    return next(
        (
            name
            for name, most in (("half", 0.5), ("less", 0.99), ("equal", 1.0), ("more", 1.5), ("double", 3.0))
            if share <= most
        ),
        "far-more",
    )


def _of_setting(telling: Telling) -> Iterator[str]:
    yield f"turn={telling.cues.turn}"
    yield f"age={_age(telling)}"
    first = telling.first_cues
    if first is not None and telling.first is not telling.toll:
        yield f"days={_days_against(telling.cues, first)}"
        yield f"places={_places_against(telling.cues, first)}"


def _age(telling: Telling) -> str:
    days, published = telling.cues.days, article_of(telling.toll.victims.doc).published
    if days is None:
        return "none"
    try:
        age = (date.fromisoformat((published or "")[:10]) - date.fromisoformat(days[1])).days
    except ValueError:
        return "unknown"
    return _step(max(age, 0), _AGES)


def _days_against(cues: Cues, first: Cues) -> str:
    if cues.days is None or first.days is None:
        return "none"
    return "apart" if cues.days[1] < first.days[0] or first.days[1] < cues.days[0] else "same"


def _places_against(cues: Cues, first: Cues) -> str:
    own = {place.id for place in cues.places if place.level not in WIDE_LEVELS}
    theirs = {place.id for place in first.places}
    if not own:
        return "wide" if cues.places else "none"
    return "shared" if own & theirs else "new" if theirs else "first"


def _of_wording(telling: Telling) -> Iterator[str]:
    word = telling.toll.harm.word
    yield f"harm={word.tag_} {word.dep_}"
    yield from (f"aux={each}" for each in auxiliaries(word) if each in ("have", "had", "be", "being"))
    if telling.first is not None and telling.first is not telling.toll:
        yield f"same-harm={word.lemma_ == telling.first.harm.word.lemma_}"


def _of_deeds(telling: Telling) -> Iterator[str]:
    """How the words around the toll speak of what did the harm: "the raid", "a raid", "raids"."""
    deeds = [token for token in telling.cues.words if token.pos_ in ("NOUN", "PROPN") and _is_deed(token)]
    yield from {f"deed={_determiner(token)}" for token in deeds}
    if not deeds:
        yield "deed=none"


def _is_one_word(own: Attribution, other: Attribution) -> bool:
    if own.speaker is not None or other.speaker is not None:
        return own.speaker == other.speaker
    return [part.text.lower() for part in own.source] == [part.text.lower() for part in other.source]


def _is_deed(token: Token) -> bool:
    return token.lemma_.lower() in _deeds()


def _determiner(noun: Token) -> str:
    return next((child.lower_ for child in noun.children if child.dep_ == "det"), "bare")


def _step(number: int, steps: Sequence[int]) -> str:
    return str(max((step for step in steps if step <= number), default=0))


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("toll-weights")}


@cache
def _deeds() -> frozenset[str]:
    """Nouns for what does harm: "raid", "shelling"."""
    return frozenset(row["word"] for row in rows("event-words") if row["pos"] == "n" and row["type"] == "ASSAULT")
