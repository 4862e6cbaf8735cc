"""The tables of the watch: the feeds, the pages that wait to be fetched and read, the alerts and who is to be told.

Moments that are reckoned with are seconds since 1970, as the watcher's clock gives them. `held_until` says that some
watcher has taken the row in hand; when it has passed, that watcher is taken for dead and another may take it.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from onrecord.record.tables import metadata

feeds = Table(
    "feeds",
    metadata,
    Column("address", Text, primary_key=True),
    Column("title", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("checked", Float),
    Column("due", Float, nullable=False),
    Column("held_until", Float, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("reason", Text),
    Column("advice", Text),
    Index("feeds_by_due", "due"),
)
"""`failed`: how often in a row; `reason` and `advice` are of the last failure."""

pages = Table(
    "watched_pages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("feed", Text, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("state", String(8), nullable=False),
    Column("due", Float, nullable=False),
    Column("held_until", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("reason", Text),
    Column("advice", Text),
    Column("capture", Integer),
    Column("article", String(16)),
    Column("met", Float, nullable=False),
    Index("watched_pages_by_state", "state", "due"),
)
"""A page on its way: `state` is fetch, read, done or failed; `entry` is what the feed says of it, as JSON.

`capture` is the number of the capture in the archive that is to be read; without one the entry itself is.
"""

alerts = Table(
    "alerts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("rule", Text, nullable=False),
    Column("subject", String(16), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("what", JSON, nullable=False),
    Column("at", Text, nullable=False),
)
"""What was told once: `key` is a hash of the rule, the subject and what is new of it."""

deliveries = Table(
    "alert_deliveries",
    metadata,
    Column("alert", Integer, ForeignKey("alerts.number", ondelete="CASCADE"), primary_key=True),
    Column("webhook", Text, primary_key=True),
    Column("delivered", Boolean, nullable=False),
    Column("given_up", Boolean, nullable=False),
    Column("due", Float, nullable=False),
    Column("held_until", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("reason", Text),
    Index("alert_deliveries_by_due", "due"),
)

alert_progress = Table("alert_progress", metadata, Column("entry", Integer, primary_key=True, autoincrement=False))
"""One row: the number of the last entry of the journal that the rules were held against."""

NAMES = ("feeds", "watched_pages", "alerts", "alert_deliveries", "alert_progress")
