"""Articles, stories and what a search finds, as tables of words; what could not be read."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.record.shapes import ArticleOnRecord, Failure, SearchHit, Story
from onrecord.views.listing import Column, Listing, dates, listed, short_date
from onrecord.views.plain import one_line
from onrecord.views.words import number

FOUND_BEGINS, FOUND_ENDS = "\x02", "\x03"  # as `SearchHit.snippet` marks the words found


def article_listing(articles: Iterable[ArticleOnRecord]) -> Listing:
    """A row for each article."""
    columns = (
        Column("id"),
        Column("published"),
        Column("outlet", ratio=1),
        Column("title", ratio=3),
        Column("words", number=True),
        Column("story", optional=True),
        Column("copy of", optional=True),
    )
    rows = (
        (
            article.id,
            short_date(article.published),
            article.outlet or "",
            article.title or "",
            number(article.words),
            article.story,
            article.copy_of or "",
        )
        for article in articles
    )
    return Listing(columns, rows, "No such article is on record; put some there with: onrecord add PATH")


def failure_listing(failures: Iterable[Failure]) -> Listing:
    """A row for each source that could not be read."""
    columns = (Column("source", ratio=2), Column("what is wrong", ratio=2), Column("what to do", ratio=2))
    rows = ((failure.where, failure.reason, failure.advice or "") for failure in failures)
    return Listing(columns, rows, "Everything that was added could be read.")


def story_listing(stories: Iterable[Story]) -> Listing:
    """A row for each story."""
    columns = (
        Column("id"),
        Column("published"),
        Column("title", ratio=3),
        Column("where", ratio=1),
        Column("articles", number=True),
        Column("outlets", ratio=2),
    )
    rows = (
        (
            story.id,
            dates(short_date(story.since), short_date(story.until)),
            story.title or "",
            listed(story.places),
            number(len(story.articles)),
            listed(story.outlets),
        )
        for story in stories
    )
    return Listing(columns, rows, "No such story is on record.")


def search_listing(hits: Iterable[SearchHit]) -> Listing:
    """A row for each article found, with the stretch of it that has the words, these between asterisks."""
    columns = (
        Column("article"),
        Column("published"),
        Column("outlet", ratio=1),
        Column("where it says so", ratio=4),
    )
    rows = (
        (
            hit.article.id,
            short_date(hit.article.published),
            hit.article.outlet or "",
            one_line(hit.snippet.replace(FOUND_BEGINS, "*").replace(FOUND_ENDS, "*")),
        )
        for hit in hits
    )
    return Listing(columns, rows, "No article has these words.")
