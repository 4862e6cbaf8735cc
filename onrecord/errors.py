"""What can go wrong, each with where it was and what to do about it."""

from __future__ import annotations


class OnRecordError(Exception):
    """A fault that a person can act on.

    `what` says what is wrong, `where` names the file (and line, record or address), `advice` what to do.
    """

    def __init__(self, what: str, *, where: str | None = None, advice: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.advice = advice

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments are lost by the default pickling, and faults cross process borders.
        return (_rebuild, (type(self), self.what, self.where, self.advice))

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        advice = f"; {self.advice}" if self.advice else ""
        return f"{where}{self.what}{advice}"


class SourceError(OnRecordError):
    """Bytes that cannot be read, or are not what they claim to be."""


class FetchError(SourceError):
    """An address from which nothing could be fetched; it may be otherwise another time."""


class RefusedError(FetchError):
    """An address from which nothing is fetched as a matter of principle: it is closed, or its robots.txt says no."""


class ArticleError(OnRecordError):
    """A source in which there is no article that can be read."""


class RecordError(OnRecordError):
    """A record that cannot be opened, or that lacks what was asked for."""


class StaleDecisionError(RecordError):
    """Somebody decides on what has changed since they looked at it; nothing was overwritten."""


class DataError(OnRecordError):
    """A word list, gazetteer or actor file that does not keep to its form."""


class ReaderError(OnRecordError):
    """A spaCy pipeline that cannot take the embedded model's place."""


def _rebuild(kind: type[OnRecordError], what: str, where: str | None, advice: str | None) -> OnRecordError:
    return kind(what, where=where, advice=advice)
