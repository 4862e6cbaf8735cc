"""Who did what to whom, where and when."""

from onrecord.reading.incidents.section import incidents_of

__all__ = ["incidents_of"]
