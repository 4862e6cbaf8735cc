"""The record as one page of HTML that needs no network and no scripts; every fact leads to its sentence."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from onrecord.reading.schema import WIDE_LEVELS, Reading
from onrecord.record.shapes import (
    EVERYTHING,
    ArticleOnRecord,
    Evidence,
    Filter,
    IncidentOnRecord,
    LabelCell,
    Named,
    Summary,
    Toll,
    TruceOnRecord,
)
from onrecord.views import words
from onrecord.views.citations import Citations
from onrecord.views.label_matrix import matrix_of
from onrecord.views.map import Map, Spot, map_of
from onrecord.views.report_sections import ArticleSheet, Sections
from onrecord.views.templating import TEMPLATES, environment
from onrecord.views.timeline import killed, timeline_of

if TYPE_CHECKING:
    from jinja2 import Environment

    from onrecord.record import Record

MOST_PLACES = 2
REACH = {"adm1": 50.0, "adm2": 15.0}  # kilometres from the middle of a province or district to its edge, about


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made of."""

    summary: Summary
    incidents: tuple[IncidentOnRecord, ...]
    tolls: tuple[Toll, ...]
    truces: tuple[TruceOnRecord, ...]
    labels: tuple[LabelCell, ...]
    articles: tuple[tuple[ArticleOnRecord, Reading], ...]


def report_of(
    record: Record, of: Filter = EVERYTHING, *, title: str | None = None, made_on: str | None = None
) -> Iterator[str]:
    """The report on the record, or on the part of it that fits, piece by piece; `made_on` is the day it is made."""
    yield from page_of(material_of(record, of), title=title, made_on=made_on)


def material_of(record: Record, of: Filter = EVERYTHING) -> Material:
    """What a report on the part of the record that fits is made of, with every article that it refers to."""
    incidents, tolls = tuple(record.incidents(of)), tuple(record.tolls(of))
    truces, labels = tuple(record.truces(of)), tuple(record.labels(of))
    cited = {evidence.article for evidence in evidence_in(incidents, tolls, truces, labels)}
    found = {article.id: article for article in record.articles(of)}
    found.update((id, record.article(id)) for id in cited - found.keys())
    articles = sorted(
        found.values(), key=lambda article: (article.published or "9999", article.outlet or "", article.id)
    )
    return Material(
        record.summary(of),
        incidents,
        tolls,
        truces,
        labels,
        tuple((article, record.reading(article.id)) for article in articles),
    )


def page_of(material: Material, *, title: str | None = None, made_on: str | None = None) -> Iterator[str]:
    """The page on the material."""
    from onrecord import __version__

    citations = Citations.of(evidence_in(material.incidents, material.tolls, material.truces, material.labels))
    sections = Sections(citations)
    style, script = _asset("look.css") + _asset("report.css"), _asset("report.js")
    yield from (
        _environment()
        .get_template("report.html")
        .generate(
            title=title or _title(material.incidents),
            period=words.days(material.summary.since, material.summary.until) if material.summary.since else None,
            summary=material.summary,
            timeline=timeline_of(
                [incident for incident in material.incidents if words.is_deed(incident.type)],
                material.truces,
                (article.published for article, _ in material.articles),
                killed,
            ),
            map=_map(material.incidents),
            incidents=material.incidents,
            tolls=sections.tolls(material.tolls, material.incidents),
            truces=tuple(map(sections.truce, material.truces)),
            matrix=matrix_of(material.labels),
            cards=tuple(map(sections.incident, material.incidents)),
            articles=tuple(ArticleSheet.of(article, reading, citations) for article, reading in material.articles),
            citations=citations,
            style=style,
            script=script,
            script_hash=b64encode(sha256(script.encode()).digest()).decode(),
            version=__version__,
            made_on=made_on,
        )
    )


def evidence_in(
    incidents: Iterable[IncidentOnRecord],
    tolls: Iterable[Toll],
    truces: Iterable[TruceOnRecord],
    labels: Iterable[LabelCell],
) -> Iterator[Evidence]:
    """Every sentence that the facts refer to."""
    for incident in incidents:
        for account in incident.accounts:
            yield from account.evidence
            yield from (party.evidence for party in account.perpetrators)
            yield from (target.evidence for target in account.targets)
        for range in incident.tolls:
            yield from (each for figure in range.figures for origin in figure.origins for each in origin.evidence)
    for toll in tolls:
        yield from (each for figure in toll.range.figures for origin in figure.origins for each in origin.evidence)
    for truce in truces:
        yield from (each for step in truce.steps for each in step.evidence)
    for label in labels:
        yield from label.evidence


def _map(incidents: Sequence[IncidentOnRecord]) -> Map | None:
    """The places of the incidents; each circle after the best figures of those killed there, and where it leads to."""
    at: dict[tuple[float, float], tuple[Named, list[IncidentOnRecord]]] = {}
    for incident in incidents:
        place = next((place for place in incident.places if place.level not in WIDE_LEVELS and place.latitude), None)
        if place is not None and place.latitude is not None and place.longitude is not None:
            at.setdefault((place.latitude, place.longitude), (place, []))[1].append(incident)
    return map_of(_spot(*place, *there) for place, there in at.items())


def _spot(latitude: float, longitude: float, place: Named, incidents: Sequence[IncidentOnRecord]) -> Spot:
    deadliest = max(incidents, key=lambda incident: killed(incident)[0])
    most, words = killed(deadliest)
    count = "1 incident" if len(incidents) == 1 else f"{len(incidents)} incidents"
    title = f"{place.name}: {count}" + (f", the deadliest: {words} killed" if words else "")
    return Spot(
        place.name,
        latitude,
        longitude,
        float(most),
        title,
        f"#{deadliest.id}",
        place.level in REACH,
        REACH.get(place.level or "", 0.0),
    )


def _title(incidents: Sequence[IncidentOnRecord]) -> str:
    """The places where most happened."""
    named = Counter(incident.places[0].name for incident in incidents if incident.places)
    places = [name for name, _ in named.most_common(MOST_PLACES)]
    return f"On record: {' and '.join(places)}" if places else "What is on record"


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return environment(TEMPLATES)
