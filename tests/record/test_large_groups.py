"""Groups of very many nodes: whoever comes and goes, they are what looking through all nodes gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from onrecord.record import Record, links, tables
from onrecord.record.grouping import Rule, regrouped
from onrecord.record.leaving import take
from onrecord.record.links import Ask, Key, Linker, Node, StoredGraph, put
from tests.record.conftest import Places


def weigh(newcomer: bytes, others: Sequence[bytes]) -> list[float]:
    return [round(1 - abs(newcomer[0] - other[0]) / 10, 3) for other in others]


POINTS = Linker(kind="copy", rule=Rule(ladder=(0.5, 0.7, 0.9), cut=0.6, limit=4), weigh=weigh)
"""Nodes are points on a line, the nearer the heavier their link; more than four in a row are very many."""


def point(number: int, at: int) -> Node:
    id = f"n{number:02}"
    return Node(id, id, "", f"2016-01-{number % 5 + 1:02} {id}", bytes([at]), (Key("line"),), (Ask(("line",)),))


@contextmanager
def drawing(places: Places, number: int) -> Iterator[Connection]:
    """A record with so many articles without anything in them, in a transaction that is thrown away."""

    class OverError(Exception):
        pass

    with Record.open(places()) as record:
        try:
            with record.connection(writes=True) as connection:
                empty = {"outlet_key": "", "language": "en", "truncated": False, "words": 0, "text": "", "agencies": []}
                given = [{"number": n + 1, "id": f"n{n:02}"} | empty for n in range(number)]
                connection.execute(insert(tables.articles), given)
                yield connection
                raise OverError
        except OverError:
            pass


def groups(connection: Connection) -> set[frozenset[str]]:
    rows = connection.execute(select(tables.nodes.c.id, tables.nodes.c.group, tables.nodes.c.rank)).all()
    found = {name: {row.id for row in rows if row.group == name} for name in {row.group for row in rows}}
    for name, members in found.items():
        assert name == min((row.rank, row.id) for row in rows if row.id in members)[1]
    return {frozenset(members) for members in found.values()}


def looked_through(connection: Connection) -> set[frozenset[str]]:
    """The groups that all nodes together give, none of which is known."""
    nodes = connection.scalars(select(tables.nodes.c.id)).all()
    return {frozenset(group) for group in regrouped(StoredGraph(connection, "copy"), nodes, POINTS.rule).groups}


@given(ats=st.lists(st.integers(0, 9), min_size=5, max_size=14), data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_who_comes_and_goes_leaves_groups_as_if_all_were_looked_through(
    places: Places, ats: list[int], data: st.DataObject
) -> None:
    with drawing(places, len(ats)) as connection:
        there: set[int] = set()
        for number in data.draw(
            st.permutations([*range(len(ats)), *data.draw(st.lists(st.integers(0, len(ats) - 1)))])
        ):
            if number in there:
                take(connection, POINTS, f"n{number:02}")
            else:
                put(connection, POINTS, point(number, ats[number]))
            there ^= {number}
            assert groups(connection) == looked_through(connection)


def test_one_more_of_very_many_looks_at_none_of_their_links(places: Places) -> None:
    with drawing(places, 40) as connection:
        for number in range(39):
            put(connection, POINTS, point(number, 5))
        asked: list[str] = []
        real = StoredGraph.neighbours

        class Watched(StoredGraph):
            def neighbours(self, node: str, floor: float) -> dict[str, float]:
                asked.append(node)
                return real(self, node, floor)

        links.StoredGraph, kept = Watched, links.StoredGraph  # type: ignore[misc]
        try:
            put(connection, POINTS, point(39, 5))
        finally:
            links.StoredGraph = kept  # type: ignore[misc]
        assert len(set(asked)) <= 2
        assert groups(connection) == {frozenset(f"n{number:02}" for number in range(40))}
