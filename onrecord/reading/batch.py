"""Reading many sources, in one process or several, in their order."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from itertools import chain, islice

from onrecord.articles import article_of
from onrecord.articles.article import Article
from onrecord.articles.language import ForeignLanguageError
from onrecord.errors import ArticleError, DataError, OnRecordError, SourceError
from onrecord.reading.schema import Reading
from onrecord.reading.workers import cluster, pool, worked_off
from onrecord.sources.source import Source

SOURCES_A_TASK = 4
"""Few, so that no worker waits long for another's last task."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller knows of all the articles; it goes before what their pages say."""

    published: str | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: its reading, or the fault that prevented one.

    `source` is None where not even its bytes could be had. An article in another language has both: the fault, and a
    reading that holds its text and what its page says of it, but nothing that was read from it.
    """

    source: Source | None
    reading: Reading | None
    fault: OnRecordError | None


def read_sources(
    sources: Iterable[Source | SourceError],
    *,
    workers: int = 1,
    dask: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Iterator[Outcome]:
    """An outcome for each source, in their order; `workers` processes read side by side.

    `dask`: the address of a Dask cluster's scheduler, whose workers read then. A worker that dies costs time alone.
    Raises `DataError` where a file of the user's own, with which all are read, has a mistake.
    """
    given = Given(published, outlet, url)
    tasks = _tasks(sources)
    if dask is None and workers <= 1:
        return chain.from_iterable(read_task(task, given) for task in tasks)
    hiring = pool(workers) if dask is None else cluster(dask)
    return worked_off(hiring, tasks, partial(read_task, given=given), _lost)


def read_task(sources: Sequence[Source | SourceError], given: Given) -> list[Outcome]:
    """The outcomes of some sources, read together; what a worker does."""
    found = [_article(source, given) for source in sources]
    readings = iter(_readings([article for article in found if isinstance(article, Article)]))
    outcomes = []
    for source, article in zip(sources, found, strict=True):
        held = None if isinstance(source, SourceError) else source
        if isinstance(article, OnRecordError):
            outcomes.append(Outcome(held, _unread(article), article))
            continue
        read = next(readings)
        outcomes.append(Outcome(held, read, None) if isinstance(read, Reading) else Outcome(held, None, read))
    return outcomes


def _tasks(sources: Iterable[Source | SourceError]) -> Iterator[list[Source | SourceError]]:
    waiting = iter(sources)
    while task := list(islice(waiting, SOURCES_A_TASK)):
        yield task


def _article(source: Source | SourceError, given: Given) -> Article | OnRecordError:
    if isinstance(source, SourceError):
        return source
    try:
        return article_of(source, published=given.published, outlet=given.outlet, url=given.url)
    except OnRecordError as fault:
        return fault
    except Exception as fault:
        _log.exception("no article could be made of %s", source.origin)
        return _unexpected(source.origin, fault)


def _lost(source: Source | SourceError) -> Outcome:
    """The outcome of a source over which every worker died."""
    if isinstance(source, SourceError):
        return Outcome(None, None, source)
    advice = "it takes too much memory, or kills the program; try it alone: onrecord read PATH"
    fault = ArticleError("could not be read: each process that tried died over it", where=source.origin, advice=advice)
    return Outcome(source, None, fault)


def _unread(fault: OnRecordError) -> Reading | None:
    """The reading of an article in another language, in which only the article's own fields are filled."""
    if not isinstance(fault, ForeignLanguageError):
        return None
    return Reading(**{field.name: getattr(fault.article, field.name) for field in fields(Article)})


def _readings(articles: list[Article]) -> list[Reading | OnRecordError]:
    from onrecord.reading import pipeline  # heavy: only where something is read

    try:
        return list(pipeline.readings(pipeline.embedded(), articles))
    except DataError:  # of a file of the user's own, with which no article can be read
        raise
    except Exception:
        # One of them broke a rule; read alone, the others are saved.
        return [_reading(article) for article in articles]


def _reading(article: Article) -> Reading | OnRecordError:
    from onrecord.reading import pipeline

    try:
        return next(pipeline.readings(pipeline.embedded(), [article]))
    except DataError:
        raise
    except Exception as fault:
        _log.exception("%s could not be read", article.id)
        return _unexpected(article.id, fault)


def _unexpected(where: str, fault: Exception) -> ArticleError:
    return ArticleError(
        f"could not be read: {type(fault).__name__}: {fault}",
        where=where,
        advice="this is a fault of onrecord; please report it with the article",
    )
