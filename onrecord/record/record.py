"""The record as one object: open it, add readings to it, ask it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from onrecord.errors import OnRecordError
from onrecord.reading.schema import Reading
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

if TYPE_CHECKING:
    from onrecord.sources.source import Source


class Record:
    """A record, open for reading and adding.

    with Record.open("onrecord.db") as record:
        record.add(source, reading)
        for incident in record.incidents(Filter(place="Aleppo")):
            ...
    """

    @classmethod
    def open(cls, at: str | Path) -> Self:
        """The record at a path or SQLAlchemy URL (`sqlite:///war.db`), made where there is none.

        Raises `RecordError` where it is no record, cannot be written, or was made by a newer version of onrecord.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Give back the database; the record must not be used after it."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def holds(self, sha256: str, origin: str | None = None) -> bool:
        """Whether bytes of this SHA-256 (in hex) are on record, where `origin` is given from there.

        Also true for bytes that were tried and gave no article. A source that holds several articles (a feed, a WARC)
        counts as held from its first article on: ask for each article's own source.
        """
        raise NotImplementedError

    def add(self, source: Source, reading: Reading) -> str:
        """Put an article on record, link it, and give its id; one transaction, and nothing new the second time."""
        raise NotImplementedError

    def add_failure(self, source: Source | str, fault: OnRecordError) -> None:
        """Note that a source (or, where there were no bytes, its path or address) gave no article, and why."""
        raise NotImplementedError

    def articles(self, of: Filter = EVERYTHING) -> Iterator[ArticleOnRecord]:
        """The articles, the first published first, undated ones last."""
        raise NotImplementedError

    def article(self, id: str) -> ArticleOnRecord:
        """The article of this id (the record's or the reading's own); raises `RecordError` where there is none."""
        raise NotImplementedError

    def reading(self, article: str) -> Reading:
        """The reading of the article of this id; raises `RecordError` where there is none."""
        raise NotImplementedError

    def source(self, article: str) -> bytes:
        """The bytes of the article of this id as they came; raises `RecordError` where there is none."""
        raise NotImplementedError

    def failures(self) -> Iterator[Failure]:
        """The sources that could not be read, by place."""
        raise NotImplementedError

    def stories(self, of: Filter = EVERYTHING) -> Iterator[Story]:
        """The stories with an article that fits, by first publication; each with all of its articles."""
        raise NotImplementedError

    def story(self, id: str) -> Story:
        """The story of this id; raises `RecordError` where there is none."""
        raise NotImplementedError

    def incidents(self, of: Filter = EVERYTHING) -> Iterator[IncidentOnRecord]:
        """The incidents with an account that fits, by date, undated ones last; each with all of its accounts."""
        raise NotImplementedError

    def incident(self, id: str) -> IncidentOnRecord:
        """The incident of this id, or with the account of this id; raises `RecordError` where there is none."""
        raise NotImplementedError

    def tolls(self, of: Filter = EVERYTHING) -> Iterator[Toll]:
        """The tolls of the incidents that fit and those of periods, by date."""
        raise NotImplementedError

    def truces(self, of: Filter = EVERYTHING) -> Iterator[TruceOnRecord]:
        """The truces with a step that fits, by date; each with all of its steps."""
        raise NotImplementedError

    def labels(self, of: Filter = EVERYTHING) -> Iterator[LabelCell]:
        """Who calls whom what, the most frequent first."""
        raise NotImplementedError

    def claims(self, of: Filter = EVERYTHING) -> Iterator[Claim]:
        """The statements that articles attribute to somebody, by publication and then as they stand in the text."""
        raise NotImplementedError

    def search(self, words: str, of: Filter = EVERYTHING) -> Iterator[SearchHit]:
        """The articles that have all of the words (in whatever form of case), the best first.

        A phrase stands in double quotes, `*` ends the beginning of a word.
        """
        raise NotImplementedError

    def summary(self, of: Filter = EVERYTHING) -> Summary:
        """How much is on the record."""
        raise NotImplementedError
