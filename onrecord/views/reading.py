"""A reading as lines of text that a person can follow: each fact with the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.articles.article import TextSpan
from onrecord.reading.schema import Attribution, Casualty, Entity, Incident, Label, Reading, Truce
from onrecord.views.plain import one_line, shortened
from onrecord.views.words import counted, day, days, duration, event_name, number, span_of

LETTERS = 220


def lines_of(reading: Reading) -> Iterator[str]:
    """The article's head, then its facts by kind; a blank line at the end."""
    yield reading.title or shortened(reading.text, 80)
    published = f"{day(reading.published)} (from {reading.published_from})" if reading.published else "no date given"
    yield f"{reading.outlet or 'unknown outlet'}, {published}; {reading.id}"
    yield from facts_of(reading)
    yield ""


def facts_of(reading: Reading) -> Iterator[str]:
    """The facts of the reading, by kind."""
    facts = _Facts(reading)
    yield from _section("What happened", map(facts.incident, reading.incidents))
    yield from _section("How many were harmed", map(facts.casualty, reading.casualties))
    yield from _section("Truces", map(facts.truce, reading.truces))
    yield from _section("Who calls whom what", map(facts.label, reading.labels))
    yield from _section("Who says what", map(facts.attribution, reading.attributions))
    if reading.boilerplate:
        yield f"Left out as no part of the article: {counted(len(reading.boilerplate), 'stretch', 'stretches')}."


def _section(title: str, facts: Iterable[str]) -> Iterator[str]:
    lines = list(facts)
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


class _Facts:
    """The facts of one reading in words, ids looked up."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        self.entities = {entity.id: entity for entity in reading.entities}
        self.attributions = {attribution.id: attribution for attribution in reading.attributions}
        self.casualties = {casualty.id: casualty for casualty in reading.casualties}

    def incident(self, incident: Incident) -> str:
        status = "" if incident.status == "reported" else f" ({incident.status})"
        when = days(incident.date.start, incident.date.end) if incident.date else "undated"
        by = ", ".join(
            _flat(party.text) + ("" if party.blame == "stated" else f" ({party.blame})")
            for party in incident.perpetrators
        )
        against = ", ".join(_flat(target.text) for target in incident.targets)
        harmed = ", ".join(
            f"{_flat(self.casualties[id].text)} {self.casualties[id].effect}"
            for id in incident.casualties
            if id in self.casualties
        )
        parts = (
            f"{event_name(incident.type, incident.mode)}{status}",
            self._names(incident.where),
            when,
            by and f"by {by}",
            against and f"against {against}",
            harmed,
        )
        return "; ".join(part for part in parts if part) + self._by_whose_word(incident.attribution)

    def casualty(self, casualty: Casualty) -> str:
        figure = span_of(casualty.low, casualty.high) if casualty.count is None else number(casualty.count)
        qualifier = "" if casualty.qualifier == "exact" else f" ({casualty.qualifier.replace('-', ' ')})"
        whom = casualty.group or ("" if casualty.status == "unknown" else casualty.status)
        part = self.casualties.get(casualty.part_of or "")
        within = f", of the {_flat(part.text)}" if part else ""
        since = f", since {day(casualty.since)}" if casualty.since else ""
        return (
            f"{figure}{qualifier} {whom + ' ' if whom else ''}{casualty.effect}{within}{since}: "
            f"“{_flat(casualty.text)}”{self._by_whose_word(casualty.attribution)}"
        )

    def truce(self, truce: Truce) -> str:
        when = days(truce.start, truce.end) if truce.start or truce.end else ""
        length = f"for {duration(truce.duration)}" if truce.duration else ""
        parts = (f"{truce.kind} {truce.step}", self._names(truce.where), when, length, self._names(truce.parties))
        terms = "".join(f"\n    term: {_flat(term.text)}" for term in truce.terms)
        return "; ".join(part for part in parts if part) + self._by_whose_word(truce.attribution) + terms

    def label(self, label: Label) -> str:
        by = "the outlet" if label.by == "outlet" else self._name(label.by) or "(nobody named)"
        words = f"‘{_flat(label.text)}’" if label.scare_quotes else _flat(label.text)
        return f"{by} calls {self._name(label.of) or '(not told)'}: {words} ({label.tone})"

    def attribution(self, attribution: Attribution) -> str:
        source = self._source(attribution) or "(nobody named)"
        cue = _joined(attribution.cue)
        content = shortened(" … ".join(_flat(part.text) for part in attribution.content), LETTERS)
        return f"{source}{' ' + cue if cue else ''}: “{content}”"

    def _source(self, attribution: Attribution) -> str:
        """Who says it; empty where the text does not tell."""
        words = _joined(attribution.source)
        name = self._name(attribution.speaker)
        if not words:
            return name
        return words if not name or name in words else f"{words} [{name}]"

    def _by_whose_word(self, id: str | None) -> str:
        attribution = self.attributions.get(id or "")
        if attribution is None:
            return ""
        source = self._source(attribution)
        return f" (by the word of {source})" if source else " (whose word it is, is not told)"

    def _names(self, ids: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(self._name(id) for id in ids))

    def _name(self, id: str | None) -> str:
        entity: Entity | None = self.entities.get(id or "")
        return entity.name if entity else _flat(id or "")


def _joined(spans: Iterable[TextSpan]) -> str:
    return " … ".join(_flat(span.text) for span in spans)


def _flat(text: str) -> str:
    return one_line(text)
