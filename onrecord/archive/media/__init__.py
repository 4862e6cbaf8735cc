"""Photographs, videos and live streams as evidence: the original untouched, in parts whose hashes enter the journal."""

from onrecord.archive.media.recording import record_media
from onrecord.archive.media.store import Medium, Part, media_about, media_of, medium_of, part_data
from onrecord.archive.media.told import media_told

__all__ = ["Medium", "Part", "media_about", "media_of", "media_told", "medium_of", "part_data", "record_media"]
