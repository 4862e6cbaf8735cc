"""Making a release of a record: its data, what changed since the last one and why, and its methodology."""

from onrecord.views.release.making import make_release

__all__ = ["make_release"]
