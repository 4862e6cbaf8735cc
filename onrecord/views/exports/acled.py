"""The incidents in ACLED's 31 columns, by its coding rules (ACLED Codebook, 2024); see docs/exports.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from onrecord.record.shapes import IncidentOnRecord
from onrecord.views.exports.acled_events import AcledEvent, Meeting, acled_event, meeting_of
from onrecord.views.exports.columns import Cell, Row, Table, columns_of, names_of
from onrecord.views.exports.days import day_precisions, days_of, middle_of
from onrecord.views.exports.lasting import days_lasted, split_evenly
from onrecord.views.exports.places import Site, countries, site_of_incident
from onrecord.views.exports.report_level import whole_range
from onrecord.views.exports.sides import Side
from onrecord.views.words import cite, range_of, voice_of, who_of

_DECIMALS = 4
_PROTESTS, _RIOTS = "Protests", "Riots"
_STRATEGIC, _AGAINST_CIVILIANS = "Strategic developments", "Violence against civilians"
_EXCESSIVE = "Excessive force against protesters"
_STATE, _EXTERNAL, _MILITIA, _CIVILIANS = "State forces", "External/Other forces", "Political militia", "Civilians"
_FROM_THE_AIR = frozenset({"aerial", "drone"})
# The order in which ACLED puts the two sorts that meet.
_ORDER = (_STATE, "Rebel group", _MILITIA, "Identity militia", "Rioters", "Protesters", _EXTERNAL, _CIVILIANS)
_ANY_GROUP = frozenset({"armed", "group"})
_UNNAMED = {
    "armed": "Unidentified Armed Group",
    "civilians": "Civilians",
    "group": "Unidentified Armed Group",
    "protesters": "Protesters",
    "rioters": "Rioters",
    "state": "Military Forces",
}

_NAMES = names_of("acled")
_ID, _DATE, _PRECISION = (_NAMES.index(name) for name in ("event_id_cnty", "event_date", "time_precision"))
_NOTES, _FATALITIES = _NAMES.index("notes"), _NAMES.index("fatalities")

ActorCells = tuple[str, tuple[str, ...], str]
"""Actor, associated actors, and what sort the actor is."""
NOBODY: ActorCells = ("", (), "")


def acled_table(incidents: Iterable[IncidentOnRecord]) -> Table:
    """A row for each of the incidents that ACLED codes, and one for each day of those that lasted for days."""
    rows = (row for incident in incidents for row in acled_rows(incident))
    return Table("acled", columns_of("acled"), rows)


def acled_rows(incident: IncidentOnRecord) -> tuple[Row, ...]:
    """The incident in ACLED's columns, each day that it lasted by itself; none where ACLED has no row for it.

    The dead of all days are split evenly, the first day takes what is left over, and the notes say so.
    """
    row, days = acled_row(incident), days_lasted(incident)
    if row is None or not days:
        return () if row is None else (row,)
    dead = split_evenly(int(str(row[_FATALITIES])), len(days))
    return tuple(_of_day(row, days, at, dead[at]) for at in range(len(days)))


def _of_day(row: Row, days: Sequence[date], at: int, dead: int) -> Row:
    """The row of one day of several. Its id is the incident's with the number of the day."""
    day, cells = days[at], list(row)
    cells[_ID], cells[_FATALITIES] = f"{row[_ID]}-{at + 1}", dead
    cells[_DATE : _PRECISION + 1] = [day.isoformat(), day.year, 1]
    cells[_NOTES] = (
        f"{row[_NOTES]}; day {at + 1} of {len(days)} ({days[0].isoformat()} to {days[-1].isoformat()}): "
        f"the {row[_FATALITIES]} dead of all days are split evenly"
    )
    return tuple(cells)


def acled_row(incident: IncidentOnRecord) -> Row | None:
    """The incident in one row of ACLED's columns: the day in the middle where it is of several.

    `None` where ACLED has no row for it: words, plans and what is denied, what is not known to the month, and what is
    known to have happened in a country but not where.
    """
    meeting = meeting_of(incident)
    event = acled_event(incident, meeting)
    site = site_of_incident(incident)
    days = days_of(incident.since, incident.until)
    precision, _ = day_precisions(days)
    if event is None or days is None or precision is None or site.geo_precision is None or not site.names["acled"]:
        return None
    if site.place is None or site.place.latitude is None:
        return None
    day = middle_of(days)
    cells: list[Cell] = [site.names["iso3"] + incident.id, day.isoformat(), day.year, precision]
    cells += (event.disorder, event.type, event.sub_type)
    cells += _actor_cells(incident, event, meeting, site)
    cells += _site_cells(site)
    cells += _source_cells(incident)
    return tuple(cells)


def _actor_cells(incident: IncidentOnRecord, event: AcledEvent, meeting: Meeting, site: Site) -> Iterator[Cell]:
    one, other = _actors(incident, event, meeting, site)
    yield from one
    yield from other
    yield _interaction(one, other)
    yield "Civilian targeting" if _targets_civilians(event, meeting) else None


