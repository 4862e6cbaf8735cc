"""The incident level: a row for each incident, with the range of its tolls and how many origins stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.record.shapes import IncidentOnRecord, Named, TollRange
from onrecord.record.tolls import EFFECTS
from onrecord.views.exports.columns import Cell, Table, columns_of, once
from onrecord.views.exports.days import day_precisions, days_of
from onrecord.views.exports.decided import decision_cells, decisions_on_incident
from onrecord.views.exports.places import Site, site_of_incident
from onrecord.views.exports.report_level import range_cells, whole_range
from onrecord.views.words import event_name, voice_of

APART = (("civilian", None), (None, "women"), (None, "children"))
"""Status and group of those whose dead have columns of their own."""


def incident_table(incidents: Iterable[IncidentOnRecord]) -> Table:
    """A row for each of the incidents."""
    return Table("incident", columns_of("incident"), (tuple(_row(incident)) for incident in incidents))


def toll_apart(incident: IncidentOnRecord, effect: str, status: str | None, group: str | None) -> TollRange | None:
    """The toll of those of a status or group; `None` where nobody counts them apart."""
    return next(
        (toll for toll in incident.tolls if (toll.effect, toll.status, toll.group) == (effect, status, group)), None
    )


def _row(incident: IncidentOnRecord) -> Iterator[Cell]:
    yield from (incident.id, event_name(incident.type, incident.mode), incident.type, incident.mode, incident.status)
    yield from (incident.since, incident.until)
    yield from day_precisions(days_of(incident.since, incident.until))
    yield from _site_cells(site_of_incident(incident))
    yield from (incident.perpetrators, incident.targets)
    yield once(weapon for account in incident.accounts for weapon in account.weapons)
    for effect in EFFECTS:
        toll = whole_range(incident.tolls, effect)
        yield from range_cells(toll)
        if effect == "killed":
            yield from (toll.rule, round(toll.disagreement, 3)) if toll else (None, None)
        yield toll.origins if toll else None
    for status, group in APART:
        yield from range_cells(toll_apart(incident, "killed", status, group))[:3]
    yield from _source_cells(incident)
    yield from decision_cells(decisions_on_incident(incident))


def _site_cells(site: Site) -> Iterator[Cell]:
    place = site.place or Named("")
    yield from (place.name, place.key, place.level, site.relation, site.adm1, site.country, site.names["name"] or None)
    yield from (place.latitude, place.longitude, site.geo_precision, site.where_prec)


def _source_cells(incident: IncidentOnRecord) -> Iterator[Cell]:
    articles = [account.article for account in incident.accounts]
    days = sorted(article.published[:10] for article in articles if article.published)
    yield from (incident.origins, len(articles), sum(article.copy_of is not None for article in articles))
    yield incident.outlets
    yield once(voice_of(account.voice) for account in incident.accounts)
    yield from (days[0], days[-1]) if days else (None, None)
    yield once(article.url for article in articles)
    yield incident.stories
