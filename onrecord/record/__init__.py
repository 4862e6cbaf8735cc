"""The record: what many articles say, kept in a database and linked across articles."""

from onrecord.record.record import Record
from onrecord.record.shapes import EVERYTHING, Filter

__all__ = ["EVERYTHING", "Filter", "Record"]
