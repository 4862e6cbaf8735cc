"""What is on record as tables of words, one function for each shape."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.record.repeated_claims import Repeated
from onrecord.record.shapes import Claim, IncidentOnRecord, LabelCell, Toll, TollRange, TruceOnRecord
from onrecord.views.listing import (
    DATE,
    LETTERS,
    Column,
    Listing,
    dates,
    figures_and_voices,
    listed,
    places,
    short_date,
)
from onrecord.views.plain import shortened
from onrecord.views.words import event_name, number, range_of, voice_of, who_of


def incident_listing(incidents: Iterable[IncidentOnRecord]) -> Listing:
    """A row for each incident."""
    columns = (
        Column("id"),
        DATE,
        Column("what"),
        Column("where", ratio=2),
        Column("by", ratio=2),
        Column("against", ratio=2, optional=True),
        Column("killed", number=True),
        Column("wounded", number=True, optional=True),
        Column("outlets", number=True, optional=True),
        Column("origins", number=True),
    )
    return Listing(columns, map(_incident_row, incidents), "No such incident is on record.")


def _incident_row(incident: IncidentOnRecord) -> tuple[str, ...]:
    return (
        incident.id,
        dates(incident.since, incident.until),
        _with_status(event_name(incident.type, incident.mode), incident.status),
        places(incident.places),
        listed(incident.perpetrators),
        listed(incident.targets),
        _whole_toll(incident.tolls, "killed"),
        _whole_toll(incident.tolls, "wounded"),
        str(len(incident.outlets)),
        str(incident.origins),
    )


def toll_listing(tolls: Iterable[Toll]) -> Listing:
    """A row for each toll, with each figure and whose it is."""
    columns = (
        Column("of"),
        DATE,
        Column("where", ratio=2),
        Column("who", ratio=2),
        Column("low", number=True),
        Column("best", number=True),
        Column("high", number=True),
        Column("figures, and whose they are", ratio=6),
    )
    return Listing(columns, map(_toll_row, tolls), "No such toll is on record.")


def _toll_row(toll: Toll) -> tuple[str, ...]:
    figures = toll.range
    return (
        toll.incident or toll.id,
        dates(toll.since, toll.until),
        places(toll.places),
        who_of(figures),
        _bound(figures.low),
        _bound(figures.best),
        _bound(figures.high),
        figures_and_voices(figures, ";\n"),
    )


def truce_listing(truces: Iterable[TruceOnRecord]) -> Listing:
    """A row for each truce, with its steps in the order of time."""
    columns = (
        Column("id"),
        DATE,
        Column("kind"),
        Column("where", ratio=2),
        Column("parties", ratio=2, optional=True),
        Column("steps, and by whose word", ratio=5),
    )
    return Listing(columns, map(_truce_row, truces), "No such truce is on record.")


def _truce_row(truce: TruceOnRecord) -> tuple[str, ...]:
    steps = (f"{step.step} {step.on or ''} ({voice_of(step.voice)})".replace("  ", " ") for step in truce.steps)
    return (
        truce.id,
        dates(truce.since, truce.until),
        truce.kind,
        places(truce.places),
        listed(truce.parties),
        ";\n".join(dict.fromkeys(steps)),
    )


def claim_listing(claims: Iterable[Claim]) -> Listing:
    """A row for each statement."""
    columns = (
        Column("published"),
        Column("outlet", ratio=1),
        Column("speaker", ratio=1),
        Column("says", ratio=1, optional=True),
        Column("what", ratio=4),
        Column("article"),
    )
    rows = (
        (
            short_date(claim.article.published),
            claim.article.outlet or "",
            claim.speaker or claim.source or "(nobody named)",
            claim.cue,
            shortened(claim.content, LETTERS),
            claim.article.id,
        )
        for claim in claims
    )
    return Listing(columns, rows, "No such statement is on record.")


def repeated_listing(statements: Iterable[Repeated]) -> Listing:
    """A row for each statement, whoever repeats it."""
    columns = (
        Column("since"),
        Column("speaker", ratio=1),
        Column("what", ratio=4),
        Column("outlets", ratio=2),
        Column("wordings", number=True),
        Column("article"),
    )
    rows = (
        (
            short_date(one.since),
            one.speaker or one.claims[0].source or "(nobody named)",
            shortened(one.claims[0].content, LETTERS),
            listed(one.outlets),
            str(len(one.wordings)),
            one.claims[0].article.id,
        )
        for one in statements
    )
    return Listing(columns, rows, "No such statement is on record.")


def label_listing(labels: Iterable[LabelCell]) -> Listing:
    """A row for each label that a side gives another."""
    columns = (
        Column("who", ratio=1),
        Column("calls", ratio=1),
        Column("what", ratio=1),
        Column("tone"),
        Column("times", number=True),
        Column("outlets", ratio=1, optional=True),
    )
    rows = (
        (
            label.by,
            label.of or "(not told)",
            f"‘{label.label}’" if label.scare_quotes else label.label,
            label.tone,
            number(label.count),
            listed(dict.fromkeys(evidence.outlet or "unknown outlet" for evidence in label.evidence)),
        )
        for label in labels
    )
    return Listing(columns, rows, "No such label is on record.")


def _whole_toll(tolls: Iterable[TollRange], effect: str) -> str:
    """The range of all who were harmed so, or where none is told of all, of those whom it is told of."""
    of_effect = [toll for toll in tolls if toll.effect == effect]
    whole = [toll for toll in of_effect if toll.status is None and toll.group is None]
    return "; ".join(
        range_of(toll) if toll in whole else f"{who_of(toll)} {range_of(toll)}" for toll in whole or of_effect
    )


def _with_status(name: str, status: str) -> str:
    return name if status == "reported" else f"{name} ({status})"


def _bound(count: int | None) -> str:
    return "?" if count is None else number(count)
