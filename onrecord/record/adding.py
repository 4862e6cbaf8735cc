"""Putting readings on record: what came in, which article it is, and how that is linked with the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from onrecord import __version__
from onrecord.characters import storable
from onrecord.errors import OnRecordError
from onrecord.reading.schema import Reading
from onrecord.record import journal, tables
from onrecord.record.accounts import accounts_of, steps_of
from onrecord.record.copies import COPIES, wording
from onrecord.record.days import rank
from onrecord.record.decisions.applying import decided, to_link
from onrecord.record.decisions.linking import about, bind, loosen
from onrecord.record.decisions.store import any_decisions, hold_on, rulings_on
from onrecord.record.decisions.withholding import note_newcomer
from onrecord.record.ids import article_id, outlet_key
from onrecord.record.leaving import take
from onrecord.record.linker import linker, note_linker
from onrecord.record.links import neighbours, nodes_of, put, regroup
from onrecord.record.matching import ACCOUNTS, STEPS
from onrecord.record.periods import put_figures, take_figures
from onrecord.record.readings import decoded, digest_of, encoded
from onrecord.record.said import put_said, take_said
from onrecord.record.searching import put_words, take_words
from onrecord.record.shelf import Shelf
from onrecord.record.stale import mark_articles, mark_origins
from onrecord.record.stories import STORIES, news
from onrecord.sources.source import Source

ALIKE = 0.3
"""Likeness of two articles' words from which their accounts are weighed against each other wherever they are set."""


PROGRAM = f"onrecord {__version__}"
"""Who reads, in the journal."""


class _Met(NamedTuple):
    """A source that is on record, with its reading as JSON."""

    id: int
    article: str
    sha256: str
    origin: str
    reading_id: str
    reading: str


RELATED = 0.15
"""The same for their steps of truces, of which there are few."""

_LINKERS = (COPIES, STORIES, ACCOUNTS, STEPS)


def add(connection: Connection, source: Source, reading: Reading) -> str:
    """Put what was read from a source on record, and give the article's id.

    A source that is on record with the same reading stays as it is; another reading of it takes the former's place.
    """
    held = _held(connection, source, reading.id)
    article = article_id(reading)
    kept = encoded(reading)
    if held is not None:
        if held.article == article and held.reading == kept:
            return article
        _forget(connection, held.id, held.article)
    _keep_bytes(connection, source)
    _keep_article(connection, article, reading)
    number = _keep_source(connection, source, article, reading.id)
    connection.execute(insert(tables.readings).values(source=number, reader=reading.format, reading=kept))
    connection.execute(delete(tables.failures).where(tables.failures.c.place == source.origin))
    _settle(connection, article)
    _log(connection, source, article, reading, kept)
    return article


def add_failure(connection: Connection, source: Source | str, fault: OnRecordError) -> None:
    """Note that a source gave no article; a later note on the same place takes the former's place."""
    place = source if isinstance(source, str) else source.origin
    connection.execute(delete(tables.failures).where(tables.failures.c.place == place))
    connection.execute(
        insert(tables.failures).values(
            place=place,
            sha256=None if isinstance(source, str) else source.sha256,
            reason=fault.what,
            advice=fault.advice,
            at=_now(),
        )
    )


def _log(connection: Connection, source: Source, article: str, reading: Reading, kept: str) -> None:
    """Write into the journal what was read from which bytes; last, for other writers wait from here on."""
    note_linker(connection)
    what = {
        "sha256": source.sha256,
        "origin": source.origin,
        "id": reading.id,
        "reader": reading.format,
        "reading": digest_of(kept),
        "linker": linker(),
    }
    journal.append(connection, kind="read", subject=article, by=PROGRAM, what=what)


def _held(connection: Connection, source: Source, reading_id: str) -> _Met | None:
    sources, readings = tables.sources.c, tables.readings.c
    wanted = (
        select(sources.id, sources.article, sources.sha256, sources.origin, sources.reading_id, readings.reading)
        .join(tables.readings, readings.source == sources.id)
        .where(sources.sha256 == source.sha256, sources.origin == source.origin, sources.reading_id == reading_id)
    )
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _Met(*row)


def _keep_bytes(connection: Connection, source: Source) -> None:
    if connection.scalar(select(tables.blobs.c.sha256).where(tables.blobs.c.sha256 == source.sha256)) is None:
        connection.execute(insert(tables.blobs).values(sha256=source.sha256, data=source.data))


def _keep_source(connection: Connection, source: Source, article: str, reading_id: str) -> int:
    kept = insert(tables.sources).values(
        sha256=source.sha256,
        origin=source.origin,
        reading_id=reading_id,
        kind=source.kind,
        url=source.url,
        content_type=source.content_type,
        captured=source.captured,
        added=_now(),
        article=article,
    )
    return int(connection.execute(kept.returning(tables.sources.c.id)).scalar_one())


def _keep_article(connection: Connection, article: str, reading: Reading) -> None:
    """Put the article itself there, if it is not; `_settle` fills it in from the reading that counts."""
    if connection.scalar(select(tables.articles.c.id).where(tables.articles.c.id == article)) is None:
        values = {"id": article, "outlet_key": outlet_key(reading), "language": reading.language, "truncated": False}
        connection.execute(insert(tables.articles).values(**values, words=0, text="", agencies=[]))


def _settle(connection: Connection, article: str) -> None:
    """Let the article be what its best source says, and link it anew where that has changed."""
    best = _best_source(connection, article)
    current = connection.execute(select(tables.articles).where(tables.articles.c.id == article)).one()
    if best is None:
        _remove(connection, article)
    elif current.source != best.id:
        _set_up(connection, article, current.number, best)
    else:
        mark_articles(connection, [article])


