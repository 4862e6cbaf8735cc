"""Deciding: what a person says against what the machine read, checked, written into the journal and put into force.

Everything happens in one transaction of the connection, which must be one that writes. Who decides on something that
has changed since they looked (`against` is not its `state` any more) is told so, and nothing is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from onrecord.errors import RecordError, StaleDecisionError
from onrecord.record import journal, tables
from onrecord.record.adding import settle_anew
from onrecord.record.decision_tables import anchors, decisions, withheld_in
from onrecord.record.decisions import acts
from onrecord.record.decisions.anchors import Anchor, Section, anchor_of, told
from onrecord.record.decisions.applying import as_json, decided, field_of
from onrecord.record.decisions.fields import value_for
from onrecord.record.decisions.linking import ONE, OUT, REST, bind
from onrecord.record.decisions.states import digest, fact_state, group_state
from onrecord.record.decisions.store import FACT, LINKING, VALUE, VERDICTS, anchored_by, decision, rulings_on
from onrecord.record.decisions.withholding import HELD, PERSON, articles_naming
from onrecord.record.groups import Kind, group_of, members
from onrecord.record.ids import code
from onrecord.record.readings import Readings
from onrecord.record.shapes import DecisionOnRecord
from onrecord.record.stale import mark_articles

_DECISIONS = decisions.c
_KINDS: dict[str, Kind] = {"i": "incident", "t": "truce"}
_SECTIONS: dict[str, Section] = {"incident": "incidents", "truce": "truces"}


@dataclass(frozen=True, slots=True)
class _Made:
    """A decision that is about to be written."""

    act: str
    subject: str
    before: Any = None
    after: Any = None
    field: str | None = None
    holds_on: tuple[tuple[str, Anchor, str, str], ...] = ()
    """(role, anchor, article, id in its reading)"""


def decide(connection: Connection, act: acts.Act, *, by: str, why: str, against: str | None = None) -> DecisionOnRecord:
    """Put a decision on record and into force.

    Raises `RecordError` where there is no such thing to decide on, or the decision makes no sense, and
    `StaleDecisionError` where it was made against another state of the thing than it has now.
    """
    by, why = _said(by, "who decides", "--by"), _said(why, "why", "--why")
    try:
        made = _checked(connection, act)
    except RecordError:  # it may make no sense any more because somebody else was first
        group = _group_of(act)
        if group is not None:
            _check_state(connection, group, against)
        raise
    _check_state(connection, made.subject, against)
    id = _write(connection, made, by, why, against)
    _put_into_force(connection, id, made)
    _mark(connection, id)
    return decision(connection, id)


def _group_of(act: acts.Act) -> str | None:
    """The incident or truce that one divides, or joins others to; `None` for what is decided on something else."""
    if isinstance(act, acts.Merge):
        return next(iter(act.groups), None)
    return act.group if isinstance(act, acts.Split) else None


def state_of(connection: Connection, subject: str) -> str:
    """What one has seen who looks at a fact, incident, truce, person or decision now: changes when it is decided on.

    That of an incident or truce also changes when an account comes or goes.
    """
    if "/" in subject:
        article, local = subject.split("/", 1)
        reading = Readings(connection).of(article)
        return fact_state(reading, local, [each.decision.id for each in _rulings(connection, article, local)])
    kind = _KINDS.get(subject[:1])
    if kind is not None and not subject.startswith(PERSON):
        return group_state([id for id, _, _ in members(connection, kind, subject)])
    return digest(*_on_subject(connection, subject))


def _said(words: str, what: str, option: str) -> str:
    words = " ".join(words.split())
    if not words:
        raise RecordError(f"a decision has to say {what}", advice=f"give it by {option}")
    return words


def _check_state(connection: Connection, subject: str, against: str | None) -> None:
    if against is None or against == state_of(connection, subject):
        return
    last = max(_decided_on(connection, subject), key=lambda made: made.number, default=None)
    told = f": {last.by} decided “{last.why}” on it at {last.at}" if last else ": another account came or went"
    raise StaleDecisionError(
        f"{subject} has changed since you looked at it{told}", where=subject, advice="look at it again, then decide"
    )


def _checked(connection: Connection, act: acts.Act) -> _Made:
    match act:
        case acts.Accept() | acts.Reject() | acts.Correct():
            return _verdict(connection, act)
        case acts.Merge(groups):
            return _merge(connection, groups)
        case acts.Split(group, accounts):
            return _split(connection, group, accounts)
        case acts.Move(accounts, into):
            return _move(connection, accounts, into)
        case acts.Withhold():
            return _withhold(connection, act)
        case acts.Undo(id):
            return _undo(connection, id)


def _verdict(connection: Connection, act: acts.Verdict) -> _Made:
    article, _, local = act.fact.partition("/")
    reading = Readings(connection).of(article)
    found = told(reading, local)
    if found is None:
        raise RecordError(f"there is no fact {act.fact} on record", advice="see onrecord decisions --facts ARTICLE")
    now = decided(reading, [each.verdict for each in rulings_on(connection, [article]).get(article, ())])
    held = [(FACT, article, local)]
    if isinstance(act, acts.Correct):
        after = value_for(found[0], act.field, act.value, now)
        if found[0] == "casualties" and act.field == "incident" and after is not None:
            held.append((VALUE, article, after))
        before = field_of(now, local, act.field)
        return _Made("correct", act.fact, before, after, act.field, _anchored(connection, held))
    here = told(now, local)
    before = None if here is None else as_json(here[1])
    after = None if isinstance(act, acts.Reject) else before or as_json(found[1])
    name = "reject" if isinstance(act, acts.Reject) else "accept"
    return _Made(name, act.fact, before, after, None, _anchored(connection, held))


def _merge(connection: Connection, groups: Sequence[str]) -> _Made:
    kind = _kind(groups)
    members = {
        group: _members(connection, kind, group)
        for group in dict.fromkeys(_group(connection, kind, id) for id in groups)
    }
    if len(members) < 2:
        raise RecordError("there are not two to merge", advice="name two incidents, or two truces, at least")
    every = [(ONE, article, local) for theirs in members.values() for _, article, local in theirs]
    before = {group: [id for id, _, _ in theirs] for group, theirs in members.items()}
    after = [id for theirs in members.values() for id, _, _ in theirs]
    return _Made("merge", next(iter(members)), before, after, None, _anchored(connection, every))


def _split(connection: Connection, group: str, accounts: Sequence[str]) -> _Made:
    kind = _kind([group])
    group = _group(connection, kind, group)
    members = _members(connection, kind, group)
    out, rest = _parted(members, accounts)
    if not out or not rest:
        raise RecordError(f"{group} is not split by that", where=group, advice="name some of its accounts, but not all")
    held = [(f"{ONE} {OUT}", article, local) for _, article, local in out]
    held += [(REST, article, local) for _, article, local in rest]
    after = [[id for id, _, _ in rest], [id for id, _, _ in out]]
    return _Made("split", group, [id for id, _, _ in members], after, None, _anchored(connection, held))


def _move(connection: Connection, accounts: Sequence[str], into: str) -> _Made:
    kind = _kind([into, *accounts])
    into = _group(connection, kind, into)
    former = {_group(connection, kind, account) for account in accounts}
    if not accounts or into in former:
        raise RecordError("there is nothing to move", advice="name accounts of another incident (or steps of a truce)")
    moved, rest = _parted([each for group in former for each in _members(connection, kind, group)], accounts)
    there = _members(connection, kind, into)
    held = [(f"{ONE} {OUT}", article, local) for _, article, local in moved]
    held += [(ONE, article, local) for _, article, local in there]
    held += [(REST, article, local) for _, article, local in rest]
    before, after = sorted(former), [id for id, _, _ in moved]
    return _Made("move", into, before, after, None, _anchored(connection, held))


def _withhold(connection: Connection, act: acts.Withhold) -> _Made:
    if (act.incident is None) == (act.person is None):
        raise RecordError("one thing at a time is withheld", advice="name an incident, or a person")
    if act.person is not None:
        person = " ".join(act.person.split())
        if len(person) < 2:
            raise RecordError(f"{act.person!r} is no name", advice="give the whole name, or a key: wikidata:Q42")
        return _Made("withhold", PERSON + person)
    group = _group(connection, "incident", str(act.incident))
    members = _members(connection, "incident", group)
    return _Made(
        "withhold",
        group,
        [id for id, _, _ in members],
        None,
        None,
        _anchored(connection, [(HELD, article, local) for _, article, local in members]),
    )


def _undo(connection: Connection, id: str) -> _Made:
    undone = decision(connection, id)
    if undone.undone_by is not None:
        raise RecordError(f"{id} was undone already, by {undone.undone_by}", where=id, advice="see onrecord decisions")
    return _Made("undo", id, undone.after, undone.before)


def _kind(ids: Sequence[str]) -> Kind:
    kinds = {_KINDS.get(id[:1]) for id in ids}
    kind = next(iter(kinds), None)
    if len(kinds) != 1 or kind is None:
        raise RecordError(
            "these are not all incidents, or all truces", where=" ".join(ids), advice="give ids of one kind"
        )
    return kind


def _group(connection: Connection, kind: Kind, id: str) -> str:
    group = group_of(connection, kind, id)
    if group is None:
        raise RecordError(f"there is no {kind} {id} on record", advice=f"see onrecord {kind}s")
    return group


def _members(connection: Connection, kind: Kind, group: str) -> list[tuple[str, str, str]]:
    return members(connection, kind, group)


def _parted(
    members: Sequence[tuple[str, str, str]], accounts: Sequence[str]
) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Those of the members that are named, by their own id or that of their article, and the others."""
    named = set(accounts)
    unknown = named - {id for id, _, _ in members} - {article for _, article, _ in members}
    if unknown:
        raise RecordError(f"is no account of it: {', '.join(sorted(unknown))}", advice="see onrecord show --json")
    inside = [each for each in members if named & {each[0], each[1]}]
    return inside, [each for each in members if each not in inside]


