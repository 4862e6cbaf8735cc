"""Incidents for the tests of exports, made of the invented ones."""

from __future__ import annotations

from dataclasses import replace

from onrecord.record.shapes import IncidentOnRecord, Party, Struck, TollRange
from tests.views import invented

SAID = invented.STRIKE_1


def party(words: str, name: str | None = None, blame: str = "stated") -> Party:
    """One who did it."""
    return Party(name or words, None, words, blame, SAID)


def struck(words: str, kind: str = "person") -> Struck:
    """One it was done to."""
    return Struck(words, None, words, kind, SAID)


def toll(low: int, best: int, high: int, effect: str = "killed", status: str | None = None) -> TollRange:
    """A range on which two origins differ."""
    return TollRange(effect, status, None, low, best, high, False, 2, ())


def incident(
    mode: str | None = "firearms",
    type: str = "ASSAULT",
    by: tuple[str, ...] = (),
    to: tuple[str, ...] = (),
    things: tuple[str, ...] = (),
    tolls: tuple[TollRange, ...] = (),
    weapons: tuple[str, ...] = (),
    **other: object,
) -> IncidentOnRecord:
    """An incident in Aleppo of one account."""
    targets = (*(struck(words) for words in to), *(struck(words, "facility") for words in things))
    account = replace(
        invented.MARKET.accounts[0],
        type=type,
        mode=mode,
        perpetrators=tuple(party(words) for words in by),
        targets=targets,
        weapons=weapons,
    )
    made = replace(invented.MARKET, type=type, mode=mode, tolls=tolls, accounts=(account,))
    return replace(made, **other)
