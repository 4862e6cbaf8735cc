"""What changed from one release to the next, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from onrecord.record.frozen import FrozenRecord
from onrecord.record.shapes import DecisionOnRecord, IncidentOnRecord
from onrecord.record.tolls import EFFECTS
from onrecord.views import words
from onrecord.views.exports.columns import Column, Table
from onrecord.views.exports.decided import decisions_on_incident
from onrecord.views.exports.delimited import csv_pieces
from onrecord.views.exports.report_level import whole_range
from onrecord.views.exports.structured import json_lines_of

Change = Literal["added", "changed", "merged", "split", "removed"]
CHANGES: tuple[Change, ...] = ("added", "changed", "merged", "split", "removed")
GONE = "no account of it is on record any more"
_COLUMNS = (
    Column("incident", "text", "", "the incident's id in this release; for one that is gone, in the one before"),
    Column("change", "text", "", "added, changed, merged, split or removed"),
    Column("what", "text", "", "what, where and when"),
    Column("field", "text", "", "what is another; empty for added and removed ones"),
    Column("before", "text", "", "its value in the release before"),
    Column("after", "text", "", "its value in this release"),
    Column("former", "list", "", "the ids of the release before that it was under"),
    Column("why", "list", "", "the articles, decisions or new readings that made it so"),
)


@dataclass(frozen=True, slots=True)
class Altered:
    """A field that is another than in the release before."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An incident that is new, gone, or no longer what it was, and why."""

    incident: str
    change: Change
    what: str
    former: tuple[str, ...]
    """Its ids in the release before."""
    fields: tuple[Altered, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Brief:
    """What is compared of an incident."""

    values: tuple[str, ...]
    accounts: tuple[str, ...]
    articles: frozenset[str]
    decisions: frozenset[str]
    what: str


_FIELDS = ("type", "status", "since", "until", "place", "perpetrators", *EFFECTS, "origins", "accounts")


def write_changes(folder: Path, before: FrozenRecord | None) -> dict[Change, int]:
    """Write what changed since the release before as JSON lines and as CSV; give how many incidents of each kind.

    Nothing is written, and nothing counted, for a first release.
    """
    if before is None:
        return {}
    counted: Counter[Change] = Counter()

    def changes() -> Iterator[Changed]:
        for change in changes_between(before, FrozenRecord(folder)):
            counted[change.change] += 1
            yield change

    with (folder / "changes.jsonl").open("w", encoding="utf-8", newline="") as lines:
        lines.writelines(json_lines_of(changes()))
    with (folder / "changes.csv").open("w", encoding="utf-8", newline="") as rows:
        rows.writelines(csv_pieces(Table("incident", _COLUMNS, _rows(folder))))
    return {change: counted[change] for change in CHANGES}


def changes_between(before: FrozenRecord, after: FrozenRecord) -> Iterator[Changed]:
    """The incidents that differ between two releases: those of the later one in its order, then those that are gone.

    Incidents are the same where they share an account, whatever their ids: two that became one are `merged`, one that
    became several is `split`.
    """
    briefs = {incident.id: _brief(incident) for incident in before.incidents()}
    of_account = {account: id for id, brief in briefs.items() for account in brief.accounts}
    known = {article.id for article in before.articles()}
    met: Counter[str] = Counter()
    earlier = {decision.id for decision in before.decisions()}
    decided = [decision for decision in after.decisions() if decision.id not in earlier]
    for incident in after.incidents():
        former = tuple(
            dict.fromkeys(of_account[account.id] for account in incident.accounts if account.id in of_account)
        )
        parts = [former_id for former_id in former if met[former_id]]
        met.update(former)
        change = _change(incident, former, {id: briefs[id] for id in former}, known, is_part=bool(parts))
        if change is not None:
            yield change
    for id, brief in briefs.items():
        if not met[id]:
            reasons = tuple(_reason(decision) for decision in decided if _is_on(decision, id, brief))
            yield Changed(id, "removed", brief.what, (id,), (), reasons or (GONE,))


def _change(
    incident: IncidentOnRecord,
    former: tuple[str, ...],
    briefs: Mapping[str, _Brief],
    known: set[str],
    *,
    is_part: bool,
) -> Changed | None:
    now = _brief(incident)
    if not former:
        return Changed(incident.id, "added", now.what, (), (), tuple(_reasons(incident, None, known)))
    main = briefs[incident.id] if incident.id in briefs else briefs[former[0]]
    fields = tuple(
        Altered(field, was, is_now)
        for field, was, is_now in zip(_FIELDS, main.values, now.values, strict=True)
        if was != is_now
    )
    if not fields and len(former) == 1 and not is_part and now.decisions == main.decisions:
        return None
    change: Change = "merged" if len(former) > 1 else "split" if is_part else "changed"
    reasons = tuple(_reasons(incident, main, known))
    return Changed(incident.id, change, now.what, former, fields, reasons or ("its articles were read again",))


def _reasons(incident: IncidentOnRecord, before: _Brief | None, known: set[str]) -> Iterator[str]:
    had = before.accounts if before else ()
    for account in incident.accounts:
        if account.id not in had:
            article = account.article
            news = "read anew" if article.id in known else "new"
            yield f"{news}: {article.outlet or 'an unnamed outlet'}, {words.day(article.published)} ({article.id})"
    for decision in decisions_on_incident(incident):
        if before is None or decision.id not in before.decisions:
            yield _reason(decision)


def _is_on(decision: DecisionOnRecord, id: str, brief: _Brief) -> bool:
    """Whether a decision is on an incident, or on what its articles say."""
    return decision.subject in (id, *brief.accounts) or decision.subject.partition("/")[0] in brief.articles


def _reason(decision: DecisionOnRecord) -> str:
    what = f"{decision.act} {decision.field}" if decision.field else decision.act
    return f"decided by {decision.by} on {words.day(decision.at)}: {what}: {decision.why} ({decision.id})"


def _brief(incident: IncidentOnRecord) -> _Brief:
    place = incident.places[0].name if incident.places else ""
    tolls = (whole_range(incident.tolls, effect) for effect in EFFECTS)
    event = words.event_name(incident.type, incident.mode)
    return _Brief(
        values=(
            event,
            incident.status,
            incident.since or "",
            incident.until or "",
            place,
            "; ".join(incident.perpetrators),
            *(words.range_of(toll) if toll is not None else "" for toll in tolls),
            str(incident.origins),
            str(len(incident.accounts)),
        ),
        accounts=tuple(account.id for account in incident.accounts),
        articles=frozenset(account.article.id for account in incident.accounts),
        decisions=frozenset(decision.id for decision in decisions_on_incident(incident)),
        what=", ".join(part for part in (event, place, words.days(incident.since, incident.until)) if part),
    )


def _rows(folder: Path) -> Iterator[tuple[str | tuple[str, ...], ...]]:
    import json

    with (folder / "changes.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            change = json.loads(line)
            given = (change["incident"], change["change"], change["what"])
            ends = (tuple(change["former"]), tuple(change["why"]))
            for field in change["fields"] or [{"field": "", "before": "", "after": ""}]:
                yield (*given, field["field"], field["before"], field["after"], *ends)
