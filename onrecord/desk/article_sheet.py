"""An article laid out: its text with what was read from it, each fact beside its sentence with what people decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.desk.corrections import Field, fields_of
from onrecord.desk.fact_words import KINDS, FactWords, Wording
from onrecord.desk.passages import Passage, passages_of
from onrecord.reading.schema import Reading
from onrecord.record import Record
from onrecord.record.ids import account_id
from onrecord.record.shapes import ArticleOnRecord, DecisionOnRecord, FactOnRecord
from onrecord.views.report_sections import web_address

_STRETCH = re.compile(r"(\d{1,8})-(\d{1,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FactSheet:
    """A fact beside its sentence: as the machine read it, and (where people changed it) as they decided that it is.

    `verdict` is "open", "accepted", "corrected" or "rejected"; `next` the fact to go on with, None after the last.
    """

    local: str
    kind: str
    machine: FactWords
    decided: FactWords | None
    verdict: str
    decisions: tuple[DecisionOnRecord, ...]
    state: str
    incident: str | None
    """The id of the account on record that it belongs to, by which its incident is found."""
    next: str | None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """What the page of an article shows."""

    article: ArticleOnRecord
    link: str | None
    passages: tuple[Passage, ...]
    facts: dict[str, FactSheet]
    open: int
    asides: bool


def sheet_of(record: Record, id: str, at: str | None = None, correcting: str | None = None) -> ArticleSheet:
    """The page of an article; `at` is a stretch of its text to light up, `correcting` the fact whose form is open."""
    article = record.article(id)
    reading = record.reading(article.id)
    facts = list(record.facts(article.id))
    asides = [(part.start, part.end) for part in reading.boilerplate]
    passages = passages_of(reading.text, facts, asides, _stretch(at))
    order = [local for passage in passages for local in passage.facts]
    wordings = Wording(reading), Wording(record.decided_reading(article.id))
    by_local = {fact.id.partition("/")[2]: fact for fact in facts}
    sheets = {
        local: _sheet(by_local[local], wordings, reading, _following(order, local, by_local), local == correcting)
        for local in order
    }
    return ArticleSheet(
        article=article,
        link=web_address(article.url),
        passages=passages,
        facts=sheets,
        open=sum(sheet.verdict == "open" for sheet in sheets.values()),
        asides=bool(asides),
    )


def verdict_of(fact: FactOnRecord) -> str:
    """What people made of a fact."""
    if not fact.decisions:
        return "open"
    if fact.decided is None:
        return "rejected"
    return "corrected" if any(made.act == "correct" for made in fact.decisions) else "accepted"


def _sheet(
    fact: FactOnRecord, wordings: tuple[Wording, Wording], reading: Reading, following: str | None, correcting: bool
) -> FactSheet:
    """The fact by the wording of the machine's reading, and by that of the reading with the decisions."""
    local = fact.id.partition("/")[2]
    as_read, as_decided = wordings
    machine = as_read.of(fact.section, fact.machine)
    decided = as_decided.of(fact.section, fact.decided) if fact.decided else None
    here: dict[str, Any] = fact.decided or fact.machine
    told = local if fact.section == "incidents" else here.get("incident")
    return FactSheet(
        local=local,
        kind=KINDS[fact.section],
        machine=machine,
        decided=decided if decided != machine else None,
        verdict=verdict_of(fact),
        decisions=fact.decisions,
        state=fact.state,
        incident=account_id(fact.id.partition("/")[0], told) if told else None,
        next=following,
        fields=fields_of(fact, reading, as_decided) if correcting else (),
    )


def _following(order: Sequence[str], local: str, facts: dict[str, FactOnRecord]) -> str | None:
    """The next fact on which nobody has decided, else simply the next."""
    rest = order[order.index(local) + 1 :]
    return next((other for other in rest if not facts[other].decisions), next(iter(rest), None))


def _stretch(at: str | None) -> tuple[int, int] | None:
    match = _STRETCH.fullmatch(at or "")
    return (int(match[1]), int(match[2])) if match else None
