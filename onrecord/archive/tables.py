"""The tables of the archive, and what keeps its bytes from being changed or taken away.

`blobs` (in `onrecord.record.tables`) holds all bytes under their SHA-256; `captures` says what was fetched when and
from where, `media` and `media_parts` the same of photographs, videos and streams. The database itself refuses to change
or to drop what was captured; who takes the triggers away is found out by `onrecord verify`.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Connection, ForeignKey, Index, Integer, String, Table, Text

from onrecord.record.tables import metadata

captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("address", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("content_type", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("record_id", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", String(64), ForeignKey("blobs.sha256")),
    Column("warc", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("original", Integer, ForeignKey("captures.id")),
    Column("lacks", Text),
    Index("captures_by_address", "asked", "id"),
    Index("captures_by_content", "content"),
)
"""`content` is the SHA-256 of the answer's content, unpacked; of a revisit (`original` names the first capture) that
of the original. `lacks` says why there is no article in it, None where there is one."""

media = Table(
    "media",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("content_type", String(64), nullable=False),
    Column("begun", String(32), nullable=False),
    Column("claims", JSON, nullable=False),
    Index("media_by_subject", "subject"),
)
"""`subject` is the id of an incident or a truce; `claims` is what the file says of itself."""

media_parts = Table(
    "media_parts",
    metadata,
    Column("media", Integer, ForeignKey("media.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("begun", String(32), nullable=False),
    Column("ended", String(32), nullable=False),
    Column("content", String(64), ForeignKey("blobs.sha256")),
    Column("why", Text),
)
"""`kind` is "part" (with `content`), "gap" (with `why`) or "end", after which nothing comes."""

KEPT = ("blobs", "captures", "media", "media_parts")


def guard(connection: Connection) -> None:
    """Have the database refuse every change to what was captured."""
    commands = {"sqlite": _sqlite_guards, "postgresql": _postgresql_guards}.get(connection.dialect.name)
    for command in commands() if commands else ():
        connection.exec_driver_sql(command)


def _sqlite_guards() -> list[str]:
    return [
        f"""
        CREATE TRIGGER {table}_keeps_{act.lower()} BEFORE {act} ON {table}
        BEGIN SELECT RAISE(ABORT, 'what was captured cannot be changed or taken away'); END
        """
        for table in KEPT
        for act in ("UPDATE", "DELETE")
    ]


def _postgresql_guards() -> list[str]:
    refuses = """
        CREATE FUNCTION archive_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what was captured cannot be changed or taken away'; END $$
    """
    return [
        refuses,
        *(
            f"""
            CREATE TRIGGER {table}_keeps_{act.split()[0].lower()} BEFORE {act} ON {table}
            FOR EACH {scope} EXECUTE FUNCTION archive_refuses()
            """
            for table in KEPT
            for act, scope in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
        ),
    ]
