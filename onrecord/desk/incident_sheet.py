"""An incident laid out: its tolls, who blames whom, its accounts side by side by origin, its map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.desk.incident_history import candidates_for, history_of
from onrecord.desk.lines import Line
from onrecord.desk.links import SentenceLink, to_sentence, to_sentences
from onrecord.desk.media import MediumSheet, sheets_of
from onrecord.desk.reckoning import Reckoned, reckoned
from onrecord.reading.schema import WIDE_LEVELS
from onrecord.record import Record
from onrecord.record.contradictions import Contradiction, contradictions_in
from onrecord.record.shapes import (
    Account,
    ArticleOnRecord,
    DecisionOnRecord,
    Figure,
    IncidentOnRecord,
    Party,
    TollRange,
    Voice,
)
from onrecord.views.accounts import figures_of
from onrecord.views.copied import own_and_copied
from onrecord.views.details import headline
from onrecord.views.map import Map, Spot, map_of
from onrecord.views.report import REACH
from onrecord.views.toll_bars import Bar, Scale, Tick
from onrecord.views.words import event_name, figure_of, range_of, voice_of, who_of


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure, whose it is, the outlets that repeat it, the sentences that say so, and who decided on it."""

    figure: str
    voice: str
    kind: str
    outlets: tuple[str, ...]
    links: tuple[SentenceLink, ...]
    decided: str


@dataclass(frozen=True, slots=True)
class TollSheet:
    """A toll with its bar."""

    toll: TollRange
    who: str
    range: str
    bar: Bar
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class Blaming:
    """Who names somebody as the one who did it, how, and where."""

    voice: str
    how: str
    link: SentenceLink


@dataclass(frozen=True, slots=True)
class Blamed:
    """One who is named as the one who did it."""

    name: str
    by: tuple[Blaming, ...]


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """One account; `copies` are the articles that have the same words."""

    account: Account
    event: str
    voice: str
    blamed: tuple[tuple[Party, SentenceLink], ...]
    figures: tuple[tuple[str, SentenceLink, str], ...]
    decided: str
    links: tuple[SentenceLink, ...]
    copies: tuple[ArticleOnRecord, ...]


@dataclass(frozen=True, slots=True)
class OriginSheet:
    """Those accounts that come from one origin."""

    name: str
    kind: str
    accounts: tuple[AccountSheet, ...]


