"""Shapes of the record as bytes: put together once, kept, and taken out again until something in them changes."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from onrecord.record.linker import lister
from onrecord.record.shapes import IncidentOnRecord, Story, Toll, TruceOnRecord

LATER = b"later"
"""Stands for the card of something large that has changed a little: it is put together anew where it is asked for."""
NONE = b""
"""Stands for the card of what has none."""
Shape = IncidentOnRecord | TruceOnRecord | Story | tuple[Toll, ...]
SHAPES: dict[str, Any] = {
    "incident": IncidentOnRecord,
    "truce": TruceOnRecord,
    "story": Story,
    "period": tuple[Toll, ...],
}
MARK = 4
"""Bytes by which cards of one version are told from those of another."""


def packed(kind: str, shape: Shape) -> bytes:
    """A shape of a kind as bytes."""
    return form(kind) + zlib.compress(_adapter(kind).dump_json(shape), 1)


def unpacked(kind: str, card: bytes | None) -> Any:
    """The shape that `packed` gave; `None` where these bytes are of another version, or none."""
    if card is None or card[:MARK] != form(kind):
        return None
    try:
        return _adapter(kind).validate_json(zlib.decompress(card[MARK:]))
    except (zlib.error, ValueError):  # a damaged card can be made again; `onrecord verify` tells of it
        return None


def as_json(kind: str, shape: Shape) -> bytes:
    """A shape of a kind as one object of JSON."""
    return bytes(_adapter(kind).dump_json(shape))


def json_of(kind: str, card: bytes | None) -> bytes | None:
    """The JSON of the shape that `packed` gave, which costs little; `None` where these bytes are of another version."""
    if card is None or card[:MARK] != form(kind):
        return None
    try:
        return zlib.decompress(card[MARK:])
    except zlib.error:
        return None


def same(held: object, made: object) -> bool:
    """Whether a value on record is the one that was made anew; cards of another version count as the same.

    How the bytes are compressed depends on the machine, so cards are compared by what they hold.
    """
    if not isinstance(held, bytes) or not isinstance(made, bytes) or held == made or made == NONE:
        return held == made
    try:
        payload = zlib.decompress(held[MARK:])
    except zlib.error:
        return False
    alike = payload == zlib.decompress(made[MARK:])
    return alike == (held[:MARK] == made[:MARK])


@cache
def _adapter(kind: str) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(SHAPES[kind])


@cache
def form(kind: str) -> bytes:
    """With what cards of this version begin: a hash of the fields of all shapes in it, and of what puts them together.

    So after an upgrade nothing is shown as an earlier version put it together.
    """
    described = f"{lister()} {sorted(_fields(SHAPES[kind]))}"
    return hashlib.sha256(described.encode()).digest()[:MARK]


def _fields(shape: Any) -> set[str]:
    if not is_dataclass(shape):
        return {field for part in get_args(shape) for field in _fields(part)}
    hints = get_type_hints(shape)
    name = getattr(shape, "__name__", "")
    own = {f"{name}.{field.name}: {hints[field.name]}" for field in fields(shape)}
    return own | {inner for field in fields(shape) for inner in _fields(hints[field.name])}
