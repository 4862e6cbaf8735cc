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

from onrecord.reading.places.countries import capitals
from onrecord.reading.places.distance import Point, kilometres
from onrecord.reading.places.gazetteer import CORRECTED, Gazetteer, Place
from onrecord.reading.places.gazetteer_file import BARE_NAME, OWN_NAME
from onrecord.reading.places.outlet_home import home_names, home_of
from onrecord.reading.places.spellings import NamedPlace, readings_of, respellings_of
from onrecord.reading.spelling import folded

# What a candidate's evidence is worth, in powers of ten of people: found by trial on the benchmark `places` (dev).
LEVEL_PRIOR = {"country": 8.7, "region": 6.5, "sea": 6.5, "adm2": 4.3, "facility": 4.3}
REGION_PRIOR = 0.6
CAPITAL = 2.0
# A paper of a small town means its own town, however large another one is.
HOME_TOWN, HOME_TOWN_PRIOR = 4.0, 4.5
OTHER_NAME_COST = 1.0
BARE_NAME_COST = 1.2
HELD = 6.0
NOT_HELD = -3.0
SAME_COUNTRY = 2.2
SAME_REGION = 2.2
NEAR = 1.6
NEAR_KM, NEARBY_KM = 60.0, 200.0
SMALLEST_HOME = 3_000
# A town abroad that few know, in an article of which at least this share plays in one other country, is a namesake.
FAR_KNOWN, MOSTLY, FAR_KM = 100_000, 0.6, 400.0
FAR_KNOWN_OTHERWISE = 1_000_000  # by another name than its own
HOME_COUNTRY, HOME_REGION = 1.2, 1.8


_SMALL = frozenset({"settlement", "adm2", "facility"})


@dataclass(frozen=True, slots=True)
class _Context:
    """What an article says of where it plays: its places under their names, each as often as it is named."""

    counts: Counter[tuple[str, Place]]
    home: Place | None
    home_names: frozenset[str]

    def share(self, text: str, country: str, region: str | None = None) -> float:
        """How much of all that is named besides `text` lies in a country, or a region of it."""
        others = [(place, count) for (name, place), count in self.counts.items() if name != text and place.country]
        total = sum(count for _, count in others)
        held = sum(
            count for place, count in others if place.country == country and region in {None, place.region or None}
        )
        return held / total if total else 0.0

    @property
    def main_country(self) -> str:
        """The country in which most of the places lie."""
        counts: Counter[str] = Counter()
        for (_, place), count in self.counts.items():
            counts[place.country] += count * bool(place.country)
        return counts.most_common(1)[0][0] if counts else ""

    def nearest(self, text: str, point: Point) -> float:
        """Kilometres to the nearest town or county that is named besides `text`."""
        near = [place for name, place in self.counts if name != text and place.level in _SMALL]
        return min((kilometres(point, place.point) for place in near), default=float("inf"))


def located(
    gazetteer: Gazetteer, names: Sequence[NamedPlace], outlet: str | None, url: str | None
) -> list[Place | None]:
    """For each name the place that it means in this article; None where the gazetteer has none of that name."""
    homes = [town for town in home_names(outlet, url) if _is_town(gazetteer, town)]
    named = [*names, *(NamedPlace(town) for town in homes)]
    candidates = {name.key: readings_of(gazetteer, name.text) for name in named}
    holders = _holders(gazetteer, names)
    chosen = {key: _sure(found) for key, found in candidates.items()}
    countries = _countries_spoken_of([place for name in names if (place := chosen[name.key]) is not None])
    for name in names:
        if all(_is_little_known_elsewhere(place, countries) for place in candidates[name.key]):
            candidates[name.key] += respellings_of(gazetteer, name.text, countries)
    home = home_of(gazetteer, outlet, url)
    for _ in range(2):
        counts = Counter((name.key, place) for name in named if (place := chosen[name.key]) is not None)
        context = _Context(counts, home, frozenset(folded(town) for town in homes))
        chosen = {key: _best(key, candidates[key], holders.get(key, ()), context) for key in candidates}
        for quarter in (name.key for name in names if name.is_quarter):
            chosen[quarter] = _unless_abroad(quarter, chosen[quarter], context)
    return [chosen[name.key] for name in names]


