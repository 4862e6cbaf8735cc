"""How likely a telling is of one happening that a record would keep, rather than a remark about such deeds in general.

A logistic model over what was found of the happening; its weights, trained by `training/incidents.py`, stand in
`data/incident-weights.tsv`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.document import article_of
from onrecord.reading.incidents.merging import Draft
from onrecord.reading.incidents.setting import Setting, level_order
from onrecord.reading.incidents.words import lemmas
from onrecord.reading.schema import Attribution, Casualty, Incident, Target

BIAS = "bias"
_NARROW = 2  # up to districts
_FEW = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A happening with what its article says of it."""

    draft: Draft
    incident: Incident
    happenings: int
    """How many the article tells."""


def likelihood(features: Iterable[str]) -> float:
    """The probability, between 0 and 1, that a happening with these features is one that a record would keep."""
    weights = _weights()
    return 1 / (1 + math.exp(-sum(weights.get(feature, 0.0) for feature in features)))


def features_of(told: Told, setting: Setting) -> frozenset[str]:
    """What speaks for and against it, by name."""
    return frozenset((BIAS, *_of_wording(told, setting), *_of_setting(told, setting), *_of_people(told, setting)))


def _of_wording(told: Told, setting: Setting) -> Iterator[str]:
    draft, first = told.draft, told.draft.mentions[0].trigger
    yield f"word={lemmas(first)[0]}"
    yield f"type={draft.type}-{draft.mode}"
    yield f"tag={first.tag_}"
    yield f"status={told.incident.status}"
    yield f"mentions={_bucket(len(draft.mentions))}"
    yield f"sentence={_bucket(draft.sentences[0])}"
    yield f"happenings={_bucket(told.happenings)}"
    yield f"depth={_bucket(draft.mentions[0].depth)}"
    yield from {f"determiner={found.lower_}" for found in first.children if found.dep_ == "det"}
    if any(mention.generic for mention in draft.mentions):
        yield "generic"
    if any(mention.trigger.tag_ in {"VBD", "VBN"} for mention in draft.mentions):
        yield "past"
    attribution = setting.attribution_over(first.idx, first.idx + len(first.text))
    yield f"quote={_quote(attribution)}"


def _quote(attribution: Attribution | None) -> str:
    return attribution.quote if attribution is not None else "none"


def _of_setting(told: Told, setting: Setting) -> Iterator[str]:
    incident = told.incident
    places = [setting.entities[place] for place in incident.where if place in setting.entities]
    yield f"places={_bucket(len(places))}"
    if any(level_order(place) <= _NARROW for place in places):
        yield "narrow-place"
    yield f"age={_age(incident, setting)}"
    yield f"weapons={_bucket(len(incident.weapons))}"


def _age(incident: Incident, setting: Setting) -> str:
    """How long before publication it happened."""
    published = article_of(setting.doc).published
    if incident.date is None:
        return "unknown"
    try:
        days = (date.fromisoformat((published or "")[:10]) - date.fromisoformat(incident.date.end)).days
        length = (date.fromisoformat(incident.date.end) - date.fromisoformat(incident.date.start)).days
    except ValueError:
        return "uncertain"
    if length > 31:
        return "vague"
    return next(
        (name for name, least in (("old", 63), ("months", 15), ("weeks", 4), ("days", 0)) if days >= least), "ahead"
    )


def _of_people(told: Told, setting: Setting) -> Iterator[str]:
    incident = told.incident
    yield f"perpetrators={_bucket(len(incident.perpetrators))}"
    yield f"targets={_bucket(len(incident.targets))}"
    yield from {f"target={_target(target, setting)}" for target in incident.targets}
    if any(perpetrator.entity for perpetrator in incident.perpetrators):
        yield "named-perpetrator"
    harmed = [casualty for casualty in setting.doc._.casualties if casualty.id in incident.casualties]
    yield from {f"harm={casualty.effect}" for casualty in harmed}
    if any(_is_exact(casualty) for casualty in harmed):
        yield "counted"


def _target(target: Target, setting: Setting) -> str:
    entity = setting.entities.get(target.entity or "")
    return f"named-{entity.type}" if entity is not None else target.kind


def _is_exact(casualty: Casualty) -> bool:
    return casualty.count is not None


def _bucket(number: int) -> str:
    return str(number) if number <= _FEW else "4-7" if number < 8 else "8+"


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("incident-weights")}
