"""Opening the database of a record: SQLite for one person, PostgreSQL for a team; tables are brought up to date."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from onrecord.errors import RecordError
from onrecord.record import seals
from onrecord.record.faults import meant, place_of
from onrecord.record.write_ahead import state_of_log

HEAD = "0010"
"""The last migration in `onrecord/record/migrations/versions`."""
_FILLED_SINCE = "0004"
"""The migration with the tables to list from: what is older is linked and listed anew."""
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_WAIT = 60_000
"""Milliseconds to wait for another process that writes."""
_LOCK = 0x0E0C0001
"""Of PostgreSQL's advisory locks the one of who writes: like SQLite we let one writer in at a time, for what a newcomer
is linked with must be all that came before it."""

_log = logging.getLogger(__name__)


def open_database(at: str | Path) -> Engine:
    """The database at a path or SQLAlchemy URL, made where there is none, with its tables up to date.

    Before the tables of a file are changed it is copied, and the copy named after the tables that it gets
    (`onrecord.db` to `onrecord.before-0004.db`). Raises `RecordError` where it cannot be opened, is no record, or was
    made by a newer version.
    """
    url = _url(at)
    _refuse_loss(url)
    try:
        engine = _engine(url)
        _bring_up_to_date(engine)
    except (ArgumentError, NoSuchModuleError, ImportError) as fault:
        raise RecordError(f"no such database ({fault})", where=str(at), advice=_advice(url)) from fault
    except (DBAPIError, UnicodeDecodeError) as fault:
        what, advice = meant(fault)
        raise RecordError(f"cannot be opened as a record: {what}", where=place_of(url), advice=advice) from fault
    return engine


def _refuse_loss(url: URL) -> None:
    """SQLite would open a record whose latest changes are damaged without them, and say nothing."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    path = Path(url.database)
    if state_of_log(path) == "damaged":
        raise RecordError(
            f"the file of its latest changes ({path.name}-wal) is damaged: opened, the record would lose them",
            where=str(path),
            advice=f"copy both files away; then restore a back-up, or move {path.name}-wal away to go on without them",
        )


def _url(at: str | Path) -> URL:
    if not isinstance(at, str) or "://" not in at:
        return URL.create("sqlite", database=str(at))
    try:
        url = make_url(at)
    except ArgumentError as fault:
        raise RecordError(f"no such database ({fault})", where=at, advice="give a path or a URL") from fault
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _advice(url: URL) -> str:
    if url.get_backend_name() == "postgresql":
        return "install what speaks to PostgreSQL: pip install 'onrecord[postgres]'"
    return "give a path or a URL"


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        _set_up_sqlite(engine)
        return engine
    # A connection that broke while nobody used it (a restart of the server) is noticed and made anew.
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "postgresql":
        _set_up_postgresql(engine)
    return engine


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
            "cache_size = -16384",
            # A newcomer touches pages all over the file: many share a checkpoint, which writes each page once.
            "wal_autocheckpoint = 8000",
            # The seals' triggers call a function of ours.
            "trusted_schema = ON",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()
        seals.teach(connection)  # type: ignore[arg-type]

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up_postgresql(engine: Engine) -> None:
    """One writer at a time, and readers that see one state of the record from beginning to end, as SQLite has it."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_WAIT}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        at = _version(connection)
    if at == HEAD:
        return
    if at is not None and at > HEAD:
        raise RecordError(
            f"was made by a newer version of onrecord (its tables are {at}, known here is {HEAD})",
            where=place_of(engine.url),
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
            where=place_of(connection.engine.url),
            advice="name another file by --record",
        )
    return None


def _migrate(engine: Engine) -> None:
    """Change the tables in one transaction: a program that is stopped in it leaves the record as it was."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        settings.attributes["connection"] = connection
        before = _version(connection)
        if before == HEAD:  # another process was first
            return
        if before is not None:
            _copy(engine.url)
        seals.rest(connection)
        command.upgrade(settings, "head")
        if before is not None and before < _FILLED_SINCE:
            from onrecord.record.linking_anew import link_anew

            link_anew(connection)
        seals.keep(connection)


def _copy(url: URL) -> None:
    """Copy a record's file before its tables are changed; a server's own back-ups are left to who keeps it."""
    if url.get_backend_name() != "sqlite" or not url.database:
        _log.warning("the tables of %s are brought up to date; your server's back-up holds what they were", url.host)
        return
    path = Path(url.database)
    copy = path.with_name(f"{path.stem}.before-{HEAD}{path.suffix}")
    part = copy.with_name(copy.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as held, closing(sqlite3.connect(part)) as taken:
            held.backup(taken)
        part.replace(copy)
    except (OSError, sqlite3.Error) as fault:
        part.unlink(missing_ok=True)
        raise RecordError(
            f"must be copied before a newer version of onrecord can open it, and cannot ({fault})",
            where=str(path),
            advice=f"make room for {copy.name} beside it; the record is as it was",
        ) from fault
    _log.warning("the tables of %s are brought up to date; as it was it is kept in %s", path, copy)