def settle_anew(connection: Connection, article: str) -> None:
    """Link an article anew after people decided on what was read in it."""
    number = connection.scalar(select(tables.articles.c.number).where(tables.articles.c.id == article))
    best = _best_source(connection, article)
    if number is not None and best is not None:
        _set_up(connection, article, number, best)


def _set_up(connection: Connection, article: str, number: int, best: _Met) -> None:
    """Let the article be what a source says, with what people decided on it."""
    machine = decoded(best.reading)
    unlink(connection, article)
    if not any_decisions(connection):
        _fill_in(connection, article, number, best.id, machine)
        _link(connection, article, machine, machine)
        return
    moved, elsewhere = hold_on(connection, article, machine)
    rulings = rulings_on(connection, [article]).get(article, ())
    reading = decided(machine, [ruling.verdict for ruling in rulings])
    _fill_in(connection, article, number, best.id, reading)
    _link(connection, article, reading, to_link(reading, machine))
    note_newcomer(connection, article, machine)
    bind(connection, moved | about(connection, article))
    for other in sorted(elsewhere):
        settle_anew(connection, other)


def _best_source(connection: Connection, article: str) -> _Met | None:
    """The source that tells most of the article: one that dates it before one that does not, else by its bytes.

    Not the first that came: the same sources must give the same record in any order.
    """
    sources, readings = tables.sources.c, tables.readings.c
    wanted = (
        select(sources.id, sources.article, sources.sha256, sources.origin, sources.reading_id, readings.reading)
        .join(tables.readings, readings.source == sources.id)
        .where(sources.article == article)
    )
    return min((_Met(*row) for row in connection.execute(wanted)), key=_precedence, default=None)


def _precedence(met: _Met) -> tuple[bool, bool, str, str, str]:
    reading = json.loads(met.reading)
    return reading["published"] is None, reading["title"] is None, met.sha256, met.origin, met.reading_id


def _fill_in(connection: Connection, article: str, number: int, source: int, reading: Reading) -> None:
    take_words(connection, number)
    connection.execute(
        update(tables.articles)
        .where(tables.articles.c.id == article)
        .values(
            outlet=storable(reading.outlet),
            url=storable(reading.url),
            title=storable(reading.title),
            byline=storable(reading.byline),
            published=storable(reading.published),
            updated=storable(reading.updated),
            language=reading.language,
            truncated=reading.truncated,
            words=len(reading.text.split()),
            text=storable(reading.text),
            agencies=sorted({credit.agency for credit in reading.credits}),
            casualties=len(reading.casualties),
            labels=len(reading.labels),
            claims=sum(given.act == "statement" for given in reading.attributions),
            source=source,
        )
    )
    put_words(connection, number)


def _link(connection: Connection, article: str, reading: Reading, weighed: Reading) -> None:
    place = rank(reading.published, article)
    put(connection, STORIES, news(article, reading, place))
    like = neighbours(connection, STORIES.kind, article, ALIKE)
    put(connection, COPIES, wording(article, reading, place), also=like)
    _mark_copies(connection, article)
    for of_kind, tellings, likeness in ((ACCOUNTS, accounts_of, ALIKE), (STEPS, steps_of, RELATED)):
        theirs = nodes_of(connection, of_kind.kind, *neighbours(connection, STORIES.kind, article, likeness))
        for node in tellings(article, reading, place, weighed):
            put(connection, of_kind, node, also=theirs)
    _index(connection, article)


def _index(connection: Connection, article: str) -> None:
    """Keep what is said in an article where it can be found without reading it."""
    telling = Shelf(connection, with_withheld=True).telling(article)
    put_figures(connection, telling)
    put_said(connection, telling)
    mark_articles(connection, [article])


def _mark_copies(connection: Connection, article: str) -> None:
    """Copies have what they tell from the agency that any of them credits."""
    articles, nodes = tables.articles.c, tables.nodes.c
    if connection.scalar(select(articles.agencies).where(articles.id == article)):
        group = select(nodes.group).where(nodes.kind == COPIES.kind, nodes.id == article).scalar_subquery()
        copies = select(nodes.article).where(nodes.kind == COPIES.kind, nodes.group == group)
        mark_origins(connection, connection.scalars(copies).all())


def unlink(connection: Connection, article: str) -> None:
    """Take away what an article is linked with, and what is listed of it."""
    if connection.scalar(select(tables.nodes.c.id).where(tables.nodes.c.article == article).limit(1)) is None:
        return
    _mark_copies(connection, article)
    mark_articles(connection, [article])
    take_said(connection, article)
    take_figures(connection, article)
    for of_kind in reversed(_LINKERS):
        bound = loosen(connection, of_kind, nodes_of(connection, of_kind.kind, article))
        take(connection, of_kind, article)
        if bound:
            regroup(connection, of_kind, bound)


def _forget(connection: Connection, source: int, article: str) -> None:
    """Take a source and its reading off the record; its bytes stay, and the article if another source has it."""
    articles = tables.articles.c
    connection.execute(delete(tables.readings).where(tables.readings.c.source == source))
    if connection.scalar(select(articles.source).where(articles.id == article)) == source:
        number = connection.scalar(select(articles.number).where(articles.id == article))
        take_words(connection, int(number or 0))
        connection.execute(update(tables.articles).where(articles.id == article).values(source=None))
    connection.execute(delete(tables.sources).where(tables.sources.c.id == source))
    _settle(connection, article)


def _remove(connection: Connection, article: str) -> None:
    unlink(connection, article)
    connection.execute(delete(tables.articles).where(tables.articles.c.id == article))
    if any_decisions(connection):
        moved, elsewhere = hold_on(connection, article, None)
        note_newcomer(connection, article, None)
        bind(connection, moved)
        for other in sorted(elsewhere):
            settle_anew(connection, other)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