def _countries_spoken_of(places: Sequence[Place]) -> frozenset[str]:
    """The countries in which at least a quarter of the places lie; a town tells more of where one is than a country."""
    counts: Counter[str] = Counter()
    for place in places:
        counts[place.country] += 1 if place.level == "country" else 2
    return frozenset(country for country, count in counts.items() if country and 4 * count >= counts.total())


def _is_town(gazetteer: Gazetteer, name: str) -> bool:
    return any(place.population >= SMALLEST_HOME and place.level == "settlement" for place in gazetteer.named(name))


def _sure(candidates: Sequence[Place]) -> Place | None:
    """The candidate that hardly any other can be: a country or state, or one ten times as populous as the next."""
    ranked = sorted(candidates, key=_prior, reverse=True)
    if not ranked or (len(ranked) > 1 and _prior(ranked[0]) - _prior(ranked[1]) < 1.0):
        return None
    return ranked[0]


def _is_little_known_elsewhere(place: Place, countries: frozenset[str]) -> bool:
    """Whether a place lies abroad and is small, or has the name second: a spelling at home may be meant rather."""
    if place.country in countries or place.rank == CORRECTED:
        return False
    known = FAR_KNOWN if place.rank == OWN_NAME else FAR_KNOWN_OTHERWISE
    return place.rank == BARE_NAME or (place.level == "settlement" and place.population < known)


def _best(key: str, candidates: Sequence[Place], holders: Sequence[Place], context: _Context) -> Place | None:
    best = max(candidates, key=lambda place: (_score(key, place, holders, context), -place.id), default=None)
    return None if best is not None and not holders and _is_far_fetched(key, best, context) else best


def _unless_abroad(key: str, quarter: Place | None, context: _Context) -> Place | None:
    """A quarter's place, but none abroad, far from all towns that are named: there it is a namesake."""
    if quarter is None or context.share(key, quarter.country) > 0:
        return quarter
    return None if NEARBY_KM < context.nearest(key, quarter.point) < float("inf") else quarter


def _is_far_fetched(key: str, place: Place, context: _Context) -> bool:
    """Whether an article that plays elsewhere would hardly mean this small place by the name alone."""
    if place.level != "settlement" or place.population >= FAR_KNOWN or place.rank == CORRECTED:
        return False
    if key in context.home_names:
        return False
    elsewhere = context.share(key, context.main_country)
    return elsewhere >= MOSTLY and context.share(key, place.country) == 0 and context.nearest(key, place.point) > FAR_KM


def _score(key: str, place: Place, holders: Sequence[Place], context: _Context) -> float:
    at_home = key in context.home_names and place.level == "settlement"
    score = min(_prior(place), HOME_TOWN_PRIOR) + HOME_TOWN if at_home else _prior(place)
    if holders:
        score += HELD if any(_holds(holder, place) for holder in holders) else NOT_HELD
    score += SAME_COUNTRY * context.share(key, place.country)
    score += SAME_REGION * context.share(key, place.country, place.region) if place.region else 0.0
    if context.home is not None:
        score += HOME_COUNTRY * (context.home.country == place.country)
        score += HOME_REGION * (bool(context.home.region) and _region(context.home) == _region(place))
    if place.level in _SMALL:
        distance = context.nearest(key, place.point)
        score += NEAR if distance <= NEAR_KM else NEAR / 2 if distance <= NEARBY_KM else 0.0
    return score


def _prior(place: Place) -> float:
    cost = {OWN_NAME: 0.0, BARE_NAME: BARE_NAME_COST}.get(place.rank, OTHER_NAME_COST)
    if place.level in LEVEL_PRIOR:
        return LEVEL_PRIOR[place.level] - cost
    people = log10(place.population + 100)
    if place.level == "adm1":
        return people + REGION_PRIOR - cost
    return people - cost + CAPITAL * (place.name in capitals().get(place.country, ()))


def _holders(gazetteer: Gazetteer, names: Sequence[NamedPlace]) -> dict[str, list[Place]]:
    """For each name the regions and countries that some mention of it is said to lie in."""
    holders: defaultdict[str, list[Place]] = defaultdict(list)
    for name in names:
        if name.within is not None:
            holders[name.key].extend(
                place for place in readings_of(gazetteer, name.within) if place.level in {"country", "adm1", "adm2"}
            )
    return {key: found for key, found in holders.items() if found}


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
