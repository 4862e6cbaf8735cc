"""Readings as the record keeps them: JSON of the contract."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable

from sqlalchemy import Connection, select

from onrecord.errors import RecordError
from onrecord.reading.schema import Reading, as_json, from_line
from onrecord.record import tables
from onrecord.record.groups import portions


def encoded(reading: Reading) -> str:
    """The reading as one line of JSON."""
    return json.dumps(as_json(reading), ensure_ascii=False, separators=(",", ":"))


def decoded(line: str) -> Reading:
    """The reading of a line that `encoded` gave."""
    return from_line(line)


def digest_of(line: str) -> str:
    """The SHA-256 of a line that `encoded` gave, as the journal has it."""
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()


class Readings:
    """The readings of articles, the last ones used kept at hand."""

    def __init__(self, connection: Connection, most: int = 256) -> None:
        self._connection = connection
        self._most = most
        self._kept: OrderedDict[str, Reading] = OrderedDict()

    def of(self, article: str) -> Reading:
        """The reading that counts for an article; raises `RecordError` where there is none."""
        if article not in self._kept:
            self._kept[article] = self._load(article)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        self._kept.move_to_end(article)
        return self._kept[article]

    def fetch(self, articles: Iterable[str]) -> None:
        """Have the readings of these articles at hand until the next are fetched."""
        missing = sorted(set(articles) - self._kept.keys())
        table, readings = tables.articles.c, tables.readings.c
        for some in portions(missing):
            wanted = select(table.id, readings.reading).join(tables.articles, table.source == readings.source)
            for row in self._connection.execute(wanted.where(table.id.in_(some))):
                self._kept[row.id] = decoded(row.reading)
        while len(self._kept) > self._most + len(missing):
            self._kept.popitem(last=False)

    def _load(self, article: str) -> Reading:
        articles, readings = tables.articles.c, tables.readings.c
        wanted = select(readings.reading).join(tables.articles, articles.source == readings.source)
        line = self._connection.scalar(wanted.where(articles.id == article))
        if line is None:
            raise RecordError(f"there is no article {article} on record", advice="see onrecord articles")
        return decoded(line)
