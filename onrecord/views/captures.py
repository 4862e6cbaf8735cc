"""Captures as a listing."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.archive.capturing import Capture
from onrecord.views.listings import Column, Listing


def listing_of(captures: Iterable[Capture]) -> Listing:
    """A row for each capture: when, what the server answered, where, and what is to be said of it."""
    columns = (
        Column("id"),
        Column("captured", width=20),
        Column("status", number=True),
        Column("address", ratio=2),
        Column("content", ratio=1),
    )
    return Listing(columns, map(_row, captures), "Nothing was captured; onrecord add takes addresses.")


def _row(capture: Capture) -> tuple[str, ...]:
    return (f"c{capture.number}", f"{capture.at[:19]}Z", str(capture.status), capture.url, _content(capture))


def _content(capture: Capture) -> str:
    unchanged = f"unchanged since c{capture.original}" if capture.original is not None else ""
    lacks = f"no article: {capture.lacks}" if capture.lacks else ""
    return "; ".join(filter(None, (unchanged, lacks))) or (capture.content_type or "")
