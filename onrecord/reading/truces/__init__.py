"""Which steps of ceasefires, pauses, corridors and the like are told."""

from onrecord.reading.truces.section import truces_of

__all__ = ["truces_of"]
