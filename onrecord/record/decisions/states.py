"""The state of things that people decide on: what somebody has seen who has seen them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from onrecord.reading.schema import Reading
from onrecord.record.decisions.anchors import told
from onrecord.record.decisions.applying import as_json


def fact_state(reading: Reading, local: str, decisions: Iterable[str]) -> str:
    """The state of a fact: what the machine reads, and the ids of the decisions in force on it."""
    found = told(reading, local)
    return digest(json.dumps(None if found is None else as_json(found[1]), sort_keys=True), *decisions)


def group_state(members: Iterable[str]) -> str:
    """The state of an incident or truce: which accounts it has."""
    return digest(*sorted(members))


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for these texts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
