"""Decisions, reasons and contradictions as tables and lines of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.record.contradictions import Contradiction
from onrecord.record.decision_shapes import DecisionOnRecord, FactOnRecord
from onrecord.record.explaining import Apart, Explanation, Joined
from onrecord.record.matching import Points
from onrecord.record.shapes import ArticleOnRecord, IncidentOnRecord
from onrecord.views.decided import decision_words, value_words
from onrecord.views.details import headline
from onrecord.views.listing import Column, Listing, listed, short_date
from onrecord.views.plain import one_line, shortened
from onrecord.views.words import cite, counted, voice_of


def decision_listing(decisions: Iterable[DecisionOnRecord]) -> Listing:
    """A row for each decision."""
    columns = (
        Column("id"),
        Column("when", width=17),
        Column("by", ratio=1),
        Column("what", ratio=3),
        Column("why", ratio=2),
        Column("now", ratio=1),
    )
    return Listing(columns, map(_decision_row, decisions), "Nobody decided anything yet.")


def fact_listing(facts: Iterable[FactOnRecord]) -> Listing:
    """A row for each fact of an article: what the machine read, and what people decided."""
    columns = (Column("fact"), Column("what"), Column("as read", ratio=2), Column("decided", ratio=2))
    return Listing(columns, map(_fact_row, facts), "Nothing was read in it.")


def contradiction_listing(contradictions: Iterable[Contradiction]) -> Listing:
    """A row for each side of each contradiction, with its sentence."""
    columns = (
        Column("of"),
        Column("incident", ratio=1),
        Column("about", width=14),
        Column("says", ratio=1),
        Column("by whose word", ratio=1),
        Column("sentence", ratio=3),
    )
    return Listing(
        columns, (row for each in contradictions for row in _sides(each)), "No accounts contradict each other."
    )


def explanation_lines(why: Explanation, incident: IncidentOnRecord) -> Iterator[str]:
    """Why accounts are one incident, in words and numbers."""
    yield f"{why.incident}: {headline(incident)}: {counted(len(why.accounts), 'account')}"
    yield (
        "Weights are logarithms of odds, for (+) and against (−); two groups of accounts become one while the mean "
        f"weight between them is at least {why.cut:.1f}."
    )
    if why.mean is not None:
        yield f"The mean weight between these accounts is {why.mean:+.1f}."
    for account in why.accounts:
        yield ""
        yield from _joined_lines(account)
    for other in why.apart:
        yield ""
        yield from _apart_lines(other)
    for made in why.decisions:
        yield ""
        yield f"Decided by {made.by} at {made.at}: {decision_words(made)}: {made.why} ({made.id})"


def _decision_row(made: DecisionOnRecord) -> tuple[str, ...]:
    now = f"undone by {made.undone_by}" if made.undone_by else "without its fact" if made.lost else "in force"
    return made.id, made.at[:16].replace("T", " "), made.by, decision_words(made), made.why, now


def _fact_row(fact: FactOnRecord) -> tuple[str, ...]:
    if fact.decided is None:
        decided = "rejected"
    elif fact.decided == fact.machine:
        decided = "accepted" if fact.decisions else ""
    else:
        changed = {name: value for name, value in fact.decided.items() if value != fact.machine[name]}
        decided = ", ".join(f"{name}: {value_words(value)}" for name, value in changed.items())
    return fact.id, fact.section, shortened(_told(fact.machine), 100), decided


def _told(machine: dict[str, Any]) -> str:
    for name in ("text", "evidence", "content", "source"):
        told = machine.get(name)
        if told:
            return one_line(told if isinstance(told, str) else " … ".join(part["text"] for part in told))
    return json.dumps(machine, ensure_ascii=False)


def _sides(contradiction: Contradiction) -> Iterator[tuple[str, ...]]:
    for side in contradiction.sides:
        yield (
            contradiction.incident,
            headline(contradiction.happening),
            f"{contradiction.matter}: {contradiction.about}"
            if contradiction.matter == "toll"
            else contradiction.matter,
            side.says,
            listed(voice_of(voice) for voice in side.voices),
            f"“{one_line(side.evidence.sentence)}” ({cite(side.evidence)})",
        )


def _joined_lines(joined: Joined) -> Iterator[str]:
    yield f"{joined.account}  {_article(joined.article)}"
    if joined.to is None or joined.to_article is None:
        yield "  the only account"
        return
    yield f"  joined by {joined.weight:+.1f} with {joined.to}, {_article(joined.to_article)} (mean {joined.mean:+.1f})"
    if joined.decided:
        yield "  and by a person's decision"
    yield from _point_lines(joined.points)


def _apart_lines(apart: Apart) -> Iterator[str]:
    yield f"Apart from {apart.incident}: {apart.because}."
    yield f"  nearest: {apart.account}, {_article(apart.article)}"
    yield f"      and: {apart.other}, {_article(apart.other_article)}: {apart.weight:+.1f}"
    yield from _point_lines(apart.points)


def _point_lines(points: Points) -> Iterator[str]:
    for point in points:
        yield f"    {'never' if point.weight <= -100 else format(point.weight, '+.2f'):>6}  {point.reason}"


def _article(article: ArticleOnRecord) -> str:
    when = short_date(article.published) or "undated"
    return f"{article.outlet or 'unknown outlet'}, {when}: {article.title or 'untitled'}"
