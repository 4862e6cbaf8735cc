"""All pages on the record, by address."""

from __future__ import annotations

from starlette.routing import BaseRoute

from onrecord.desk import (
    adding,
    articles,
    claims,
    deeds,
    giving,
    incidents,
    labels,
    media,
    outlets,
    overview,
    review,
    searching,
    stories,
    truces,
    why,
)

ROUTES: list[BaseRoute] = [
    route
    for part in (
        *(overview, incidents, why, media, articles, stories, truces, labels, claims, outlets),
        *(searching, review, deeds, giving, adding),
    )
    for route in part.ROUTES
]
