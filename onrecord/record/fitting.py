"""What a filter lets through of values that were read back from a release, by the rules of `selecting`."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.errors import RecordError
from onrecord.record.accounts import country_name, folded
from onrecord.record.shapes import (
    EVERYTHING,
    Account,
    ArticleOnRecord,
    Filter,
    IncidentOnRecord,
    LabelCell,
    Named,
    Toll,
    TruceOnRecord,
    TruceStepOnRecord,
)

_LAST_OF_DAY = "~"


def check(of: Filter) -> None:
    """Raise `RecordError` for what a release does not give: articles by their text, best figures chosen anew."""
    if of.text:
        advice = "leave out --text, or ask the record itself"
        raise RecordError("a release keeps sentences, but not the text of articles", where=of.text, advice=advice)
    if of.rule != EVERYTHING.rule:
        advice = "leave out --rule, or ask the record itself"
        raise RecordError("the best figures of a release were chosen when it was made", where=of.rule, advice=advice)


def incident_fits(incident: IncidentOnRecord, of: Filter) -> bool:
    """Whether any account of the incident fits."""
    return any(_account_fits(account, of) for account in incident.accounts)


def truce_fits(truce: TruceOnRecord, of: Filter) -> bool:
    """Whether any step of the truce fits."""
    return any(_step_fits(step, of) for step in truce.steps)


def article_fits(article: ArticleOnRecord, of: Filter) -> bool:
    """Whether the article fits, by publication."""
    return _of_article(article, of) and _within(article.published, article.published, of)


def toll_fits(toll: Toll, of: Filter) -> bool:
    """Whether a toll of a period or campaign fits."""
    outlets = {
        folded(outlet) for figure in toll.range.figures for origin in figure.origins for outlet in origin.outlets
    }
    return (
        (not of.type or of.type.lower() in (toll.range.effect, (toll.type or "").lower(), toll.mode))
        and (not of.outlet or folded(of.outlet) in outlets)
        and (not of.place or folded(of.place) in _names(toll.places))
        and not (of.actor or of.story or of.article)
        and _within(toll.since, toll.until, of)
    )


def label_fits(cell: LabelCell, of: Filter) -> bool:
    """Whether who calls whom what fits: `type` is a tone, `actor` one of the two."""
    days = [evidence.published for evidence in cell.evidence]
    return (
        (not of.type or of.type.lower() == cell.tone)
        and (not of.actor or folded(of.actor) in {folded(cell.by), folded(cell.of or "")})
        and (not of.outlet or folded(of.outlet) in {folded(evidence.outlet or "") for evidence in cell.evidence})
        and (not of.article or of.article in {evidence.article for evidence in cell.evidence})
        and not (of.place or of.story)
        and any(_within(day, day, of) for day in days)
    )


def _account_fits(account: Account, of: Filter) -> bool:
    published = account.article.published
    parties = [(doer.name, doer.key, doer.words) for doer in account.perpetrators]
    parties += [(struck.name, struck.key, struck.words) for struck in account.targets]
    return (
        _of_article(account.article, of)
        and _within(account.since or published, account.until or published, of)
        and (not of.type or of.type.lower() in (account.type.lower(), account.mode))
        and (not of.place or folded(of.place) in _names(account.places))
        and (not of.actor or folded(of.actor) in {folded(name) for names in parties for name in names if name})
    )


def _step_fits(step: TruceStepOnRecord, of: Filter) -> bool:
    published = step.article.published
    return (
        _of_article(step.article, of)
        and _within(step.start or published, step.end or step.start or published, of)
        and (not of.type or of.type.lower() in (step.kind, step.step))
        and (not of.place or folded(of.place) in _names(step.places))
        and (not of.actor or folded(of.actor) in {folded(party) for party in step.parties})
    )


def _of_article(article: ArticleOnRecord, of: Filter) -> bool:
    return (
        (not of.outlet or folded(article.outlet or "") == folded(of.outlet))
        and (not of.article or article.id == of.article)
        and (not of.story or article.story == of.story)
    )


def _within(since: str | None, until: str | None, of: Filter) -> bool:
    if of.since and not (until and until >= of.since):
        return False
    return not of.until or bool(since and since <= of.until + _LAST_OF_DAY)


def _names(places: Iterable[Named]) -> set[str]:
    names = (name for place in places for name in (place.name, place.key, place.country, _country(place)) if name)
    return {folded(name) for name in names}


def _country(place: Named) -> str | None:
    return country_name(place.country) if place.country else None
