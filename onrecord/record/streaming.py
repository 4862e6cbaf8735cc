"""Answers of the database that are gone through without standing in memory whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Row, Select


def streamed(connection: Connection, wanted: Select[Any] | CompoundSelect[Any], at_once: int) -> Iterator[Row[Any]]:
    """The rows in their order, at most `at_once` in memory."""
    yield from connection.execute(wanted.execution_options(yield_per=at_once))
