"""What decisions on links come down to: pairs of nodes that must be in one group ("bonds"), and pairs that must not.

Grouping takes them as it takes weights, so that the order in which articles come does not matter. Where decisions
disagree on a pair the one made later holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select

from onrecord.record import tables
from onrecord.record.decision_tables import anchors, bonds, decisions
from onrecord.record.decisions.store import LINKING, anchored_by
from onrecord.record.groups import Kind, portions
from onrecord.record.ids import account_id, truce_id
from onrecord.record.leaving import scatter_large
from onrecord.record.links import Linker, affected_by, regroup
from onrecord.record.matching import ACCOUNTS, STEPS

ONE, OUT, REST = "one", "out", "rest"
"""Roles of accounts: those of `one` happening; those that are `out` of what the `rest` is. A moved account is both."""
_DECISIONS, _ANCHORS, _BONDS = decisions.c, anchors.c, bonds.c
_LINKERS: dict[str, Linker] = {"incidents": ACCOUNTS, "truces": STEPS}

Bonds = dict[tuple[Kind, str, str], tuple[bool, str]]
"""By kind and pair of nodes, in their order: whether they must be one (or must not), and by which decision."""


def bind(connection: Connection, made: Iterable[str]) -> None:
    """Bring bonds and groups up to date after decisions were made, undone, or hold on to other facts than before."""
    together = _that_share_accounts(connection, set(made))
    before, after = _bound_by(connection, together), _bonds_of(connection, together)
    if before == after:
        return
    for linker in _LINKERS.values():
        changed = {pair for pair, _ in before.items() ^ after.items() if pair[0] == linker.kind}
        ends = _there(connection, linker.kind, {node for _, *pair in changed for node in pair})
        touched = affected_by(connection, linker, ends)
        _keep(connection, linker.kind, together, after)
        touched |= scatter_large(connection, linker, sorted(ends))
        regroup(connection, linker, sorted(touched | ends))


def about(connection: Connection, article: str) -> set[str]:
    """The decisions on links in which an account of an article has a part."""
    wanted = select(_ANCHORS.decision).where(or_(_ANCHORS.holder == article, _ANCHORS.article == article))
    return _only_linking(connection, set(connection.scalars(wanted)))


def loosen(connection: Connection, linker: Linker, nodes: Sequence[str]) -> list[str]:
    """Take the bonds of nodes that are about to leave away; gives the nodes whose groups may change by it."""
    partners: set[str] = set()
    for some in portions(nodes):
        touching = (_BONDS.kind == linker.kind) & or_(_BONDS.a.in_(some), _BONDS.b.in_(some))
        partners |= set(connection.scalars(select(_BONDS.a).where(touching)))
        connection.execute(delete(bonds).where(touching))
    if partners:
        partners |= scatter_large(connection, linker, sorted(partners.union(nodes)))
    return sorted(partners - set(nodes))


def _that_share_accounts(connection: Connection, made: set[str]) -> set[str]:
    """The decisions on links that are about the same accounts as these, or as those that are, and so on."""
    found = _only_linking(connection, made)
    while True:
        places = {(row.holder, row.local) for rows in anchored_by(connection, found).values() for row in rows}
        more: set[str] = set()
        for some in portions(sorted({holder for holder, _ in places if holder})):
            wanted = select(_ANCHORS.decision, _ANCHORS.holder, _ANCHORS.local).where(_ANCHORS.holder.in_(some))
            more |= {row.decision for row in connection.execute(wanted) if (row.holder, row.local) in places}
        more = _only_linking(connection, more)
        if more <= found:
            return found
        found |= more


def _only_linking(connection: Connection, ids: set[str]) -> set[str]:
    found: set[str] = set()
    for some in portions(sorted(ids)):
        linking = select(_DECISIONS.id).where(_DECISIONS.id.in_(some), _DECISIONS.act.in_(LINKING))
        found |= set(connection.scalars(linking))
    return found


def _bound_by(connection: Connection, ids: set[str]) -> Bonds:
    found: Bonds = {}
    for some in portions(sorted(ids)):
        rows = connection.execute(select(bonds).where(_BONDS.decision.in_(some)))
        found |= {(row.kind, *sorted((row.a, row.b))): (row.one, row.decision) for row in rows}  # type: ignore[misc]
    return found


def _bonds_of(connection: Connection, ids: set[str]) -> Bonds:
    """What decisions come down to, the first made first; a later one takes back what an earlier one says of a pair."""
    found: Bonds = {}
    by_decision = anchored_by(connection, ids)
    for id in _in_force(connection, ids):
        for section, linker in _LINKERS.items():
            by_role = _accounts(connection, linker.kind, by_decision[id], section)
            for pair in combinations(sorted(by_role[ONE]), 2):
                _take_back(found, linker.kind, pair, one=True)
            star = [(by_role[ONE][0], other) for other in by_role[ONE][1:]]
            found |= {(linker.kind, *sorted(pair)): (True, id) for pair in star}  # type: ignore[misc]
            apart = product(by_role[OUT], by_role[REST])
            found |= {(linker.kind, *sorted(pair)): (False, id) for pair in apart}  # type: ignore[misc]
    return found


def _take_back(found: Bonds, kind: Kind, pair: Sequence[str], *, one: bool) -> None:
    """Forget that two nodes must not be one, where a later decision says that they are."""
    a, b = sorted(pair)
    if (kind, a, b) in found and found[kind, a, b][0] != one:
        del found[kind, a, b]


def _accounts(
    connection: Connection, kind: Kind, rows: Sequence[Row[Any]], section: str
) -> Mapping[str, Sequence[str]]:
    """The accounts of a decision that are on record today, by role."""
    by_role: dict[str, list[str]] = defaultdict(list)
    id_of = account_id if section == "incidents" else truce_id
    for row in rows:
        if row.holder and row.section == section:
            for role in row.role.split():
                by_role[role].append(id_of(row.holder, row.local))
    there = _there(connection, kind, {node for nodes in by_role.values() for node in nodes})
    return defaultdict(list, {role: [node for node in nodes if node in there] for role, nodes in by_role.items()})


def _there(connection: Connection, kind: Kind, nodes: set[str]) -> set[str]:
    known = tables.nodes.c
    found: set[str] = set()
    for some in portions(sorted(nodes)):
        found |= set(connection.scalars(select(known.id).where(known.kind == kind, known.id.in_(some))))
    return found


def _in_force(connection: Connection, ids: set[str]) -> list[str]:
    """Those of the decisions that were not undone, in the order in which they were made."""
    numbers: dict[str, int] = {}
    for some in portions(sorted(ids)):
        wanted = select(_DECISIONS.id, _DECISIONS.number).where(_DECISIONS.id.in_(some), _DECISIONS.undone_by.is_(None))
        numbers |= {row.id: row.number for row in connection.execute(wanted)}
    return sorted(numbers, key=lambda id: numbers[id])


def _keep(connection: Connection, kind: Kind, ids: set[str], after: Bonds) -> None:
    for some in portions(sorted(ids)):
        connection.execute(delete(bonds).where(_BONDS.kind == kind, _BONDS.decision.in_(some)))
    rows = [
        {"kind": kind, "a": a, "b": b, "one": one, "decision": decision}
        for (of_kind, x, y), (one, decision) in sorted(after.items())
        for a, b in ((x, y), (y, x))
        if of_kind == kind
    ]
    if rows:
        connection.execute(insert(bonds), rows)
