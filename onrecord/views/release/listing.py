"""Releases as a listing."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.record.releases import Release
from onrecord.views.listing import Column, Listing
from onrecord.views.words import number


def release_listing(releases: Iterable[tuple[Release, str]]) -> Listing:
    """A row for each release, with the SHA-256 of its list of sums."""
    columns = (
        Column("name"),
        Column("made"),
        Column("by"),
        Column("incidents", number=True),
        Column("accounts", number=True),
        Column("note", ratio=2),
        Column("SHA-256 of SHA256SUMS", ratio=1),
    )
    rows = (
        (
            release.name,
            release.made,
            release.by,
            number(release.counts["incidents"]),
            number(release.counts["accounts"]),
            release.note or "",
            sums,
        )
        for release, sums in releases
    )
    return Listing(columns, rows, "Nothing was released yet; make a release with: onrecord release NAME")
