"""Which event ACLED makes of an incident: its type, sub-type and disorder type, by `data/acled-event-types.tsv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon import Row, rows
from onrecord.record.shapes import IncidentOnRecord
from onrecord.views.exports.sides import ARMED, Side, doers_of, hit_of

_NO_MODE = "-"
_HAPPENED = frozenset({"reported", "claimed"})
_SIDES_NEEDED = 2


@dataclass(frozen=True, slots=True)
class AcledEvent:
    """An event type with its sub-event type and disorder type, in ACLED's words."""

    type: str
    sub_type: str
    disorder: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who met whom: those who act, those who are hit, whether anybody was harmed."""

    doers: tuple[Side, ...]
    hit: tuple[Side, ...]
    harm: bool
    things: bool
    """Whether a building or vehicle is told to be hit."""

    @property
    def armed_doers(self) -> tuple[Side, ...]:
        return tuple(side for side in self.doers if side.sort in ARMED)

    @property
    def armed_hit(self) -> tuple[Side, ...]:
        return tuple(side for side in self.hit if side.sort in ARMED)

    @property
    def mutual(self) -> bool:
        """Two armed sides met, and nobody else is told to be hit."""
        others = {side.name for side in self.hit} - {side.name for side in self.doers}
        return len(self.armed_doers) >= _SIDES_NEEDED and not others

    @property
    def armed(self) -> bool:
        """Both that met are armed."""
        by_armed = not self.doers or bool(self.armed_doers)
        return self.mutual or (by_armed and bool(self.armed_hit))

    @property
    def crowd(self) -> bool:
        """Those who are hit protest."""
        return any(side.sort in {"protesters", "rioters"} for side in self.hit)

    @property
    def people(self) -> bool:
        """People are hit, or told to be harmed."""
        return bool(self.hit) or self.harm

    @property
    def unarmed(self) -> bool:
        """Those who are hit are unarmed people as far as is told."""
        return self.people and not self.armed_hit and not self.mutual

    def fits(self, sides: str) -> bool:
        """Whether it is of this kind, in the words of `acled-event-types.tsv`."""
        return {
            "": True,
            "mutual": self.mutual,
            "armed": self.armed,
            "crowd": self.crowd,
            "people": self.people,
            "property": self.things and not self.people,
        }[sides]


def meeting_of(incident: IncidentOnRecord) -> Meeting:
    """Who met whom in an incident."""
    harm = any(toll.high for toll in incident.tolls if toll.effect in {"killed", "wounded"})
    things = any(struck.kind in {"facility", "vehicle"} for account in incident.accounts for struck in account.targets)
    return Meeting(doers_of(incident), hit_of(incident), harm, things)


def acled_event(incident: IncidentOnRecord, meeting: Meeting) -> AcledEvent | None:
    """What ACLED calls it; `None` for what it does not code: words, plans, what is denied."""
    for row in rows("acled-event-types"):
        if row["type"] == incident.type and _fits(row, incident, meeting):
            return AcledEvent(row["event_type"], row["sub_event_type"], row["disorder_type"])
    return None


def _fits(row: Row, incident: IncidentOnRecord, meeting: Meeting) -> bool:
    if row["status"] == "attempted" and incident.status != "attempted":
        return False
    if row["status"] == "happened" and incident.status not in _HAPPENED:
        return False
    if row["mode"] and (incident.mode or _NO_MODE) not in row["mode"].split("|"):
        return False
    if row["harm"] and meeting.harm != (row["harm"] == "yes"):
        return False
    return meeting.fits(row["sides"]) and _mentions(incident, row["words"])


def _mentions(incident: IncidentOnRecord, words: str) -> bool:
    if not words:
        return True
    told = (text for account in incident.accounts
            for text in (*account.weapons, *(evidence.sentence for evidence in account.evidence)))  # fmt: skip
    return any(_pattern(words).search(text) for text in told)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
