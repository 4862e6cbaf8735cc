"""What a fault of the database means, in words that say what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from onrecord.errors import RecordError

_SQLITE = {
    sqlite3.SQLITE_BUSY: ("another program has it locked", "wait until that has ended, then run this again"),
    sqlite3.SQLITE_LOCKED: ("another program has it locked", "wait until that has ended, then run this again"),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and run this again; what was on record before is whole"),
    sqlite3.SQLITE_READONLY: ("it may not be written", "check the permissions of the file and of its folder"),
    sqlite3.SQLITE_IOERR: ("the disk cannot be read or written", "check the disk; restore a back-up if it is broken"),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "check the path, its folder and its permissions"),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", "restore a back-up (onrecord restore)"),
    sqlite3.SQLITE_NOTADB: ("it is no record of onrecord", "name another file by --record"),
}
"""By SQLite's primary result code: what has happened, and what to do."""
_POSTGRESQL = {
    "08": ("the server cannot be reached", "see that it runs, then run this again; nothing that was added is lost"),
    "28": ("the server does not let you in", "check the user and the password in the address"),
    "3D": ("there is no such database", "make it first (createdb NAME), or check the address"),
    "42501": ("this user may not do that", "let the user own the database, or name another"),
    "53100": ("the server's disk is full", "make room and run this again; what was on record before is whole"),
    "53": ("the server has no room for more", "wait, or let it have more connections or memory"),
    "57": ("the server was stopped", "start it, then run this again; nothing that was added is lost"),
    "55P03": ("another program has it locked", "wait until that has ended, then run this again"),
    "25006": ("it may only be read", "name the server that may be written, not its copy"),
}
"""By SQLSTATE, or the class that it begins with."""
_REFUSED = {
    "does not exist": _POSTGRESQL["3D"],
    "authentication failed": _POSTGRESQL["28"],
    "no pg_hba.conf entry": _POSTGRESQL["28"],
    "too many": _POSTGRESQL["53"],
    "the database system is": _POSTGRESQL["57"],
}
"""By words of the server where it lets nobody in: then there is no SQLSTATE. In other languages it is out of reach."""
_GONE = _POSTGRESQL["08"]
_OTHER = "check its disk and permissions"


_DAMAGED = _SQLITE[sqlite3.SQLITE_CORRUPT]
"""Also where the driver meets bytes that are no text: what SQLite says of a damaged file quotes from it."""


def told(fault: DBAPIError | UnicodeDecodeError, at: URL) -> RecordError:
    """The fault of a database as one of the record, with its reason and what to do about it."""
    what, advice = meant(fault)
    return RecordError(f"the database failed: {what}", where=place_of(at), advice=advice)


def place_of(at: URL) -> str:
    """Where a database is, without the password to it."""
    if at.get_backend_name() == "sqlite":
        return str(at.database)
    return at.render_as_string(hide_password=True)


def meant(fault: DBAPIError | UnicodeDecodeError) -> tuple[str, str]:
    """What a fault of the database means, and what to do about it."""
    if isinstance(fault, UnicodeDecodeError):
        return _DAMAGED
    code = getattr(fault.orig, "sqlite_errorcode", None)
    if code is not None and (code & 0xFF) in _SQLITE:
        what, advice = _SQLITE[code & 0xFF]
        return f"{what} ({fault.orig})", advice
    state = getattr(fault.orig, "sqlstate", None)
    if state:
        known = next((_POSTGRESQL[key] for key in (state, state[:2]) if key in _POSTGRESQL), None)
        return (f"{known[0]} ({_one_line(fault)})", known[1]) if known else (_one_line(fault), _OTHER)
    if fault.connection_invalidated or type(fault.orig).__module__.startswith("psycopg"):
        said = _one_line(fault)
        what, advice = next((known for words, known in _REFUSED.items() if words in said), _GONE)
        return f"{what} ({said})", advice
    return _one_line(fault), _OTHER


def _one_line(fault: DBAPIError) -> str:
    return " ".join(str(fault.orig).split())