def _anchored(connection: Connection, held: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, Anchor, str, str], ...]:
    readings = Readings(connection)
    found = []
    for role, article, local in held:
        anchor = anchor_of(readings.of(article), local, article, _sha256(connection, article))
        if anchor is not None:
            found.append((role, anchor, article, local))
    return tuple(found)


def _sha256(connection: Connection, article: str) -> str:
    sources, articles = tables.sources.c, tables.articles.c
    wanted = select(sources.sha256).join(tables.articles, articles.source == sources.id).where(articles.id == article)
    return str(connection.scalar(wanted))


def _write(connection: Connection, made: _Made, by: str, why: str, against: str | None) -> str:
    """Put the decision into the journal and the tables; gives its id, which is of its place in the journal."""
    id = "d" + code(journal.head(connection).hash, made.act, made.subject)
    entry = journal.append(
        connection, kind="decided", subject=made.subject, by=by, what=_told(id, made, against), why=why
    )
    connection.execute(
        insert(decisions).values(
            id=id,
            number=entry.number,
            at=entry.at,
            by=entry.by,
            act=made.act,
            subject=entry.subject,
            field=made.field,
            before=json.dumps(made.before),
            after=json.dumps(made.after),
            why=entry.why,
        )
    )
    if made.holds_on:
        connection.execute(insert(anchors), list(_anchor_rows(id, made)))
    return id