@dataclass(frozen=True, slots=True)
class ContradictingSide:
    """What some say, whose word that is, and a sentence that says so."""

    says: str
    voices: tuple[str, ...]
    link: SentenceLink


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A matter on which accounts cannot both be right."""

    about: str
    sides: tuple[ContradictingSide, ...]


@dataclass(frozen=True, slots=True)
class IncidentSheet:
    """What the page of an incident shows."""

    incident: IncidentOnRecord
    headline: str
    known: Reckoned
    ticks: tuple[Tick, ...]
    tolls: tuple[TollSheet, ...]
    blamed: tuple[Blamed, ...]
    origins: tuple[OriginSheet, ...]
    map: Map | None
    contradictions: tuple[Contradicted, ...]
    history: tuple[DecisionOnRecord, ...]
    media: tuple[MediumSheet, ...]
    candidates: tuple[Line, ...]
    """Incidents with which this one may be one."""


def sheet_of(record: Record, incident: IncidentOnRecord) -> IncidentSheet:
    """The page of an incident."""
    scale = Scale.of(incident.tolls)
    return IncidentSheet(
        incident=incident,
        headline=headline(incident),
        known=reckoned(incident),
        ticks=scale.ticks(),
        tolls=tuple(_toll(toll, scale) for toll in incident.tolls),
        blamed=tuple(_blamed(incident)),
        origins=tuple(_origins(incident)),
        map=_map(incident),
        contradictions=tuple(map(_contradicted, contradictions_in(incident))),
        history=history_of(record, incident),
        media=sheets_of(record, (incident.id, *(account.id for account in incident.accounts))),
        candidates=candidates_for(record, incident),
    )


def _contradicted(found: Contradiction) -> Contradicted:
    about = {"perpetrator": "who did it", "place": "where", "date": "when", "status": "whether it happened"}
    sides = (
        ContradictingSide(side.says, tuple(dict.fromkeys(map(voice_of, side.voices))), to_sentence(side.evidence))
        for side in found.sides
    )
    return Contradicted(about.get(found.matter, f"how many were {found.about}"), tuple(sides))


def _toll(toll: TollRange, scale: Scale) -> TollSheet:
    figures = tuple(line for figure in toll.figures for line in _figure_lines(figure))
    return TollSheet(toll, who_of(toll), range_of(toll), scale.bar(toll), figures)


def _figure_lines(figure: Figure) -> Iterator[FigureLine]:
    for origin in figure.origins:
        links = to_sentences(origin.evidence)
        said = _decided_by(made for each in origin.evidence for made in each.decisions)
        yield FigureLine(figure_of(figure), voice_of(origin.voice), origin.voice.kind, origin.outlets, links, said)


def _decided_by(decisions: Iterable[DecisionOnRecord]) -> str:
    """Who decided on something, in words: "corrected by Ann"; empty where nobody did."""
    words = {"accept": "accepted", "correct": "corrected"}
    return ", ".join(dict.fromkeys(f"{words[made.act]} by {made.by}" for made in decisions if made.act in words))


def _blamed(incident: IncidentOnRecord) -> Iterator[Blamed]:
    """Those who are named, the most often named first."""
    by: dict[str, dict[tuple[str, str], Blaming]] = {name: {} for name in incident.perpetrators}
    for account in incident.accounts:
        for party in account.perpetrators:
            voice = voice_of(party.evidence.voice)
            blaming = Blaming(voice, party.blame, to_sentence(party.evidence))
            by.setdefault(party.name, {}).setdefault((voice, party.blame), blaming)
    for name, blamings in by.items():
        yield Blamed(name, tuple(blamings.values()))


def _origins(incident: IncidentOnRecord) -> Iterator[OriginSheet]:
    """The accounts by whose word they are, copies under what they copy; the origin that told first comes first."""
    own, copies = own_and_copied(incident.accounts)
    groups: dict[tuple[str, str], list[Account]] = {}
    for account in own:
        groups.setdefault(_origin(account), []).append(account)
    for (kind, name), accounts in groups.items():
        sheets = (_account(incident, account, copies.get(account.article.id, ())) for account in accounts)
        yield OriginSheet(name, kind, tuple(sheets))


def _origin(account: Account) -> tuple[str, str]:
    voice: Voice = account.voice
    if voice.kind == "outlet" and account.article.agencies:
        return "agency", account.article.agencies[0]
    return voice.kind, voice_of(voice)


def _account(incident: IncidentOnRecord, account: Account, copies: Sequence[ArticleOnRecord]) -> AccountSheet:
    figures = {
        (
            f"{figure_of(given.figure)} {who_of(given.toll)}",
            to_sentence(given.evidence),
            _decided_by(given.evidence.decisions),
        )
        for given in figures_of(incident, account)
        if given.toll.status is None and given.toll.group is None
    }
    return AccountSheet(
        account=account,
        event=event_name(account.type, account.mode),
        voice=voice_of(account.voice),
        blamed=tuple((party, to_sentence(party.evidence)) for party in account.perpetrators),
        figures=tuple(sorted(figures, key=lambda figure: figure[0])),
        decided=_decided_by(account.decisions),
        links=to_sentences(account.evidence),
        copies=tuple(copies),
    )


def _map(incident: IncidentOnRecord) -> Map | None:
    """The places that the accounts name, closer than a country."""
    named = {
        (place.latitude, place.longitude): place
        for account in incident.accounts
        for place in account.places[:1]
        if place.level not in WIDE_LEVELS and place.latitude is not None and place.longitude is not None
    }
    return map_of(
        Spot(
            place.name,
            latitude,
            longitude,
            1.0,
            place.name,
            "",
            place.level in REACH,
            REACH.get(place.level or "", 0.0),
        )
        for (latitude, longitude), place in named.items()
        if latitude is not None and longitude is not None
    )
