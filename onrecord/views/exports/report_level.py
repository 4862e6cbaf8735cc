"""The report level: a row for each incident and account, so that no disagreement is lost.

As Cook and Weidmann (2019) and van Baalen and Höglund (2025) ask for: what each report says stays apart from what the
record makes of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.record.shapes import Account, IncidentOnRecord, Named, TollRange
from onrecord.record.tolls import EFFECTS
from onrecord.views.accounts import AccountRange, range_in
from onrecord.views.exports.columns import Cell, Table, columns_of
from onrecord.views.exports.days import day_precisions, days_of
from onrecord.views.exports.decided import decision_cells, decisions_on_account
from onrecord.views.exports.places import site_of
from onrecord.views.words import event_name, voice_of


def report_table(incidents: Iterable[IncidentOnRecord]) -> Table:
    """A row for each account of the incidents."""
    rows = (tuple(_row(incident, account)) for incident in incidents for account in incident.accounts)
    return Table("report", columns_of("report"), rows)


def whole_range(tolls: Sequence[TollRange], effect: str) -> TollRange | None:
    """The toll of all who were harmed so."""
    return next((toll for toll in tolls if toll.effect == effect and not toll.status and not toll.group), None)


def range_cells(range: AccountRange | TollRange | None) -> tuple[Cell, ...]:
    """Low, best, high and whether it is open; nothing where there is no number."""
    if range is None or range.high is None:
        return (None, None, None, None)
    return range.low, range.best, range.high, bool(range.open)


def _row(incident: IncidentOnRecord, account: Account) -> Iterator[Cell]:
    site = site_of(account.places, account.where_relation)
    place = site.place or Named("")
    yield from (incident.id, account.id, account.type, account.mode, event_name(account.type, account.mode))
    yield from (account.status, account.since, account.until)
    yield from (place.name, place.key, place.level, place.country, place.latitude, place.longitude)
    yield account.where_relation
    yield tuple(dict.fromkeys(f"{party.name} ({party.blame})" for party in account.perpetrators))
    yield tuple(dict.fromkeys(target.name or target.words for target in account.targets))
    yield tuple(account.weapons)
    for effect in EFFECTS:
        yield from range_cells(range_in(incident, account, effect))
    for effect in EFFECTS:
        yield from range_cells(whole_range(incident.tolls, effect))
    yield incident.origins
    yield from (voice_of(account.voice), account.voice.kind)
    article = account.article
    yield from (article.id, article.outlet, article.published, article.title, article.url, article.copy_of)
    yield " ".join(dict.fromkeys(evidence.sentence for evidence in account.evidence))
    yield from (site.names["name"] or None, site.adm1)
    yield from day_precisions(days_of(account.since, account.until))
    yield from (site.geo_precision, site.where_prec)
    yield from decision_cells(decisions_on_account(incident, account))
