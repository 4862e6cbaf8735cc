"""The articles on record as shapes, with what tellings need to know of them: their readings, copies and agencies."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from sqlalchemy import Connection, select

from onrecord.articles.credits import agency_called
from onrecord.errors import RecordError
from onrecord.reading.schema import Reading
from onrecord.record import tables
from onrecord.record.accounts import folded
from onrecord.record.copies import kind_of_copy
from onrecord.record.decisions.applying import decided
from onrecord.record.decisions.listing import decisions_on_links
from onrecord.record.decisions.store import Ruling, any_decisions, by_fact, rulings_on
from onrecord.record.decisions.withholding import WITHHELD, Hidden, Withholding, masked
from onrecord.record.evidence import Telling
from onrecord.record.groups import portions
from onrecord.record.ids import story_id
from onrecord.record.listing_tables import facets
from onrecord.record.range_rules import RangeRule
from onrecord.record.readings import Readings
from onrecord.record.shapes import ArticleOnRecord, DecisionOnRecord, Filter, Provenance, Voice

UNNAMED_OUTLET = "an unnamed outlet"
_AT_HAND = 2000
_TELLINGS = 256

OriginKey = tuple[str, ...]


class Shelf:
    """Articles by id, those last used kept at hand; good for as long as one connection's view of the record.

    What it gives has the decisions of people applied, and without `with_withheld` nothing that they withheld.
    """

    def __init__(
        self, connection: Connection, *, with_withheld: bool = False, rule: RangeRule = "representative"
    ) -> None:
        self.connection = connection
        self.rule = rule
        self.withholding = None if with_withheld else Withholding(connection)
        self._tellings: OrderedDict[str, Telling] = OrderedDict()
        self._readings = Readings(connection)
        self._articles: OrderedDict[str, ArticleOnRecord] = OrderedDict()
        self._agencies: dict[str, str | None] = {}
        self._outlets: dict[str, str | None] = {}

    def telling(self, article: str) -> Telling:
        """The reading of an article, as people decided that it is; raises `RecordError` where there is none."""
        if article not in self._tellings:
            rulings = rulings_on(self.connection, [article]) if self._any_decisions else {}
            self._tellings[article] = self._told(article, rulings.get(article, ()))
            if len(self._tellings) > _TELLINGS:
                self._tellings.popitem(last=False)
        self._tellings.move_to_end(article)
        return self._tellings[article]

    def reading(self, article: str) -> Reading:
        """The reading of an article as the machine made it; raises `RecordError` where there is none."""
        reading = self._readings.of(article)
        hidden = self._hidden([article]).get(article)
        return masked(reading, hidden) if hidden else reading

    def decisions_on(self, accounts: Sequence[tuple[str, str]]) -> tuple[DecisionOnRecord, ...]:
        """The decisions in force on which accounts (article, id in its reading) belong together, or are withheld."""
        return decisions_on_links(self.connection, accounts) if self._any_decisions else ()

    @property
    def withheld_groups(self) -> frozenset[str]:
        """The incidents that are not to be given out."""
        if self.withholding is None or not self._any_decisions:
            return frozenset()
        return self.withholding.groups

    def hides(self, article: str) -> bool:
        """Whether something of an article is withheld."""
        return bool(self._hidden([article]))

    def forbids(self, of: Filter) -> bool:
        """Whether somebody asks for a person who is withheld: to be told of nothing then is to be told of nobody."""
        asked = [words for words in (of.actor, of.text, of.place) if words]
        if not asked or self.withholding is None or not self._any_decisions:
            return False
        return any(map(self.withholding.names, asked))

    def showing(self, articles: Sequence[str], words: str | None) -> list[str]:
        """Those of the articles that have the words in what of them may be shown: all, in whatever letter case."""
        if not words:
            return list(articles)
        wanted = re.findall(r"\w+", words.casefold())
        hidden = self._hidden(articles)
        return [id for id in articles if id not in hidden or all(word in self._read_by_all(id) for word in wanted)]

    def _read_by_all(self, article: str) -> str:
        reading = self.reading(article)
        return " ".join((reading.title or "", reading.byline or "", reading.text)).casefold()

    def article(self, id: str) -> ArticleOnRecord:
        """The article of this id; raises `RecordError` where there is none."""
        if id not in self._articles:
            self.fetch([id])
        if id not in self._articles:
            raise RecordError(f"there is no article {id} on record", advice="see onrecord articles")
        return self._articles[id]

    def articles(self, ids: Iterable[str]) -> list[ArticleOnRecord]:
        """The articles of these ids, in this order."""
        wanted = list(ids)
        self.fetch(wanted)
        return [self.article(id) for id in wanted]

    def fetch(self, ids: Iterable[str]) -> None:
        """Have the articles of these ids at hand."""
        missing = sorted(set(ids) - self._articles.keys())
        for some in portions(missing):
            loaded = _loaded(self.connection, some)
            hidden = self._hidden(list(loaded))
            self._articles |= {id: self._shown(article, hidden.get(id)) for id, article in loaded.items()}
        while len(self._articles) > _AT_HAND + len(missing):
            self._articles.popitem(last=False)

    def prepare(self, ids: Iterable[str]) -> None:
        """Have at hand, in a few queries, what tellings of these articles and their origins are made of."""
        articles = sorted(set(ids))
        self.fetch(articles)
        firsts = {self._articles[id].copy_of or id for id in articles if id in self._articles}
        self.fetch(firsts)
        self._fetch_agencies(firsts)
        missing = [id for id in articles if id not in self._tellings]
        self._readings.fetch(missing)
        rulings = rulings_on(self.connection, missing) if self._any_decisions else {}
        self._tellings |= {id: self._told(id, rulings.get(id, ())) for id in missing}
        while len(self._tellings) > _TELLINGS + len(missing):
            self._tellings.popitem(last=False)

    def origin(self, voice: Voice, article: str) -> tuple[OriginKey, Voice]:
        """From whom a word comes in the end: who speaks, else the agency that is credited, else the first to print it.

        The key is the same for all who have it from there. Who cites an agency or an outlet ("Reuters reported") has it
        from them like one who prints their text.
        """
        if voice.kind == "speaker":
            return self._newsroom(voice.name) or (("speaker", voice.key or voice.name.casefold()), voice)
        first = self.article(self.article(article).copy_of or article)
        outlet = first.outlet or UNNAMED_OUTLET
        printed = first.outlet.casefold() if first.outlet else first.id
        if voice.kind == "unnamed":
            return ("unnamed", printed, voice.name.casefold()), voice
        agency = voice.name if voice.kind == "agency" else self._agency(first.id)
        if agency:
            return ("agency", agency.casefold()), Voice("agency", agency)
        return ("outlet", printed), Voice("outlet", outlet)

    def _newsroom(self, name: str) -> tuple[OriginKey, Voice] | None:
        """The origin that a speaker is who is an agency, or an outlet with articles on record."""
        agency = agency_called(name)
        if agency is not None:
            return ("agency", agency.casefold()), Voice("agency", agency)
        if name not in self._outlets:
            known = (facets.c.kind == "article", facets.c.facet == "outlet", facets.c.value == folded(name))
            articles = select(tables.articles.c.outlet).join(facets, facets.c.id == tables.articles.c.id)
            self._outlets[name] = self.connection.scalar(articles.where(*known).limit(1))
        outlet = self._outlets[name]
        return None if outlet is None else (("outlet", outlet.casefold()), Voice("outlet", outlet))

    @cached_property
    def _any_decisions(self) -> bool:
        return any_decisions(self.connection)

    def _told(self, article: str, rulings: Sequence[Ruling]) -> Telling:
        machine = self._readings.of(article)
        reading = decided(machine, [ruling.verdict for ruling in rulings])
        hidden = self._hidden([article]).get(article)
        if hidden is None:
            return Telling(article, reading, by_fact(rulings, machine))
        # What a decision holds of before and after may name what is withheld.
        return Telling(article, masked(reading, hidden), {})

    def _hidden(self, articles: Sequence[str]) -> dict[str, Hidden]:
        if self.withholding is None or not self._any_decisions:
            return {}
        return self.withholding.of(articles)

    def _shown(self, article: ArticleOnRecord, hidden: Hidden | None) -> ArticleOnRecord:
        """An article without what is withheld: where it was found may spell a name, too."""
        if hidden is None:
            return article
        reading = masked(self._readings.of(article.id), hidden)
        met = tuple(replace(each, origin=WITHHELD, url=None) for each in article.provenance)
        return replace(article, title=reading.title, byline=reading.byline, url=reading.url, provenance=met)

    def _agency(self, first: str) -> str | None:
        """The agency that any of the copies of an article credits."""
        if first not in self._agencies:
            self._fetch_agencies([first])
        return self._agencies[first]

    def _fetch_agencies(self, firsts: Iterable[str]) -> None:
        missing = sorted(set(firsts) - self._agencies.keys())
        nodes, articles = tables.nodes.c, tables.articles.c
        for some in portions(missing):
            wanted = select(nodes.group, articles.agencies).join(tables.nodes, nodes.article == articles.id)
            wanted = wanted.where(nodes.kind == "copy", nodes.group.in_(some)).order_by(nodes.rank.desc())
            credited = {row.group: row.agencies[0] for row in self.connection.execute(wanted) if row.agencies}
            self._agencies |= {first: credited.get(first) for first in some}


def _loaded(connection: Connection, ids: Sequence[str]) -> dict[str, ArticleOnRecord]:
    table = tables.articles
    fields = [column for column in table.c if column.name != "text"]
    rows = connection.execute(select(*fields).where(table.c.id.in_(ids)).order_by(table.c.id)).all()
    groups = _groups(connection, ids)
    weights = _copies(connection, ids)
    met = _provenance(connection, ids)
    return {
        row.id: ArticleOnRecord(
            id=row.id,
            reading_id=met[row.id][0] if row.id in met else row.id,
            outlet=row.outlet,
            url=row.url,
            title=row.title,
            byline=row.byline,
            published=row.published,
            updated=row.updated,
            language=row.language,
            truncated=row.truncated,
            words=row.words,
            story=story_id(groups["story", row.id]),
            copy_of=(first := None if groups["copy", row.id] == row.id else groups["copy", row.id]),
            copy=None if first is None else kind_of_copy(weights.get((row.id, first))),
            agencies=tuple(row.agencies),
            provenance=met[row.id][1] if row.id in met else (),
        )
        for row in rows
    }


def _groups(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], str]:
    nodes = tables.nodes.c
    wanted = select(nodes.kind, nodes.id, nodes.group).where(nodes.kind.in_(("copy", "story")), nodes.id.in_(ids))
    return {(row.kind, row.id): row.group for row in connection.execute(wanted)}


def _copies(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], float]:
    """What the links between these articles and their copies weigh."""
    links = tables.links.c
    wanted = select(links.a, links.b, links.weight).where(links.kind == "copy", links.a.in_(ids))
    return {(row.a, row.b): row.weight for row in connection.execute(wanted)}


def _provenance(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, tuple[Provenance, ...]]]:
    sources, articles = tables.sources.c, tables.articles.c
    wanted = (
        select(tables.sources, articles.source.label("counts"))
        .join(tables.articles, articles.id == sources.article)
        .where(sources.article.in_(ids))
        .order_by(sources.article, sources.origin, sources.sha256, sources.reading_id)
    )
    met: dict[str, tuple[str, tuple[Provenance, ...]]] = {}
    for row in connection.execute(wanted):
        reading_id, before = met.get(row.article, (row.reading_id, ()))
        here = Provenance(row.sha256, row.origin, row.url, row.captured, row.added)
        met[row.article] = (row.reading_id if row.id == row.counts else reading_id, (*before, here))
    return met
