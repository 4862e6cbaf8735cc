"""The tables of a team. No password and no sign-in can be got back out of them: they hold hashes."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from onrecord.record.tables import metadata

people = Table(
    "people",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(8), nullable=False),
    Column("password", Text, nullable=False),
    Column("added", Text, nullable=False),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("person", String(64), ForeignKey("people.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("began", Float, nullable=False),
    Column("used", Float, nullable=False),
)
"""Moments are seconds since 1970."""

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", Float, nullable=False, index=True),
    Index("sign_in_attempts_by_name", "name", "at"),
    Index("sign_in_attempts_by_address", "address", "at"),
)

NAMES = ("people", "sign_ins", "sign_in_attempts")
