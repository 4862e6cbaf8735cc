"""Which of its namesakes a place name means: the places that an article names, resolved together.

Candidates come from the gazetteer. What speaks for one: its people; a place named with it that holds it ("Paris, Tex.",
"Marea, in northern Aleppo"); the countries, regions and towns that the article names besides; the outlet's home. A name
means one place throughout an article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import TypeVar

from onrecord.reading.distance import kilometres
from onrecord.reading.gazetteer import BARE_NAME, OWN_NAME, Gazetteer, Place
from onrecord.reading.outlet_home import home_names, home_of
from onrecord.reading.place_names import NamedPlace, readings_of

# What a candidate's evidence is worth, in powers of ten of people: found by trial on the benchmark `places` (dev).
LEVEL_PRIOR = {"country": 8.7, "region": 6.5, "sea": 6.5, "adm1": 0.6, "adm2": 4.3, "facility": 4.3, "settlement": 0.0}
OTHER_NAME_COST = 1.0
BARE_NAME_COST = 1.2
HELD = 6.0
NOT_HELD = -3.0
SAME_COUNTRY = 2.2
SAME_REGION = 2.2
NEAR = 1.6
NEAR_KM, NEARBY_KM = 60.0, 200.0
SMALLEST_HOME = 3_000
HOME_COUNTRY, HOME_REGION = 1.2, 1.8


_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class _Context:
    """What an article says of where it plays: shares of its sure places by country and region, and the places."""

    countries: dict[str, float]
    regions: dict[tuple[str, str], float]
    places: tuple[tuple[str, Place], ...]
    home: Place | None


def located(
    gazetteer: Gazetteer, names: Sequence[NamedPlace], outlet: str | None, url: str | None
) -> list[Place | None]:
    """For each name the place that it means in this article; None where the gazetteer has none of that name."""
    asked = len(names)
    names = [*names, *(NamedPlace(town) for town in home_names(outlet, url) if _is_town(gazetteer, town))]
    candidates = {name.text: readings_of(gazetteer, name.text) for name in names}
    holders = _holders(gazetteer, names)
    home = home_of(gazetteer, outlet, url)
    chosen = {text: _sure(found) for text, found in candidates.items()}
    for _ in range(2):
        context = _context(names, chosen, home)
        chosen = {text: _best(text, candidates[text], holders.get(text, ()), context) for text in candidates}
    return [chosen[name.text] for name in names[:asked]]


def _is_town(gazetteer: Gazetteer, name: str) -> bool:
    return any(place.population >= SMALLEST_HOME and place.level == "settlement" for place in gazetteer.named(name))


def _sure(candidates: Sequence[Place]) -> Place | None:
    """The candidate that hardly any other can be: a country or state, or one ten times as populous as the next."""
    ranked = sorted(candidates, key=_prior, reverse=True)
    if not ranked:
        return None
    if len(ranked) == 1 or _prior(ranked[0]) - _prior(ranked[1]) >= 1.0:
        return ranked[0]
    return None


def _best(text: str, candidates: Sequence[Place], holders: Sequence[Place], context: _Context) -> Place | None:
    return max(candidates, key=lambda place: (_score(text, place, holders, context), -place.id), default=None)


def _score(text: str, place: Place, holders: Sequence[Place], context: _Context) -> float:
    score = _prior(place)
    if holders:
        score += HELD if any(_holds(holder, place) for holder in holders) else NOT_HELD
    score += SAME_COUNTRY * context.countries.get(place.country, 0.0)
    score += SAME_REGION * context.regions.get((place.country, place.region), 0.0)
    if context.home is not None:
        score += HOME_COUNTRY * (context.home.country == place.country)
        score += HOME_REGION * (bool(context.home.region) and _region(context.home) == _region(place))
    if place.level in {"settlement", "adm2", "facility"}:
        score += _nearness(text, place, context)
    return score


def _prior(place: Place) -> float:
    cost = OTHER_NAME_COST * (place.rank != OWN_NAME) if place.rank != BARE_NAME else BARE_NAME_COST
    if place.level in {"country", "region", "sea", "adm2", "facility"}:
        return LEVEL_PRIOR[place.level] - cost
    return log10(place.population + 100) + LEVEL_PRIOR[place.level] - cost


def _nearness(text: str, place: Place, context: _Context) -> float:
    others = [other for name, other in context.places if name != text]
    if context.home is not None:
        others.append(context.home)
    distance = min((kilometres(place.point, other.point) for other in others), default=float("inf"))
    return NEAR if distance <= NEAR_KM else NEAR / 2 if distance <= NEARBY_KM else 0.0


def _context(names: Sequence[NamedPlace], chosen: dict[str, Place | None], home: Place | None) -> _Context:
    sure = [(name.text, place) for name in names if (place := chosen[name.text]) is not None]
    countries = Counter(place.country for _, place in sure if place.country)
    regions = Counter(_region(place) for _, place in sure if place.region)
    near = {text: place for text, place in sure if place.level in {"settlement", "adm2", "facility"}}
    return _Context(_shares(countries), _shares(regions), tuple(near.items()), home)


def _shares(counts: Counter[_Key]) -> dict[_Key, float]:
    total = sum(counts.values())
    return {key: count / total for key, count in counts.items()}


def _holders(gazetteer: Gazetteer, names: Sequence[NamedPlace]) -> dict[str, list[Place]]:
    """For each name the regions and countries that some mention of it is said to lie in."""
    holders: defaultdict[str, list[Place]] = defaultdict(list)
    for name in names:
        if name.within is not None:
            holders[name.text].extend(
                place for place in readings_of(gazetteer, name.within) if place.level in {"country", "adm1", "adm2"}
            )
    return {text: found for text, found in holders.items() if found}


def _holds(holder: Place, place: Place) -> bool:
    if holder.id == place.id or holder.country != place.country:
        return False
    if holder.level == "country":
        return True
    if holder.level == "adm1":
        return holder.region == place.region
    return kilometres(holder.point, place.point) <= NEAR_KM


def _region(place: Place) -> tuple[str, str]:
    return place.country, place.region
