"""All pages on the record, by address."""

from __future__ import annotations

from starlette.routing import BaseRoute

from onrecord.desk import articles, deeds, incidents, overview

ROUTES: list[BaseRoute] = [
    *overview.ROUTES,
    *incidents.ROUTES,
    *articles.ROUTES,
    *deeds.ROUTES,
]
