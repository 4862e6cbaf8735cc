"""Who says what."""

from onrecord.reading.attributions.section import attributions_of

__all__ = ["attributions_of"]
