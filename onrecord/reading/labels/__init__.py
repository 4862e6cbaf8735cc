"""What a side calls another."""

from onrecord.reading.labels.section import labels_of

__all__ = ["labels_of"]
