"""Captures, and the media that were recorded, as listings."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.archive.capturing import Capture
from onrecord.archive.media import Medium
from onrecord.views.listing import Column, Listing
from onrecord.views.words import counted


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


def media_listing(media: Iterable[Medium]) -> Listing:
    """A row for each medium: of what, when it was begun, what it is, how much of it there is, and from where."""
    columns = (
        Column("id"),
        Column("of"),
        Column("begun", width=20),
        Column("kind"),
        Column("holds"),
        Column("source", ratio=2),
    )
    return Listing(columns, map(_medium_row, media), "Nothing was recorded; onrecord capture does it.")


def _medium_row(medium: Medium) -> tuple[str, ...]:
    parts, gaps = (sum(part.kind == kind for part in medium.parts) for kind in ("part", "gap"))
    holds = counted(parts, "part") + (f", {counted(gaps, 'gap')}" if gaps else "")
    return (medium.id, medium.subject, f"{medium.begun[:19]}Z", medium.kind, holds, medium.source)


def _row(capture: Capture) -> tuple[str, ...]:
    return (f"c{capture.number}", f"{capture.at[:19]}Z", str(capture.status), capture.url, _content(capture))


def _content(capture: Capture) -> str:
    unchanged = f"unchanged since c{capture.original}" if capture.original is not None else ""
    lacks = f"no article: {capture.lacks}" if capture.lacks else ""
    return "; ".join(filter(None, (unchanged, lacks))) or (capture.content_type or "")
