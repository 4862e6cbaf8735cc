"""The report level: a row for each incident and account, so that no disagreement is lost.

As Cook and Weidmann (2019) and van Baalen and Höglund (2025) ask for: what each report says stays apart from what the
record makes of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.record.shapes import Account, IncidentOnRecord, Named, TollRange
from onrecord.record.tolls import EFFECTS
from onrecord.views.accounts import AccountRange, ranges_in
from onrecord.views.exports.columns import Cell, Row, Table, columns_of
from onrecord.views.exports.days import day_precisions, days_of
from onrecord.views.exports.decided import decision_cells, decisions_on_account
from onrecord.views.exports.places import site_of
from onrecord.views.words import event_name, voice_of


def report_table(incidents: Iterable[IncidentOnRecord]) -> Table:
    """A row for each account of the incidents."""
    return Table("report", columns_of("report"), (row for incident in incidents for row in _rows(incident)))


def whole_range(tolls: Sequence[TollRange], effect: str) -> TollRange | None:
    """The toll of all who were harmed so."""
    return next((toll for toll in tolls if toll.effect == effect and not toll.status and not toll.group), None)


def range_cells(range: AccountRange | TollRange | None) -> tuple[Cell, ...]:
    """Low, best, high and whether it is open; nothing where there is no number."""
    if range is None or range.high is None:
        return (None, None, None, None)
    return range.low, range.best, range.high, bool(range.open)


def _rows(incident: IncidentOnRecord) -> Iterator[Row]:
    of_all = [cell for effect in EFFECTS for cell in range_cells(whole_range(incident.tolls, effect))]
    for account in incident.accounts:
        given = ranges_in(incident, account)
        of_account = [cell for effect in EFFECTS for cell in range_cells(given.get(effect))]
        decided = decision_cells(decisions_on_account(incident, account))
        yield (*_told(incident.id, account), *of_account, *of_all, incident.origins, *_source(account), *decided)


def _told(incident: str, account: Account) -> tuple[Cell, ...]:
    place = site_of(account.places, account.where_relation, part=account.where_part).place or Named("")
    return (
        incident,
        account.id,
        account.type,
        account.mode,
        event_name(account.type, account.mode),
        account.status,
        account.since,
        account.until,
        place.name,
        place.key,
        place.level,
        place.country,
        place.latitude,
        place.longitude,
        account.where_relation,
        tuple(dict.fromkeys(f"{party.name} ({party.blame})" for party in account.perpetrators)),
        tuple(dict.fromkeys(target.name or target.words for target in account.targets)),
        tuple(account.weapons),
    )


def _source(account: Account) -> tuple[Cell, ...]:
    article = account.article
    site = site_of(account.places, account.where_relation, part=account.where_part)
    return (
        voice_of(account.voice),
        account.voice.kind,
        article.id,
        article.outlet,
        article.published,
        article.title,
        article.url,
        article.copy_of,
        " ".join(dict.fromkeys(evidence.sentence for evidence in account.evidence)),
        site.names["name"] or None,
        site.adm1,
        *day_precisions(days_of(account.since, account.until)),
        site.geo_precision,
        site.where_prec,
    )
