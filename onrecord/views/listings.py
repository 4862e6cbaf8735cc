"""Listings: the record's shapes as tables of words, one function for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.reading.places.gazetteer import Place
from onrecord.record.repeated_claims import Repeated
from onrecord.record.roll import NamedOnRecord
from onrecord.record.shapes import (
    ArticleOnRecord,
    Claim,
    Failure,
    IncidentOnRecord,
    LabelCell,
    Named,
    SearchHit,
    Story,
    Toll,
    TollRange,
    TruceOnRecord,
)
from onrecord.views.plain import one_line, shortened
from onrecord.views.words import (
    NO_DATE,
    event_name,
    figure_of,
    number,
    range_of,
    voice_of,
    who_of,
)

FOUND_BEGINS, FOUND_ENDS = "\x02", "\x03"  # as `SearchHit.snippet` marks the words found
LETTERS = 160


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title; `number`: set to the right; `ratio`: text that takes that share of the room that is left.

    `width`: is as wide as that and wraps; `optional`: left out where the terminal is narrow.
    """

    title: str
    number: bool = False
    ratio: int | None = None
    width: int | None = None
    optional: bool = False


DATE = Column("date", width=12)


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: a field for each column in every row; `empty` is what to say where there is no row."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[str, ...]]
    empty: str


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


def article_listing(articles: Iterable[ArticleOnRecord]) -> Listing:
    """A row for each article."""
    columns = (
        Column("id"),
        Column("published"),
        Column("outlet", ratio=1),
        Column("title", ratio=3),
        Column("words", number=True),
        Column("story", optional=True),
        Column("copy of", optional=True),
    )
    rows = (
        (
            article.id,
            short_date(article.published),
            article.outlet or "",
            article.title or "",
            number(article.words),
            article.story,
            article.copy_of or "",
        )
        for article in articles
    )
    return Listing(columns, rows, "No such article is on record; put some there with: onrecord add PATH")


def failure_listing(failures: Iterable[Failure]) -> Listing:
    """A row for each source that could not be read."""
    columns = (Column("source", ratio=2), Column("what is wrong", ratio=2), Column("what to do", ratio=2))
    rows = ((failure.where, failure.reason, failure.advice or "") for failure in failures)
    return Listing(columns, rows, "Everything that was added could be read.")


def gazetteer_listing(places: Iterable[Place]) -> Listing:
    """A row for each place of the gazetteer."""
    columns = (
        Column("key"),
        Column("name", ratio=2),
        Column("level"),
        Column("country"),
        Column("people", number=True),
        Column("latitude", number=True),
        Column("longitude", number=True),
    )
    rows = (
        (
            place.key or "",
            place.name,
            place.level,
            place.country,
            number(place.population),
            f"{place.latitude:.4f}",
            f"{place.longitude:.4f}",
        )
        for place in places
    )
    return Listing(columns, rows, "The gazetteer has no place of that name.")


def named_listing(found: Iterable[NamedOnRecord]) -> Listing:
    """A row for each place or actor."""
    columns = (
        Column("key"),
        Column("name", ratio=2),
        Column("accounts", number=True),
        Column("level", optional=True),
        Column("country", optional=True),
        Column("latitude", number=True, optional=True),
        Column("longitude", number=True, optional=True),
    )
    rows = (
        (
            each.key,
            each.name,
            number(each.accounts),
            each.level or "",
            each.country or "",
            "" if each.latitude is None else f"{each.latitude:.4f}",
            "" if each.longitude is None else f"{each.longitude:.4f}",
        )
        for each in found
    )
    return Listing(columns, rows, "None is on record.")


def story_listing(stories: Iterable[Story]) -> Listing:
    """A row for each story."""
    columns = (
        Column("id"),
        Column("published"),
        Column("title", ratio=3),
        Column("where", ratio=1),
        Column("articles", number=True),
        Column("outlets", ratio=2),
    )
    rows = (
        (
            story.id,
            dates(short_date(story.since), short_date(story.until)),
            story.title or "",
            listed(story.places),
            number(len(story.articles)),
            listed(story.outlets),
        )
        for story in stories
    )
    return Listing(columns, rows, "No such story is on record.")


def search_listing(hits: Iterable[SearchHit]) -> Listing:
    """A row for each article found, with the stretch of it that has the words, these between asterisks."""
    columns = (
        Column("article"),
        Column("published"),
        Column("outlet", ratio=1),
        Column("where it says so", ratio=4),
    )
    rows = (
        (
            hit.article.id,
            short_date(hit.article.published),
            hit.article.outlet or "",
            one_line(hit.snippet.replace(FOUND_BEGINS, "*").replace(FOUND_ENDS, "*")),
        )
        for hit in hits
    )
    return Listing(columns, rows, "No article has these words.")


def dates(since: str | None, until: str | None) -> str:
    """A stretch of days as ISO 8601 dates: "2016-10-14", "2016-10-14 – 2016-10-16"."""
    known = list(dict.fromkeys(date for date in (since, until) if date))
    return " – ".join(known) or NO_DATE


def short_date(date: str | None) -> str:
    """The day of an ISO 8601 date or time."""
    return (date or "")[:10]


def places(named: Iterable[Named]) -> str:
    """The names of the places, narrowest first."""
    return listed(dict.fromkeys(place.name for place in named))


def listed(words: Iterable[str]) -> str:
    """The words with commas between them."""
    return ", ".join(words)


def figures_and_voices(toll: TollRange, separator: str = "; ") -> str:
    """Each figure with those whose it is: "70 (government), 100 or more (United Nations)"."""
    return separator.join(
        f"{figure_of(figure)} ({listed(dict.fromkeys(voice_of(origin.voice) for origin in figure.origins))})"
        for figure in toll.figures
    )


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