def _actors(
    incident: IncidentOnRecord, event: AcledEvent, meeting: Meeting, site: Site
) -> tuple[ActorCells, ActorCells]:
    country = site.names["acled"]
    doers, hit = _named(meeting.doers, country, site), _named(meeting.hit, country, site)
    if event.type in {_PROTESTS, _RIOTS}:
        crowd = "Protesters" if event.type == _PROTESTS else "Rioters"
        against_crowd = incident.type == "ASSAULT"
        members = meeting.hit if against_crowd else meeting.doers
        gathered = (f"{crowd} ({country})", tuple(side.name for side in members if side.named), crowd)
        return gathered, (doers if against_crowd else _named(meeting.armed_hit, country, site))
    if event.type == _STRATEGIC:
        one, others = meeting.doers[:1], meeting.doers[1:]
        return (_named(one, country, site), _named(others, country, site)) if others else (doers, hit)
    if meeting.mutual:
        armed = meeting.armed_doers
        return _named(armed[:1], country, site), _named(armed[1:], country, site)
    doers = doers if doers != NOBODY else _unidentified(incident, country)
    if meeting.armed_hit:
        return doers, _named(meeting.armed_hit, country, site)
    if not meeting.people:
        return doers, NOBODY
    return doers, (f"Civilians ({country})", tuple(side.name for side in meeting.hit if side.named), _CIVILIANS)


def _named(sides: Sequence[Side], country: str, site: Site) -> ActorCells:
    if not sides:
        return NOBODY
    known = _known_first(sides)
    first, *others = dict.fromkeys(_name(side, country) for side in known)
    return first, tuple(others), _inter(known[0], site)


def _known_first(sides: Sequence[Side]) -> Sequence[Side]:
    """Those with a name first; then "a suicide bomber" or "gunmen" are no further, unidentified group."""
    known = [side for side in sides if side.named]
    return [*known, *(side for side in sides if not side.named and not (known and side.sort in _ANY_GROUP))]


def _name(side: Side, country: str) -> str:
    """The record's name; ACLED's own for those of whom only a noun is told, so that no label becomes a name."""
    if side.named or side.sort not in _UNNAMED:
        return side.name
    if side.sort == "state":
        owner = countries()[side.country]["acled"] if side.country in countries() else country
        return f"{_UNNAMED['state']} of {owner}"
    return f"{_UNNAMED[side.sort]} ({country})"


def _unidentified(incident: IncidentOnRecord, country: str) -> ActorCells:
    if incident.mode in _FROM_THE_AIR:
        return "Unidentified Military Forces", (), _EXTERNAL
    return f"Unidentified Armed Group ({country})", (), _MILITIA


def _inter(side: Side, site: Site) -> str:
    if side.sort == "state":
        return _STATE if side.country in {None, site.country} else _EXTERNAL
    if side.sort in {"armed", "group"}:
        return "" if side.named else _MILITIA
    return {"external": _EXTERNAL, "protesters": "Protesters", "rioters": "Rioters", "civilians": _CIVILIANS}.get(
        side.sort, ""
    )


def _interaction(one: ActorCells, other: ActorCells) -> str:
    """ACLED's name for two sorts that meet; empty where one of them is not known."""
    (first, _, sort), (second, _, other_sort) = one, other
    if not second:
        return f"{sort} only" if sort else ""
    if not first or not sort or not other_sort:
        return ""
    return "-".join(sorted((sort, other_sort), key=_ORDER.index))


def _targets_civilians(event: AcledEvent, meeting: Meeting) -> bool:
    if event.type == _AGAINST_CIVILIANS or event.sub_type == _EXCESSIVE:
        return True
    return event.type == "Explosions/Remote violence" and meeting.unarmed


def _site_cells(site: Site) -> Iterator[Cell]:
    names, place = site.names, site.place
    yield int(names["number"]) if names["number"] else None
    yield from (names["acled_region"], names["acled"], site.adm1, site.adm2, None)
    if place is not None and place.latitude is not None and place.longitude is not None:
        yield from (place.name, round(place.latitude, _DECIMALS), round(place.longitude, _DECIMALS), site.geo_precision)


def _source_cells(incident: IncidentOnRecord) -> Iterator[Cell]:
    killed = whole_range(incident.tolls, "killed")
    yield from (incident.outlets, None, _notes(incident))
    yield killed.low if killed is not None and killed.low is not None else 0
    yield from (None, _on_record(incident))


def _notes(incident: IncidentOnRecord) -> str:
    """The sentence of the first account on whose word it is, and what origins differ on."""
    said = [evidence for account in incident.accounts for evidence in account.evidence][:1]
    parts = [f"“{each.sentence}” ({voice_of(each.voice)}, in {cite(each)})" for each in said]
    parts += [f"{who_of(toll)}: {range_of(toll)}" for toll in incident.tolls if toll.low != toll.high]
    return "; ".join((*parts, f"independent origins: {incident.origins}"))


def _on_record(incident: IncidentOnRecord) -> int | None:
    """When it changed last, by an article or by somebody's decision: seconds since 1970, UTC."""
    changed = [met.added for account in incident.accounts for met in account.article.provenance]
    changed += [made.at for made in (*incident.decisions, *(d for each in incident.accounts for d in each.decisions))]
    return max((int(datetime.fromisoformat(moment).timestamp()) for moment in changed), default=None)
