"""How many were harmed."""

from onrecord.reading.casualties.section import casualties_of

__all__ = ["casualties_of"]
