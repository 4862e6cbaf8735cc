"""The incidents in the 49 columns of UCDP's Georeferenced Event Dataset, by its coding rules; see docs/exports.md.

Sundberg and Melander 2013; UCDP GED Codebook, version 24. What only UCDP can give (its numbers of conflicts, dyads and
states, its own quality checks) stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

from onrecord.record.shapes import Account, IncidentOnRecord, TollRange
from onrecord.views.exports.acled_events import Meeting, meeting_of
from onrecord.views.exports.columns import Cell, Row, Table, columns_of
from onrecord.views.exports.days import day_precisions, days_of
from onrecord.views.exports.incident_level import toll_apart
from onrecord.views.exports.places import Site, countries, site_of_incident
from onrecord.views.exports.report_level import whole_range
from onrecord.views.exports.sides import Side
from onrecord.views.words import voice_of

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
CIVILIANS = "Civilians"

_STATES = frozenset({"state", "external"})
_ORGANISED = frozenset({"state", "external", "group"})
# Civilians killed by bombardment may be its target or not: UCDP's coders judge that, we cannot.
_BOMBARDMENT = frozenset({"aerial", "drone", "heavy-weapons"})
_HAPPENED = frozenset({"reported", "claimed"})
_CODE = str.maketrans("0123456789abcdefghjkmnpqrstvwxyz", "0123456789abcdefghijklmnopqrstuv")
_CELLS_A_DEGREE, _CELLS_A_ROW = 2, 720

Sides = tuple[int | None, str, str]
"""Type of violence, side A, side B."""


def ucdp_table(incidents: Iterable[IncidentOnRecord]) -> Table:
    """A row for each of the incidents that UCDP records: somebody was killed, at a place and time that are known."""
    rows = (row for incident in incidents if (row := ucdp_row(incident)) is not None)
    return Table("ucdp", columns_of("ucdp"), rows)


def ucdp_row(incident: IncidentOnRecord) -> Row | None:
    """The incident in UCDP GED's columns.

    `None` where GED has no row for it: no use of force that happened, nobody killed by any account, no place, or a time
    that is not known to the year.
    """
    site = site_of_incident(incident)
    days = days_of(incident.since, incident.until)
    _, precision = day_precisions(days)
    killed = whole_range(incident.tolls, "killed")
    if incident.type != "ASSAULT" or incident.status not in _HAPPENED or killed is None or not killed.high:
        return None
    if days is None or precision is None or site.place is None:
        return None
    cells: list[Cell] = [number_of(incident.id), incident.id, int(days.start[:4]), None, None]
    cells += _side_cells(sides_of(incident, meeting_of(incident)))
    cells += _source_cells(incident)
    cells += _site_cells(incident, site)
    cells += (None, precision, f"{days.start} 00:00:00.000", f"{days.end} 00:00:00.000")
    cells += _death_cells(killed, toll_apart(incident, "killed", "civilian", None))
    return (*cells, None, None)


def number_of(id: str) -> int:
    """The number that an id of the record stands for: its characters after the first, read in base 32."""
    return int(id[1:].translate(_CODE), 32)


def priogrid_of(latitude: float, longitude: float) -> int:
    """The PRIO-GRID cell of a point: half a degree wide, numbered from 1 at 90° S 180° W eastwards (Tollefsen 2012)."""
    row = min(floor((latitude + 90) * _CELLS_A_DEGREE), 180 * _CELLS_A_DEGREE - 1)
    column = min(floor((longitude + 180) * _CELLS_A_DEGREE), _CELLS_A_ROW - 1)
    return row * _CELLS_A_ROW + column + 1


def sides_of(incident: IncidentOnRecord, meeting: Meeting) -> Sides:
    """UCDP's type of violence, and who is side A and B; `None` and empty where the sides do not tell."""
    pair = _pair(meeting)
    if pair is None:
        return _one_sided(incident, meeting)
    one, other = pair
    if other.sort in _STATES and one.sort not in _STATES:
        one, other = other, one
    if one.sort not in _ORGANISED or other.sort not in _ORGANISED:
        return None, _name(one), _name(other)
    return (STATE_BASED if one.sort in _STATES else NON_STATE), _name(one), _name(other)


def _pair(meeting: Meeting) -> tuple[Side, Side] | None:
    """The two armed sides that met."""
    if meeting.mutual:
        return meeting.armed_doers[0], meeting.armed_doers[1]
    if meeting.armed_doers and meeting.armed_hit:
        return meeting.armed_doers[0], meeting.armed_hit[0]
    return None


def _one_sided(incident: IncidentOnRecord, meeting: Meeting) -> Sides:
    doer = meeting.doers[0] if meeting.doers else None
    if doer is None or not meeting.unarmed:
        return None, _name(doer) if doer else "", ""
    if doer.sort in _ORGANISED and incident.mode not in _BOMBARDMENT:
        return ONE_SIDED, _name(doer), CIVILIANS
    return None, _name(doer), ""


def _name(side: Side) -> str:
    """UCDP's name for the forces of a state that is known, else the record's; empty where only a noun is told."""
    if side.sort == "state" and side.country in countries():
        return f"Government of {countries()[side.country]['ucdp']}"
    return side.name if side.named else ""


def _side_cells(sides: Sides) -> Iterator[Cell]:
    violence, one, other = sides
    yield from (violence, None, None, None)
    yield from (None, None, f"{one} - {other}" if one and other else "")
    yield from (None, None, one, None, None, other)


def _source_cells(incident: IncidentOnRecord) -> Iterator[Cell]:
    accounts = incident.accounts
    yield len(accounts) or -1
    yield ";".join(f'"{_cited(account)}"' for account in accounts)
    yield incident.outlets
    yield tuple((account.article.published or "")[:10] for account in accounts)
    yield tuple(account.article.title or "" for account in accounts)
    yield tuple(dict.fromkeys(voice_of(account.voice) for account in accounts))


def _cited(account: Account) -> str:
    article = account.article
    return ",".join((article.outlet or "", (article.published or "")[:10], (article.title or "").replace('"', "'")))


def _site_cells(incident: IncidentOnRecord, site: Site) -> Iterator[Cell]:
    place, names = site.place, site.names
    yield from (site.where_prec, place.name if place else "")
    yield tuple(dict.fromkeys(each.name for account in incident.accounts for each in account.places))
    yield from (site.adm1, site.adm2)
    if place is None or place.latitude is None or place.longitude is None:
        yield from (None, None, None, None)
    else:
        yield from (place.latitude, place.longitude, f"POINT ({place.longitude} {place.latitude})")
        yield priogrid_of(place.latitude, place.longitude)
    yield from (names["ucdp"], None, names["ucdp_region"])


def _death_cells(killed: TollRange, civilians: TollRange | None) -> Iterator[Cell]:
    """Deaths of A, of B, of civilians, of unknown people; best (their sum), high, low."""
    best, high, low = killed.best or 0, killed.high or 0, killed.low or 0
    known = min(civilians.best or 0, best) if civilians is not None else 0
    yield from (0, 0, known, best - known)
    yield from (best, max(high, best), min(low, best))
