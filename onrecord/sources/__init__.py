"""Where bytes come from: files, folders, standard input, JSON Lines, feeds and web archives."""

from onrecord.sources.files import sources_in
from onrecord.sources.source import Source, SourceKind

__all__ = ["Source", "SourceKind", "sources_in"]
