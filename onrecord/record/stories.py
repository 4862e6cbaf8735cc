"""Which articles report the same happening: stories, by the cosine of their words.

Words weigh by how rare they are in news at large (`wording`). Articles are found by their heaviest words, weighed in
pairs and grouped generously by average-link clustering (`grouping`); what tells the happenings in a group apart is
then found in the group itself (`dividing`). Nobody has to say how many stories there are.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from onrecord.reading.schema import Reading
from onrecord.record.accounts import ROLE_ACTOR, ROLE_PLACE, names_of
from onrecord.record.days import day_of, iso, rank
from onrecord.record.dividing import divided
from onrecord.record.features import of_incident
from onrecord.record.grouping import Group, Rule, regrouped
from onrecord.record.ids import article_id, body, story_id
from onrecord.record.links import Ask, Key, Linker, Node
from onrecord.record.wording import Vector, heaviest, product, weighted_words

KEPT = 150
"""Words of an article that are compared, the heaviest."""
POSTED = 25
"""Words by which it is found."""
_DAYS = 30
"""Between two publications on one story."""
_DAY, _PLACE, _BOTH = 6.0, 8.0, 16.0
"""What the day, the place and both together weigh; the rarest word weighs 8."""
_OTHER_DAYS = 0.3
"""What is left of the likeness of articles on happenings of different days."""
_SHORT = 3
"""Days of a happening that can be told by its days."""
_SETTLED = frozenset({"facility", "settlement"})
_ACTORS = frozenset({"person", "organisation"})


class _Words(NamedTuple):
    """The words of an article and the days of the happening that it is about."""

    weights: Vector
    days: tuple[int, ...]


def news(article: str, reading: Reading, rank: str) -> Node:
    """The article as a node among news."""
    weights = words_that_tell(reading)
    terms = tuple(word for word in weights if not _is_day(word))[:POSTED]
    day = day_of(reading)
    places = [entity for entity in reading.entities if entity.type == "place"]
    actors = [entity for entity in reading.entities if entity.type in _ACTORS]
    return Node(
        id=article,
        article=article,
        local="",
        rank=rank,
        features=json.dumps(weights, ensure_ascii=False, separators=(",", ":")).encode(),
        keys=tuple(Key(term, day or 0) for term in terms),
        asks=(Ask(terms) if day is None else Ask(terms, day - _DAYS, day + _DAYS),) if terms else (),
        since=iso(day),
        until=iso(day),
        names=(
            *(name for place in places for name in names_of(ROLE_PLACE, place)),
            *(name for actor in actors for name in names_of(ROLE_ACTOR, actor)),
        ),
    )


def words_that_tell(reading: Reading) -> dict[str, float]:
    """The words of an article with their weights, the heaviest first, scaled to a length of 1."""
    return heaviest(weighted_words(body(reading)) | _marks(reading), KEPT)


def _marks(reading: Reading) -> dict[str, float]:
    """Day and place of the happening that the article is about, as words that weigh like rare ones."""
    weights: dict[str, float] = {}
    for incident in (incident for incident in reading.incidents if incident.main):
        compared = of_incident(reading, incident)
        places = [place.key for place in compared.places if place.level in _SETTLED][:1]
        days = range(compared.since, compared.until + 1) if compared.dated and compared.since and compared.until else ()
        if len(days) <= _SHORT:
            weights |= {f"@{day}": _DAY for day in days}
            weights |= {f"@{place} {day}": _BOTH for place in places for day in days}
        weights |= {f"@{place}": _PLACE for place in places}
    return weights


def _is_day(word: str) -> bool:
    return word[0] == "@" and word[1:].isdigit()


def stories_of(readings: Iterable[Reading]) -> dict[str, str]:
    """The story of each article by the reading's id: what the record would find, without a record."""
    nodes: dict[str, Node] = {}
    articles: dict[str, str] = {}
    for reading in readings:
        article = article_id(reading)
        articles[reading.id] = article
        nodes[article] = news(article, reading, rank(reading.published, article))
    graph = _graph(nodes)

    def divide(group: Group) -> list[Group]:
        return [tuple(group[at] for at in part) for part in _divide([nodes[node].features for node in group])]

    named: dict[str, str] = {}
    for node in sorted(nodes):
        if node not in named:
            for group in regrouped(graph, [node], STORIES.rule, divide=divide).groups:
                first = min(group, key=lambda member: nodes[member].rank)
                named |= dict.fromkeys(group, story_id(first))
    return {id: named[article] for id, article in articles.items()}


def _weigh(newcomer: bytes, others: Sequence[bytes]) -> list[float]:
    ours = _words_in(newcomer)
    return [_likeness(ours, _words_in(other)) for other in others]


def _likeness(a: _Words, b: _Words) -> float:
    """The cosine of two articles' words, little of it where they are about happenings of different days."""
    apart = a.days and b.days and min(abs(one - other) for one in a.days for other in b.days) > 1
    return product(a.weights, b.weights) * (_OTHER_DAYS if apart else 1.0)


@lru_cache(maxsize=2048)
def _words_in(features: bytes) -> _Words:
    """The words of an article from its features; a newcomer is weighed against the same ones as the one before it."""
    weights: dict[str, float] = json.loads(features)
    return _Words(weights, tuple(int(word[1:]) for word in weights if _is_day(word)))


def _divide(articles: Sequence[bytes]) -> list[list[int]]:
    return divided([_words_in(article).weights for article in articles])


STORIES = Linker(
    kind="story",
    rule=Rule(ladder=(0.15, 0.2, 0.3, 0.45, 0.6, 0.8), cut=0.06),
    weigh=_weigh,
    shared=3,
    divide=_divide,
)
"""Finds and weighs articles on one happening."""


@dataclass(frozen=True, slots=True)
class _Links:
    """Links in memory."""

    by_node: Mapping[str, Mapping[str, float]]

    def neighbours(self, node: str, floor: float) -> dict[str, float]:
        return {other: weight for other, weight in self.by_node.get(node, {}).items() if weight >= floor}


def _graph(nodes: Mapping[str, Node]) -> _Links:
    posted: dict[str, set[str]] = defaultdict(set)
    words = {id: _words_in(node.features) for id, node in nodes.items()}
    links: dict[str, dict[str, float]] = defaultdict(dict)
    for id, node in nodes.items():
        shared = Counter(other for key in node.keys for other in posted[key.key] if _near(node, nodes[other]))
        for other in (other for other, n in shared.items() if n >= STORIES.shared):
            weight = _likeness(words[id], words[other])
            if weight >= STORIES.rule.ladder[0]:
                links[id][other] = links[other][id] = weight
        for key in node.keys:
            posted[key.key].add(id)
    return _Links(links)


def _near(a: Node, b: Node) -> bool:
    day, other = a.keys[0].day, b.keys[0].day
    return 0 in (day, other) or abs(day - other) <= _DAYS
