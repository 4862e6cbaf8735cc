"""The names in an article and the entities that they stand for."""

from onrecord.reading.names.section import names_of

__all__ = ["names_of"]