def _told(id: str, made: _Made, against: str | None) -> dict[str, Any]:
    """The decision as the journal has it."""
    return {
        "id": id,
        "act": made.act,
        "field": made.field,
        "before": made.before,
        "after": made.after,
        "against": against,
        "anchors": [{"role": role, **anchor.as_json()} for role, anchor, _, _ in made.holds_on],
    }


def _anchor_rows(id: str, made: _Made) -> Iterator[dict[str, Any]]:
    """What the decision holds on, a row for each."""
    for part, (role, anchor, holder, local) in enumerate(made.holds_on):
        yield {
            "decision": id,
            "part": part,
            "role": role,
            "section": anchor.section,
            "article": anchor.article,
            "sha256": anchor.sha256,
            "anchor": json.dumps(anchor.as_json()),
            "holder": holder,
            "local": local,
        }


def _put_into_force(connection: Connection, id: str, made: _Made) -> None:
    if made.act in VERDICTS:
        for article in {article for _, _, article, _ in made.holds_on}:
            settle_anew(connection, article)
    elif made.act in LINKING:
        bind(connection, [id])
    elif made.subject.startswith(PERSON):
        name = made.subject.removeprefix(PERSON)
        rows = [{"decision": id, "article": article} for article in articles_naming(connection, name)]
        if rows:
            connection.execute(insert(withheld_in), rows)
    elif made.act == "undo":
        _toggle(connection, decision(connection, made.subject), by=id)


def _mark(connection: Connection, id: str) -> None:
    """Have everything shown anew that a decision, or one that it undoes, is about: it is shown with its decisions."""
    ids, made = [id], decision(connection, id)
    while made.act == "undo":
        made = decision(connection, made.subject)
        ids.append(made.id)
    rows = [row for rows in anchored_by(connection, ids).values() for row in rows]
    mark_articles(connection, {row.holder for row in rows if row.holder})


def _toggle(connection: Connection, undone: DecisionOnRecord, by: str | None) -> None:
    """Take a decision out of force, or (`by` is `None`) put it back; undoing an undoing brings back what it undid."""
    connection.execute(update(decisions).where(_DECISIONS.id == undone.id).values(undone_by=by))
    if undone.act == "undo":
        _toggle(connection, decision(connection, undone.subject), by=None if by else undone.id)
    elif undone.act in VERDICTS:
        for row in anchored_by(connection, [undone.id])[undone.id]:
            if row.role == FACT and row.holder:
                settle_anew(connection, row.holder)
    elif undone.act in LINKING:
        bind(connection, [undone.id])


def _rulings(connection: Connection, article: str, local: str) -> list[Any]:
    return [each for each in rulings_on(connection, [article]).get(article, ()) if each.verdict.local == local]


def _on_subject(connection: Connection, subject: str) -> list[str]:
    """The decisions on a person, or those that undo a decision: what there is to have changed."""
    wanted = select(_DECISIONS.id, _DECISIONS.undone_by).where(
        (_DECISIONS.subject == subject) | (_DECISIONS.id == subject)
    )
    return [f"{row.id} {row.undone_by or ''}" for row in connection.execute(wanted.order_by(_DECISIONS.number))]


def _decided_on(connection: Connection, subject: str) -> list[DecisionOnRecord]:
    """The decisions on a subject, or on what undoes them."""
    own = select(_DECISIONS.id).where(_DECISIONS.subject == subject)
    wanted = select(_DECISIONS.id).where((_DECISIONS.subject == subject) | _DECISIONS.subject.in_(own))
    return [decision(connection, id) for id in connection.scalars(wanted)]
