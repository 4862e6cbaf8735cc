"""How likely a telling is of one happening that a record would keep, rather than a remark about such deeds in general.

A logistic model over what was found of the happening; its weights, trained by `training/incidents.py`, stand in
`data/incident-weights.tsv`, those of an article's words for its telling any such happening in
`data/incident-article-weights.tsv`. `weighing` then compares what an article tells.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.document import article_of
from onrecord.reading.incidents.drafts import Draft
from onrecord.reading.incidents.fillers import SLOTS, WEAPON, Arm, Candidate, chance_of
from onrecord.reading.incidents.participants import Given
from onrecord.reading.incidents.phrases import Phrase
from onrecord.reading.incidents.setting import Setting, level_order
from onrecord.reading.incidents.words import lemmas
from onrecord.reading.schema import Attribution, Casualty, Incident

BIAS = "bias"
NARROW = 2
"""The order of a place's level, up to which it is a spot: districts."""
_FEW = 3
_FAMILIAR = 5  # a fifth of the names of countries and of places in them
_NOT_NONE, LEAST_LIKELY, _MOST = 0.1, 0.2, 8
_MEANING = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV", "NUM"})
_STEPS, _RARE = 6, 1e-6


@dataclass(frozen=True, slots=True)
class Told:
    """A happening with what its article says of it, and all who may have had part in it."""

    draft: Draft
    incident: Incident
    happenings: int
    """How many the article tells."""
    given: Given
    candidates: tuple[Candidate, ...] = ()
    arms: tuple[Arm, ...] = ()
    order: int = 0
    """How many the article tells before it."""
    is_news: bool = False
    """Whether the main toll of the article is of it."""
    chance: float = 1.0
    """How likely it is one happening."""


def likelihood(features: frozenset[str]) -> float:
    """The probability, between 0 and 1, that a happening with these features is one that a record would keep."""
    return chance_of(_weights(), features)


def is_familiar(setting: Setting) -> bool:
    """Whether the article tells of countries whose conflicts the weights were learned from.

    The weights of another continent's guerrillas and cartels say little of a siege: elsewhere the parse decides.
    """
    own = sum(number for country, number in setting.countries.items() if country in _learned_countries())
    return _FAMILIAR * own >= max(setting.countries.total(), 1)


def article_chance(setting: Setting) -> float:
    """The probability that the article tells any happening that a record would keep, by its words alone."""
    return chance_of(_article_weights(), article_features(setting))


def article_features(setting: Setting) -> frozenset[str]:
    """The words of an article."""
    return frozenset((BIAS, *(token.lower_ for token in setting.doc if token.is_alpha)))


def features_of(told: Told, setting: Setting, article: float) -> frozenset[str]:
    """What speaks for and against it, by name; `article`: the probability that its article tells any."""
    of_words = (*_of_wording(told, setting), *_of_sentences(told, setting), *_of_article(article))
    return frozenset((BIAS, *of_words, *_of_setting(told, setting), *_of_people(told, setting)))


def _of_sentences(told: Told, setting: Setting) -> Iterator[str]:
    """The words around it that mean something."""
    for number in told.draft.sentences:
        yield from (f"s:{token.lemma_.lower()}" for token in setting.sentences[number] if token.pos_ in _MEANING)


def _of_article(article: float) -> Iterator[str]:
    odds = round(2 * math.log(max(article, _RARE) / max(1 - article, _RARE)))
    yield from (f"article>={step}" for step in range(-_STEPS, _STEPS + 1) if max(odds, -_STEPS) >= step)


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
    yield from {f"told={lemmas(mention.trigger)[0]}" for mention in draft.mentions}
    yield f"words={_bucket(len({mention.trigger.lower_ for mention in draft.mentions}))}"
    yield f"sentences={_bucket(len(draft.sentences))}"
    yield f"order={_bucket(told.order)}"
    yield f"type={draft.type} status={told.incident.status}"
    generic = [mention.generic for mention in draft.mentions]
    if any(generic):
        yield "all-generic" if all(generic) else "generic"
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
    if any(level_order(place) <= NARROW for place in places):
        yield "narrow-place"
    yield f"age={age_of(incident, setting)}"
    yield f"weapons={_bucket(len(told.draft.weapons))}"


def age_of(incident: Incident, setting: Setting) -> str:
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
    yield from _of_candidates(told)
    for role, phrases in (("doer", told.given.doing), ("undergoer", told.given.undergoing)):
        yield f"{role}s={_bucket(len(phrases))}"
        yield from (f"{role}={_name_or_noun(phrase, setting)}" for phrase in phrases)
    harmed = [casualty for casualty in setting.doc._.casualties if casualty.id in told.incident.casualties]
    yield from {f"harm={casualty.effect}" for casualty in harmed}
    if any(is_exact(casualty) for casualty in harmed):
        yield "counted"


def _of_candidates(told: Told) -> Iterator[str]:
    """How likely it is that somebody or something fills each slot, and who does."""
    found = [(each.slot, each.head, each.chance) for each in told.candidates]
    found += [(WEAPON, each.head, each.chance) for each in told.arms]
    for slot in SLOTS:
        chances = [chance for own, _, chance in found if own == slot]
        yield f"best-{slot}={int(10 * max(chances)) if chances else 'none'}"
        yield f"sum-{slot}={min(int(3 * sum(chance for chance in chances if chance > _NOT_NONE)), _MOST)}"
    yield from {f"{slot}={head}" for slot, head, chance in found if chance >= LEAST_LIKELY}


def _name_or_noun(phrase: Phrase, setting: Setting) -> str:
    entity = setting.entities.get(phrase.entity or "")
    return f"named-{entity.type}" if entity is not None else lemmas(phrase.head)[0]


def is_exact(casualty: Casualty) -> bool:
    """Whether it has a number."""
    return casualty.count is not None


def _bucket(number: int) -> str:
    return str(number) if number <= _FEW else "4-7" if number < 8 else "8+"


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("incident-weights")}


@cache
def _article_weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("incident-article-weights")}


@cache
def _learned_countries() -> frozenset[str]:
    return frozenset(row["country"] for row in rows("incident-weight-countries"))
