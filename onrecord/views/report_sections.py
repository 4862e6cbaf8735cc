"""The parts of the report as sheets that its templates only have to lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlsplit

from onrecord.reading.schema import Effect, Reading
from onrecord.record.shapes import (
    Account,
    ArticleOnRecord,
    Evidence,
    Figure,
    IncidentOnRecord,
    Party,
    Toll,
    TollRange,
    TruceOnRecord,
    TruceStepOnRecord,
    Voice,
)
from onrecord.views.accounts import figures_of
from onrecord.views.citations import Citation, Citations, Paragraph, paragraphs_of
from onrecord.views.copied import own_and_copied
from onrecord.views.details import headline
from onrecord.views.toll_bars import Bar, Scale, Tick
from onrecord.views.words import event_name, figure_of, is_deed, range_of, voice_of, who_of

EFFECTS = get_args(Effect)  # in the contract the gravest first


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure, whose it is (empty: the outlet's own, which the citation names), and where each says so."""

    figure: str
    voice: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class TollRow:
    """A toll with its bar."""

    who: str
    range: str
    bar: Bar
    figures: tuple[FigureLine, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class TollGroup:
    """The tolls of one incident, or of a period."""

    title: str
    href: str | None
    since: str | None
    until: str | None
    where: str
    rows: tuple[TollRow, ...]


@dataclass(frozen=True, slots=True)
class TollSection:
    """All tolls on one scale: those of incidents, and those of periods and campaigns."""

    ticks: tuple[Tick, ...]
    of_incidents: tuple[TollGroup, ...]
    of_periods: tuple[TollGroup, ...]


@dataclass(frozen=True, slots=True)
class StepSheet:
    """A step of a truce; `voice` is empty where it is the outlet's own."""

    step: TruceStepOnRecord
    broken: bool
    voice: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class TruceSheet:
    """A truce with its steps."""

    truce: TruceOnRecord
    steps: tuple[StepSheet, ...]


@dataclass(frozen=True, slots=True)
class Blamed:
    """One that is named as perpetrator."""

    party: Party
    citation: Citation


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """One account of an incident; `copies` are the articles that have the same words."""

    account: Account
    event: str
    voice: str
    blamed: tuple[Blamed, ...]
    figures: tuple[FigureLine, ...]
    citations: tuple[Citation, ...]
    copies: tuple[ArticleOnRecord, ...]


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """An incident with its accounts, copies under what they copy."""

    incident: IncidentOnRecord
    deed: bool
    headline: str
    tolls: tuple[tuple[str, str], ...]
    accounts: tuple[AccountSheet, ...]

    @property
    def alone(self) -> bool:
        """Whether one only tells of it, in its own words or in copies of them."""
        return len(self.accounts) == 1


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """An article with the sentences that are referred to; `link` is its address where that is one of the web."""

    article: ArticleOnRecord
    link: str | None
    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def of(cls, article: ArticleOnRecord, reading: Reading, citations: Citations) -> ArticleSheet:
        """The sheet of an article."""
        asides = [(part.start, part.end) for part in reading.boilerplate]
        return cls(article, web_address(article.url), paragraphs_of(article.id, reading.text, citations, asides))


@dataclass(frozen=True, slots=True)
class Sections:
    """Makes the sheets; `citations` are those of the whole page."""

    citations: Citations

    def tolls(self, tolls: Sequence[Toll], incidents: Iterable[IncidentOnRecord]) -> TollSection | None:
        """The tolls, those of one incident together; None where there is none."""
        if not tolls:
            return None
        scale = Scale.of(toll.range for toll in tolls)
        titles = {incident.id: headline(incident) for incident in incidents}
        groups: dict[object, list[Toll]] = {}
        for toll in tolls:
            period = (toll.since, toll.until, *(place.name for place in toll.places))
            groups.setdefault(toll.incident or period, []).append(toll)
        made = [self._toll_group(of, scale, titles) for of in groups.values()]
        return TollSection(
            scale.ticks(),
            tuple(group for group in made if group.href),
            tuple(group for group in made if not group.href),
        )

    def truce(self, truce: TruceOnRecord) -> TruceSheet:
        """A truce and its steps."""
        return TruceSheet(truce, tuple(map(self._step, truce.steps)))

    def incident(self, incident: IncidentOnRecord) -> IncidentCard:
        """An incident and its accounts; an account in the words of another stands under that one."""
        own, copies = own_and_copied(incident.accounts)
        return IncidentCard(
            incident,
            is_deed(incident.type),
            headline(incident),
            tuple((who_of(toll), range_of(toll)) for toll in incident.tolls),
            tuple(self._account(incident, account, copies.get(account.article.id, ())) for account in own),
        )

    def _toll_group(self, tolls: Sequence[Toll], scale: Scale, titles: dict[str, str]) -> TollGroup:
        first = tolls[0]
        where = ", ".join(dict.fromkeys(place.name for place in first.places))
        what = event_name(first.type, first.mode) if first.type else "Over a period"
        return TollGroup(
            title=titles.get(first.incident or "", what),
            href=f"#{first.incident}" if first.incident in titles else None,
            since=first.since,
            until=first.until,
            where=where,
            rows=tuple(
                self._toll_row(range, scale)
                for range in sorted(_without_doubles([toll.range for toll in tolls]), key=_order)
            ),
        )

    def _toll_row(self, toll: TollRange, scale: Scale) -> TollRow:
        figures = tuple(line for figure in toll.figures for line in self._figure_lines(figure))
        return TollRow(who_of(toll), range_of(toll), scale.bar(toll), figures, toll.origins)

    def _figure_lines(self, figure: Figure) -> Iterable[FigureLine]:
        for origin in figure.origins:
            own_voice = origin.voice.kind == "outlet" and len(origin.outlets) == 1
            voice = "" if own_voice else voice_of(origin.voice)
            yield FigureLine(figure_of(figure), voice, self.citations.to_all(origin.evidence))

    def _step(self, step: TruceStepOnRecord) -> StepSheet:
        broken = step.step in {"violated", "collapsed", "rejected"}
        voice = "" if step.voice.kind == "outlet" else voice_of(step.voice)
        return StepSheet(step, broken, voice, self.citations.to_all(step.evidence))

    def _account(self, incident: IncidentOnRecord, account: Account, copies: Sequence[ArticleOnRecord]) -> AccountSheet:
        own_voice = Voice("outlet", account.article.outlet or "")
        figures = tuple(
            FigureLine(
                f"{figure_of(given.figure)} {who_of(given.toll)}",
                "" if given.evidence.voice in (account.voice, own_voice) else voice_of(given.evidence.voice),
                (self.citations.to(given.evidence),),
            )
            for given in figures_of(incident, account)
        )
        return AccountSheet(
            account=account,
            event=event_name(account.type, account.mode),
            voice=voice_of(account.voice),
            blamed=tuple(Blamed(party, self.citations.to(party.evidence)) for party in account.perpetrators),
            figures=figures,
            citations=self.citations.to_all(account.evidence),
            copies=tuple(copies),
        )


def _without_doubles(tolls: Sequence[TollRange]) -> list[TollRange]:
    """The tolls but for those that a narrower one says again: "35 killed" where the same words say 35 fighters."""
    said = [{(each.article, each.start, each.focus) for each in _evidence(toll)} for toll in tolls]
    return [
        toll
        for at, toll in enumerate(tolls)
        if toll.status
        or toll.group
        or not any(
            other.effect == toll.effect and other is not toll and said[of] == said[at] for of, other in enumerate(tolls)
        )
    ]


def _order(toll: TollRange) -> tuple[int, bool, str, str]:
    """The gravest first, of each effect all who were harmed before a part of them."""
    return EFFECTS.index(toll.effect), bool(toll.status or toll.group), toll.status or "", toll.group or ""


def _evidence(toll: TollRange) -> Iterable[Evidence]:
    return (each for figure in toll.figures for origin in figure.origins for each in origin.evidence)


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web; a page may give any, and one that runs a script is no link."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None
