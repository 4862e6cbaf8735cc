"""Stories with their articles."""

from __future__ import annotations

import json
from collections import Counter

from sqlalchemy import select

from onrecord.record import tables
from onrecord.record.accounts import ROLE_PLACE
from onrecord.record.shapes import Story
from onrecord.record.shelf import Shelf

_PLACES = 5


def story_of(shelf: Shelf, id: str) -> Story:
    """The story of this id."""
    nodes = tables.nodes.c
    wanted = select(nodes.article, nodes.names).where(nodes.kind == "story", nodes.group == "a" + id[1:])
    rows = shelf.connection.execute(wanted.order_by(nodes.rank, nodes.id)).all()
    articles = shelf.articles(row.article for row in rows)
    days = [article.published[:10] for article in articles if article.published]
    return Story(
        id=id,
        title=next((article.title for article in articles if article.title), None),
        since=min(days, default=None),
        until=max(days, default=None),
        articles=tuple(articles),
        outlets=tuple(dict.fromkeys(article.outlet for article in articles if article.outlet)),
        places=_places([row.names for row in rows]),
    )


def _places(named: list[str]) -> tuple[str, ...]:
    """The places that most of the articles name; of those that are level the first named."""
    told: Counter[str] = Counter()
    for names in named:
        told.update(dict.fromkeys((shown for role, _, shown in json.loads(names) if role == ROLE_PLACE and shown), 1))
    return tuple(name for name, _ in told.most_common(_PLACES))
