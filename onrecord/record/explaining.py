"""Why accounts are one incident: what joined each with the others, and what keeps the nearest other incidents apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from sqlalchemy import select

from onrecord.record import tables
from onrecord.record.accounts import accounts_of
from onrecord.record.days import rank
from onrecord.record.decision_tables import bonds
from onrecord.record.features import Features
from onrecord.record.groups import members, portions
from onrecord.record.links import Node, features_of, sharing
from onrecord.record.matching import ACCOUNTS, Point, Points, same_incident, total
from onrecord.record.shapes import ArticleOnRecord, DecisionOnRecord
from onrecord.record.shelf import Shelf

_NEAREST = 3
"""Other incidents that are shown."""
_LOOKED_AT = 200
"""Accounts near in place and time that are weighed to find them."""


@dataclass(frozen=True, slots=True)
class Joined:
    """One account of an incident, and the other account that most speaks for its being there."""

    account: str
    article: ArticleOnRecord
    to: str | None
    """The other account; `None` where the incident has no other."""
    to_article: ArticleOnRecord | None
    points: tuple[Point, ...]
    """Reasons for (positive) and against; logarithms of odds."""
    weight: float
    """All of them together."""
    mean: float
    """The mean weight of its links with all other accounts of the incident."""
    decided: bool
    """Whether a person decided that it belongs with another account here."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Another incident near this one, by the two accounts that are most alike, and what keeps them apart."""

    incident: str
    account: str
    other: str
    article: ArticleOnRecord
    other_article: ArticleOnRecord
    points: tuple[Point, ...]
    weight: float
    mean: float
    """The mean weight between the accounts of the two incidents."""
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What holds an incident together and what keeps others out of it.

    Two groups of accounts become one while the mean weight of the links between them is at least `cut` (average-link
    clustering); a pair too unlike to be linked counts with `unlinked`. What people decided comes before all weights.
    """

    incident: str
    accounts: tuple[Joined, ...]
    mean: float | None
    """The mean weight between its accounts; `None` where it has one alone."""
    cut: float
    unlinked: float
    apart: tuple[Apart, ...]
    """The nearest first."""
    decisions: tuple[DecisionOnRecord, ...]


def explanation(shelf: Shelf, group: str) -> Explanation:
    """Why the accounts of a group are one incident, and those near it are not of it."""
    inside = members(shelf.connection, "incident", group)
    ids = [id for id, _, _ in inside]
    articles = {id: article for id, article, _ in inside}
    weighed = _weighed(shelf, ids)
    bound = _bound(shelf, ids)
    rule = ACCOUNTS.rule
    weights = [_counted(points) for points in weighed.values()]
    return Explanation(
        incident=group,
        accounts=tuple(_joined(shelf, id, articles, weighed, bound) for id in ids),
        mean=round(fmean(weights), 2) if weights else None,
        cut=rule.cut,
        unlinked=rule.unlinked,
        apart=tuple(_apart(shelf, inside, bound)),
        decisions=shelf.decisions_on([(article, local) for _, article, local in inside]),
    )


Pair = tuple[str, str]


def _weighed(shelf: Shelf, ids: Sequence[str]) -> dict[Pair, Points]:
    """The reasons of each pair of accounts."""
    known = {id: Features.from_bytes(data) for id, data in features_of(shelf.connection, "incident", ids).items()}
    return {pair: same_incident(known[pair[0]], known[pair[1]]) for pair in combinations(sorted(known), 2)}


def _joined(
    shelf: Shelf, id: str, articles: dict[str, str], weighed: dict[Pair, Points], bound: dict[Pair, bool]
) -> Joined:
    theirs = {(set(pair) - {id}).pop(): points for pair, points in weighed.items() if id in pair}
    best = max(theirs, key=lambda other: (total(theirs[other]), other), default=None)
    return Joined(
        account=id,
        article=shelf.article(articles[id]),
        to=best,
        to_article=None if best is None else shelf.article(articles[best]),
        points=() if best is None else _told(theirs[best]),
        weight=0.0 if best is None else round(total(theirs[best]), 2),
        mean=round(fmean(map(_counted, theirs.values())), 2) if theirs else 0.0,
        decided=any(one for pair, one in bound.items() if id in pair),
    )


def _told(points: Points) -> Points:
    """The reasons that weigh anything, the weightiest first."""
    weighty = [Point(point.reason, round(point.weight, 2)) for point in points if abs(point.weight) >= 0.005]
    return tuple(sorted(weighty, key=lambda point: -abs(point.weight)))


def _counted(points: Points) -> float:
    """What a pair counts with in the mean: its link, or where that is too weak to be kept what unlinked pairs do."""
    weight = total(points)
    return weight if weight >= ACCOUNTS.rule.ladder[0] else ACCOUNTS.rule.unlinked


def _apart(shelf: Shelf, inside: Sequence[tuple[str, str, str]], bound: dict[Pair, bool]) -> list[Apart]:
    near = _near(shelf, inside)
    owners = {id: article for id, article, _ in inside}
    others: dict[str, list[str]] = defaultdict(list)
    for other, (group, article) in near.items():
        others[group].append(other)
        owners[other] = article
    known = features_of(shelf.connection, "incident", list(owners))
    features = {id: Features.from_bytes(data) for id, data in known.items()}
    found = [_kept_out(shelf, group, inside, theirs, owners, features, bound) for group, theirs in others.items()]
    return sorted(found, key=lambda apart: (-apart.weight, apart.incident))[:_NEAREST]


def _kept_out(
    shelf: Shelf,
    group: str,
    inside: Sequence[tuple[str, str, str]],
    theirs: Sequence[str],
    owners: dict[str, str],
    features: dict[str, Features],
    bound: dict[Pair, bool],
) -> Apart:
    pairs = {(ours, other): same_incident(features[ours], features[other]) for ours, _, _ in inside for other in theirs}
    ours, other = best = max(pairs, key=lambda pair: (total(pairs[pair]), pair))
    mean = fmean(map(_counted, pairs.values()))
    one_article = any(owners[ours] == owners[other] for ours, other in pairs)
    decided = any(bound.get((min(pair), max(pair))) is False for pair in pairs)
    return Apart(
        incident=group,
        account=ours,
        other=other,
        article=shelf.article(owners[ours]),
        other_article=shelf.article(owners[other]),
        points=_told(pairs[best]),
        weight=round(total(pairs[best]), 2),
        mean=round(mean, 2),
        because=_because(decided, one_article, mean),
    )


def _because(decided: bool, one_article: bool, mean: float) -> str:
    if decided:
        return "a person decided that they are two"
    if one_article:
        return "one article tells of both, as two"
    if mean < ACCOUNTS.rule.cut:
        return f"the mean weight between them, {mean:.1f}, is less than {ACCOUNTS.rule.cut:.1f}"
    return "their accounts belong more closely with others"


def _near(shelf: Shelf, inside: Sequence[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """Accounts of other incidents that are near in place and time: their group and article."""
    ids = {id for id, _, _ in inside}
    found: set[str] = set()
    for id, article, _ in inside:
        node = _node(shelf, id, article)
        if node is not None:
            found |= sharing(shelf.connection, ACCOUNTS, node)
    nodes = tables.nodes.c
    near: dict[str, tuple[str, str]] = {}
    for some in portions(sorted(found - ids)[:_LOOKED_AT]):
        wanted = select(nodes.id, nodes.group, nodes.article).where(nodes.kind == "incident", nodes.id.in_(some))
        near |= {row.id: (row.group, row.article) for row in shelf.connection.execute(wanted)}
    return {id: where for id, where in near.items() if where[0] not in shelf.withheld_groups}


def _node(shelf: Shelf, id: str, article: str) -> Node | None:
    reading = shelf.telling(article).reading
    nodes = accounts_of(article, reading, rank(reading.published, article))
    return next((node for node in nodes if node.id == id), None)


def _bound(shelf: Shelf, ids: Sequence[str]) -> dict[Pair, bool]:
    found: dict[Pair, bool] = {}
    for some in portions(ids):
        rows = shelf.connection.execute(select(bonds).where(bonds.c.kind == "incident", bonds.c.a.in_(some)))
        found |= {(min(row.a, row.b), max(row.a, row.b)): row.one for row in rows}
    return found
