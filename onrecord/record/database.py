"""Opening the database of a record, and bringing its tables up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from onrecord.errors import RecordError

HEAD = "0005"
"""The last migration in `onrecord/record/migrations/versions`."""
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_WAIT = 60_000
"""Milliseconds to wait for another process that writes."""


def open_database(at: str | Path) -> Engine:
    """The database at a path or SQLAlchemy URL, made where there is none, with its tables up to date.

    Raises `RecordError` where it cannot be opened, is no record, or was made by a newer version.
    """
    url = _url(at)
    try:
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            _set_up_sqlite(engine)
        _bring_up_to_date(engine)
    except (ArgumentError, NoSuchModuleError, ImportError) as fault:
        raise RecordError(f"no such database ({fault})", where=str(at), advice="give a path or a URL") from fault
    except DatabaseError as fault:
        raise RecordError(
            f"cannot be opened as a record ({fault.orig})",
            where=str(at),
            advice="check the path, its folder and its permissions, or name another by --record",
        ) from fault
    return engine


def _url(at: str | Path) -> URL:
    if isinstance(at, str) and "://" in at:
        return make_url(at)
    return URL.create("sqlite", database=str(at))


def _set_up_sqlite(engine: Engine) -> None:
    """Transactions that begin where they are said to, foreign keys, and readers that do not wait for a writer."""

    @event.listens_for(engine, "connect")
    def prepare(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for setting in (
            f"busy_timeout = {_WAIT}",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "cache_size = -65536",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        at = _version(connection)
    if at == HEAD:
        return
    if at is not None and at > HEAD:
        raise RecordError(
            f"was made by a newer version of onrecord (its tables are {at}, known here is {HEAD})",
            where=str(engine.url.database or engine.url),
            advice="upgrade onrecord",
        )
    _migrate(engine)


def _version(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)
    if tables:
        raise RecordError(
            "is a database, but no record of onrecord",
            where=str(connection.engine.url.database or connection.engine.url),
            advice="name another file by --record",
        )
    return None


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        settings.attributes["connection"] = connection
        if _version(connection) != HEAD:  # another process may have been first
            command.upgrade(settings, "head")
