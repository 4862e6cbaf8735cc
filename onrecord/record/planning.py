"""A word to who plans a query: that few rows fulfil a condition, so that its index is the one to follow."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Unlikely(FunctionElement[Any]):
    """A condition that few rows fulfil; without a type, or it would be compared with true."""

    name = "unlikely"
    inherit_cache = True


def unlikely(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    """The condition, which few rows fulfil.

    SQLite, which keeps no statistics here, would follow the primary key instead; PostgreSQL knows by itself.
    """
    return _Unlikely(condition)


@compiles(_Unlikely)
def _as_it_is(element: _Unlikely, compiler: SQLCompiler, **given: Any) -> str:
    return f"({compiler.process(element.clauses, **given)})"


@compiles(_Unlikely, "sqlite")
def _for_sqlite(element: _Unlikely, compiler: SQLCompiler, **given: Any) -> str:
    return f"unlikely({compiler.process(element.clauses, **given)})"
