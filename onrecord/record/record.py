"""The record as one object: open it, add readings to it, ask it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from onrecord.errors import OnRecordError, RecordError
from onrecord.reading.schema import Reading
from onrecord.record import adding, linking_anew, listing, selecting, statements, tables
from onrecord.record.contradictions import Contradiction, contradictions_in
from onrecord.record.database import open_database
from onrecord.record.decisions.of_record import Decisions
from onrecord.record.decisions.withholding import WITHHELD
from onrecord.record.explaining import Explanation, explanation
from onrecord.record.facets import Facet
from onrecord.record.faults import told
from onrecord.record.groups import group_of
from onrecord.record.happenings import incident_of, truce_of
from onrecord.record.linker import linked_otherwise
from onrecord.record.range_rules import RangeRule
from onrecord.record.searching import words_in
from onrecord.record.shapes import (
    EVERYTHING,
    ArticleOnRecord,
    Claim,
    Failure,
    Filter,
    IncidentOnRecord,
    LabelCell,
    SearchHit,
    Story,
    Summary,
    Toll,
    TruceOnRecord,
)
from onrecord.record.shelf import Shelf
from onrecord.record.snippets import snippet_of
from onrecord.record.stale import ARTICLE, PERIOD
from onrecord.record.storylines import story_of
from onrecord.record.summing import summary_of
from onrecord.record.tolls import EFFECTS
from onrecord.record.unfinished import sweep
from onrecord.sources.source import Source

_ARTICLES, _SOURCES = tables.articles.c, tables.sources.c
T = TypeVar("T")
Countable = Literal["article", "story", "incident", "truce", "claim", "label"]


class Record(Decisions):
    """A record, open for reading and adding.

        with Record.open("onrecord.db") as record:
            record.add(source, reading)
            for incident in record.incidents(Filter(place="Aleppo")):
                ...

    What people decided (`decide`) is applied to everything that is asked for, and each fact that they changed says so.
    What they withheld comes out of no method, unless the record was opened `with_withheld`.

    Several processes may have one record open and add to it; each `add` waits for the one before it.
    """

    def __init__(self, engine: Engine, *, with_withheld: bool = False) -> None:
        self._engine = engine
        self._with_withheld = with_withheld

    @classmethod
    def open(cls, at: str | Path, *, with_withheld: bool = False) -> Self:
        """The record at a path or SQLAlchemy URL (`sqlite:///war.db`), made where there is none.

        Raises `RecordError` where it is no record, cannot be written, or was made by a newer version of onrecord.
        """
        if "://" not in str(at):
            sweep(Path(at).parent)
        return cls(open_database(at), with_withheld=with_withheld)

    def unwithheld(self) -> Self:
        """The same record with what is withheld, for those who may see it."""
        return type(self)(self._engine, with_withheld=True)

    def close(self) -> None:
        """Give back the database; the record must not be used after it."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def connection(self, *, writes: bool = False) -> Iterator[Connection]:
        """A transaction on the record's database, for parts with tables of their own; kept unless a fault ends it.

        Raises `RecordError` where the database cannot do what it is asked.
        """
        with self._writing() if writes else self._reading() as opened:
            yield opened

    def holds(self, sha256: str, origin: str | None = None) -> bool:
        """Whether an article from bytes of this SHA-256 (in hex) is on record, where `origin` is given from there."""
        wanted = select(_SOURCES.id).where(_SOURCES.sha256 == sha256).limit(1)
        if origin is not None:
            wanted = wanted.where(_SOURCES.origin == origin)
        with self._reading() as connection:
            return connection.scalar(wanted) is not None

    def add(self, source: Source, reading: Reading) -> str:
        """Put an article on record, link it, and give its id; one transaction, and nothing new the second time.

        Raises `RecordError` where the database cannot take it (a full disk, a lock that nobody gives back).
        """
        with self._writing() as connection:
            return adding.add(connection, source, reading)

    def add_failure(self, source: Source | str, fault: OnRecordError) -> None:
        """Note that a source (or, where there were no bytes, its path or address) gave no article, and why."""
        with self._writing() as connection:
            adding.add_failure(connection, source, fault)

    def articles(self, of: Filter = EVERYTHING) -> Iterator[ArticleOnRecord]:
        """The articles, the first published first, undated ones last."""
        with self._reading() as connection:
            shelf = self._shelf(connection)
            ids = () if shelf.forbids(of) else selecting.ids(connection, ARTICLE, of)
            for some in _portions(ids):
                yield from shelf.articles(shelf.showing(shelf.showing(some, of.text), of.actor))

    def article(self, id: str) -> ArticleOnRecord:
        """The article of this id (the record's or the reading's own); raises `RecordError` where there is none."""
        with self._reading() as connection:
            shelf = self._shelf(connection)
            by_reading = select(_SOURCES.article).where(_SOURCES.reading_id == id).order_by(_SOURCES.article).limit(1)
            known = connection.scalar(select(_ARTICLES.id).where(_ARTICLES.id == id)) or connection.scalar(by_reading)
            return shelf.article(known or id)

    def reading(self, article: str) -> Reading:
        """The reading of the article of this id as the machine made it; raises `RecordError` where there is none.

        `facts` has beside each fact what people decided on it.
        """
        with self._reading() as connection:
            return self._shelf(connection).reading(article)

    def decided_reading(self, article: str) -> Reading:
        """The same as people decided that it is: without what they rejected, with what they corrected."""
        with self._reading() as connection:
            return self._shelf(connection).telling(article).reading

    def source(self, article: str) -> bytes:
        """The bytes of the article of this id as they came.

        Raises `RecordError` where there is none, or something of it is withheld.
        """
        blobs = tables.blobs.c
        wanted = (
            select(blobs.data)
            .join(tables.sources, _SOURCES.sha256 == blobs.sha256)
            .join(tables.articles, _ARTICLES.source == _SOURCES.id)
            .where(_ARTICLES.id == article)
        )
        with self._reading() as connection:
            if self._shelf(connection).hides(article):
                raise RecordError("is withheld in part", where=article, advice="ask who keeps the record")
            data = connection.scalar(wanted)
        if data is None:
            raise RecordError(f"there is no article {article} on record", advice="see onrecord articles")
        return bytes(data)

    def failures(self) -> Iterator[Failure]:
        """The sources that could not be read, by place."""
        with self._reading() as connection:
            for row in connection.execute(select(tables.failures).order_by(tables.failures.c.place)):
                yield Failure(row.place, row.reason, row.advice, row.sha256, row.at)

    def stories(self, of: Filter = EVERYTHING) -> Iterator[Story]:
        """The stories with an article that fits, by first publication; each with all of its articles."""
        yield from self._listed("story", of)

    def story(self, id: str) -> Story:
        """The story of this id, or the one that the article of this code is in; raises `RecordError` for none."""
        with self._reading() as connection:
            group = group_of(connection, "story", "a" + id[1:])
            if group is None:
                raise RecordError(f"there is no story {id} on record", advice="see onrecord stories")
            return story_of(self._shelf(connection), "s" + group[1:])

    def incidents(self, of: Filter = EVERYTHING) -> Iterator[IncidentOnRecord]:
        """The incidents whose accounts fit, by date; each with all of its accounts.

        One without a date stands at the day on which it was first told.
        """
        yield from self._listed("incident", of)

    def incident(self, id: str, rule: RangeRule = "representative") -> IncidentOnRecord:
        """The incident of this id, or with the account of this id; raises `RecordError` where there is none.

        `rule` says how the best figures of its tolls are chosen.
        """
        with self._reading() as connection:
            group = group_of(connection, "incident", id)
            shelf = self._shelf(connection, Filter(rule=rule))
            if group is None or group in shelf.withheld_groups:
                raise RecordError(f"there is no incident {id} on record", advice="see onrecord incidents")
            return incident_of(shelf, group)

    def why(self, id: str) -> Explanation:
        """Why the accounts of an incident (named as for `incident`) are one, and those of others are not of it."""
        incident = self.incident(id).id
        with self._reading() as connection:
            return explanation(self._shelf(connection), incident)

    def contradictions(self, of: Filter = EVERYTHING) -> Iterator[Contradiction]:
        """Where accounts of the incidents that fit contradict each other; `type` in the filter is that of incidents."""
        found = (each for incident in self.incidents(replace(of, limit=None)) for each in contradictions_in(incident))
        return islice(found, of.limit)

    def truce(self, id: str) -> TruceOnRecord:
        """The truce of this id, or with the step of this id; raises `RecordError` where there is none."""
        with self._reading() as connection:
            group = group_of(connection, "truce", id)
            if group is None:
                raise RecordError(f"there is no truce {id} on record", advice="see onrecord truces")
            return truce_of(self._shelf(connection), group)

    def tolls(self, of: Filter = EVERYTHING) -> Iterator[Toll]:
        """The tolls of the incidents that fit, by date, and then those of periods.

        `type` in the filter is an effect ("killed"), or a type or mode of incident.
        """
        end = None if of.limit is None else of.offset + of.limit
        return islice(self._tolls(replace(of, limit=None, offset=0)), of.offset, end)

    def truces(self, of: Filter = EVERYTHING) -> Iterator[TruceOnRecord]:
        """The truces whose steps fit, by date; each with all of its steps."""
        yield from self._listed("truce", of)

    def labels(self, of: Filter = EVERYTHING, *, sentences: int | None = None) -> Iterator[LabelCell]:
        """Who calls whom what, the most frequent first; `type` in the filter is a tone.

        `sentences`: how many of the sentences that do so come with each, the first published; `None`: all of them.
        """
        with self._reading() as connection:
            shelf = self._shelf(connection)
            if not shelf.forbids(of):
                yield from statements.cells_that_fit(shelf, of, sentences)

    def claims(self, of: Filter = EVERYTHING) -> Iterator[Claim]:
        """The statements that articles attribute to somebody, by publication and then as they stand in the text.

        `type` in the filter is a kind of quote, `actor` who speaks.
        """
        with self._reading() as connection:
            shelf = self._shelf(connection)
            if not shelf.forbids(of):
                yield from statements.claims_that_fit(shelf, of)

    def count(self, kind: Countable, of: Filter = EVERYTHING) -> int:
        """How many articles, stories, incidents, truces, claims or labels fit, whatever the filter's limit."""
        with self._reading() as connection:
            shelf = self._shelf(connection)
            if shelf.forbids(of):
                return 0
            if kind == "claim":
                return statements.claims_counted(shelf, of)
            if kind == "label":
                return statements.cells_counted(connection, of)
            return selecting.count(connection, kind, of, but=_withheld(shelf, kind))

    def search(self, words: str, of: Filter = EVERYTHING) -> Iterator[SearchHit]:
        """The articles that have all of the words (in whatever letter case), the best first.

        A phrase stands in double quotes, `*` ends the beginning of a word. Raises `RecordError` where no word is given.
        """
        wanted = words_in(words)
        if not wanted:
            raise RecordError("there is no word to search for", where=repr(words), advice="give one word at least")
        with self._reading() as connection:
            shelf = self._shelf(connection)
            hits = () if shelf.forbids(replace(of, text=words)) else selecting.found(connection, wanted, of)
            for some in _portions(hits):
                shelf.fetch(hit.id for hit in some)
                shown = set(shelf.showing([hit.id for hit in some], words))
                for hit in (hit for hit in some if hit.id in shown):
                    snippet = WITHHELD if shelf.hides(hit.id) else snippet_of(hit.text, wanted)
                    yield SearchHit(shelf.article(hit.id), snippet, hit.rank)

    def summary(self, of: Filter = EVERYTHING) -> Summary:
        """How much is on the record."""
        with self._reading() as connection:
            shelf = self._shelf(connection)
            return summary_of(connection, of, shelf.withheld_groups, nothing=shelf.forbids(of))

    def linked_otherwise(self) -> bool:
        """Whether another version of the program made links that are on record: `link_anew` makes them as this does."""
        with self._reading() as connection:
            return linked_otherwise(connection)

    def link_anew(self) -> int:
        """Link all articles as this version of the program does, after an upgrade; gives how many there are.

        What people decided stays. It takes as long as adding them did, and others wait meanwhile.
        """
        with self._writing() as connection:
            return linking_anew.link_anew(connection)

    def settle(self) -> None:
        """Put together anew all that waits for it: what is large and hardly changed, what an earlier version made."""
        with self._writing() as connection:
            listing.refresh(connection, everything=True)

    def _tolls(self, of: Filter) -> Iterator[Toll]:
        of_effect = of.type is not None and of.type.lower() in EFFECTS
        asked = replace(of, type=None) if of_effect else of
        effect = Facet("toll", (of.type or "").lower() if of_effect else "")
        incidents = self._listed("incident", asked, (effect,))
        yield from chain.from_iterable(statements.tolls_of_incident(incident, of) for incident in incidents)
        yield from chain.from_iterable(self._listed(PERIOD, of))

    def _listed(self, kind: str, of: Filter, also: Sequence[Facet] = ()) -> Iterator[Any]:
        """The things of a kind that fit and are not withheld, read in pages."""
        with self._reading() as connection:
            shelf = self._shelf(connection, of)
            but = _withheld(shelf, kind)
            ids = () if shelf.forbids(of) else selecting.ids(connection, kind, of, also, but)
            for some in _portions(ids):
                cards = listing.cards(connection, kind, some)
                things = (listing.card_of(shelf, kind, id, cards.get(id)) for id in some)
                yield from filter(listing.is_told, things)

    def _shelf(self, connection: Connection, of: Filter = EVERYTHING) -> Shelf:
        return Shelf(connection, with_withheld=self._with_withheld, rule=of.rule)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._faults(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._faults(), self._engine.connect() as opened:
            connection = opened.execution_options(writes=True)
            with connection.begin():
                yield connection
                listing.refresh(connection)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, UnicodeDecodeError) as fault:
            raise told(fault, self._engine.url) from fault


_PAGE = 100
"""Things fetched at once."""


def _withheld(shelf: Shelf, kind: str) -> frozenset[str]:
    """The things of a kind that are withheld."""
    return shelf.withheld_groups if kind == "incident" else frozenset()


def _portions(values: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(values)
    while some := list(islice(waiting, _PAGE)):
        yield some
