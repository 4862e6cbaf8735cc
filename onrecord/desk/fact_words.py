"""Facts of an article in words: what was read, in a line, and the particulars under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.reading.schema import Attribution, Reading
from onrecord.views.words import day, days, duration, event_name, number, span_of

KINDS: Mapping[str, str] = {
    "casualties": "Toll",
    "incidents": "Incident",
    "truces": "Truce",
    "labels": "Label",
    "attributions": "Statement",
}
_QUALIFIED = {"at-least": "{} or more", "at-most": "up to {}", "about": "about {}"}


@dataclass(frozen=True, slots=True)
class FactWords:
    """A fact in a line, and its particulars as (what, words)."""

    title: str
    particulars: tuple[tuple[str, str], ...]


class Wording:
    """Puts facts of one reading into words; `reading` is that with the decisions, whose entities are all there are."""

    def __init__(self, reading: Reading) -> None:
        self._names = {entity.id: entity.name for entity in reading.entities}
        self._given = {given.id: given for given in reading.attributions}
        self._tolls = {toll.id: toll.text for toll in reading.casualties}
        self._incidents = {incident.id: incident for incident in reading.incidents}

    def of(self, section: str, fact: Mapping[str, Any]) -> FactWords:
        """A fact, as JSON of the contract, in words."""
        title, particulars = _BY_SECTION[section](self, fact)
        return FactWords(_line(title), tuple((what, _line(words)) for what, words in particulars if words))

    def incident_name(self, id: str | None) -> str:
        """An incident of the article: "Air strike, Aleppo"; empty where there is none of this id."""
        incident = self._incidents.get(id or "")
        if incident is None:
            return ""
        where = self.name(incident.where[0]) if incident.where else ""
        return ", ".join(part for part in (event_name(incident.type, incident.mode), where) if part)

    def _casualty(self, fact: Mapping[str, Any]) -> tuple[str, Iterator[tuple[str, str]]]:
        status = {"civilian": "civilians", "combatant": "combatants"}.get(fact["status"], "")
        who = (fact["group"] or "").replace("-", " ") or status
        figure = self._figure(fact)
        return f"{figure} {who} {fact['effect']}", self._casualty_particulars(fact)

    def _casualty_particulars(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield "of", self.name(fact["of"])
        yield "part of", self._tolls.get(fact["part_of"] or "", "")
        yield "in", self.incident_name(fact["incident"])
        yield "where", self._all(fact["where"])
        yield "since", day(fact["since"]) if fact["since"] else ""
        yield "until", day(fact["until"]) if fact["until"] else ""
        yield from self._word(fact)

    @staticmethod
    def _figure(fact: Mapping[str, Any]) -> str:
        if fact["count"] is None:
            return span_of(fact["low"], fact["high"]) or f"“{fact['text']}”"
        return _QUALIFIED.get(fact["qualifier"], "{}").format(number(fact["count"]))

    def _incident(self, fact: Mapping[str, Any]) -> tuple[str, Iterator[tuple[str, str]]]:
        where = self.name(fact["where"][0]) if fact["where"] else ""
        title = ", ".join(part for part in (event_name(fact["type"], fact["mode"]), where) if part)
        return title, self._incident_particulars(fact)

    def _incident_particulars(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield "status", fact["status"] if fact["status"] != "reported" else ""
        yield "when", days(fact["date"]["start"], fact["date"]["end"]) if fact["date"] else ""
        yield "where", self._all(fact["where"]) if len(fact["where"]) > 1 else ""
        yield "by", ", ".join(self._party(party) for party in fact["perpetrators"])
        yield "against", ", ".join(self.name(target["entity"]) or target["text"] for target in fact["targets"])
        yield "with", ", ".join(dict.fromkeys(weapon["text"] for weapon in fact["weapons"]))
        yield from self._word(fact)

    def _party(self, party: Mapping[str, Any]) -> str:
        name = self.name(party["entity"]) or party["text"]
        return name if party["blame"] == "stated" else f"{name} ({party['blame']})"

    def _truce(self, fact: Mapping[str, Any]) -> tuple[str, Iterator[tuple[str, str]]]:
        return f"{fact['kind'].replace('-', ' ').capitalize()} {fact['step']}", self._truce_particulars(fact)

    def _truce_particulars(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield "between", self._all(fact["parties"])
        yield "where", self._all(fact["where"])
        yield "when", days(fact["start"], fact["end"]) if fact["start"] or fact["end"] else ""
        yield "for", duration(fact["duration"]) if fact["duration"] else ""
        yield "terms", "; ".join(term["text"] for term in fact["terms"])
        yield from self._word(fact)

    def _label(self, fact: Mapping[str, Any]) -> tuple[str, Iterator[tuple[str, str]]]:
        words = f"‘{fact['text']}’" if fact["scare_quotes"] else f"“{fact['text']}”"
        of = self.name(fact["of"])
        return f"{words}{' for ' + of if of else ''}", self._label_particulars(fact)

    def _label_particulars(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield "said by", "the outlet itself" if fact["by"] in (None, "outlet") else self.name(fact["by"])
        yield "tone", fact["tone"]
        yield from self._word(fact)

    def _attribution(self, fact: Mapping[str, Any]) -> tuple[str, Iterator[tuple[str, str]]]:
        source = " … ".join(part["text"] for part in fact["source"])
        name = self.name(fact["speaker"])
        cue = " ".join(part["text"] for part in fact["cue"])
        shown = source if not name or name in source else f"{source} [{name}]" if source else name
        return f"{shown or '(nobody named)'} {cue}", self._attribution_particulars(fact)

    def _attribution_particulars(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        content = " … ".join(part["text"] for part in fact["content"])
        yield "what", content if len(content) < 160 else content[:159].rsplit(" ", 1)[0] + "…"

    def _word(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield "on the word of", self.source(fact["attribution"])

    def source(self, attribution: str | None) -> str:
        """On whose word something is; empty where it is the article's own."""
        given: Attribution | None = self._given.get(attribution or "")
        if given is None:
            return ""
        words = " … ".join(part.text for part in given.source)
        name = self.name(given.speaker)
        return words if words and (not name or name in words) else f"{words} [{name}]" if words else name

    def _all(self, ids: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(self.name(id) for id in ids))

    def name(self, id: str | None) -> str:
        """The name of an entity; the id itself where there is none, which then is words of the text."""
        return self._names.get(id or "", id or "")


_BY_SECTION = {
    "casualties": Wording._casualty,
    "incidents": Wording._incident,
    "truces": Wording._truce,
    "labels": Wording._label,
    "attributions": Wording._attribution,
}


def _line(words: str) -> str:
    return " ".join(words.split())
