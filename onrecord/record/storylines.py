"""Stories with their articles."""

from __future__ import annotations

from collections import Counter

from onrecord.record.selecting import members
from onrecord.record.shapes import Story
from onrecord.record.shelf import Shelf

_PLACES = 5


def story_of(shelf: Shelf, id: str) -> Story:
    """The story of this id."""
    articles = shelf.articles(article for article, _, _ in members(shelf.connection, "story", "a" + id[1:]))
    days = [article.published[:10] for article in articles if article.published]
    return Story(
        id=id,
        title=next((article.title for article in articles if article.title), None),
        since=min(days, default=None),
        until=max(days, default=None),
        articles=tuple(articles),
        outlets=tuple(dict.fromkeys(article.outlet for article in articles if article.outlet)),
        places=_places(shelf, [article.id for article in articles]),
    )


def _places(shelf: Shelf, articles: list[str]) -> tuple[str, ...]:
    """The places that most of the articles name; of those that are level the first named."""
    told: Counter[str] = Counter()
    for article in articles:
        named = [entity.name for entity in shelf.telling(article).reading.entities if entity.type == "place"]
        told.update(dict.fromkeys(named, 1))
    return tuple(name for name, _ in told.most_common(_PLACES))
