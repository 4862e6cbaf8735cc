"""Templates of pages: how they are found, and the words, days and numbers in them as one reads these."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from onrecord.views import words

TEMPLATES = Path(__file__).resolve().parent / "templates"
"""What the report is made of, and what it shares with other pages: drawings and their look."""


def environment(*folders: Path, keep_trailing_newline: bool = False) -> Environment:
    """An environment for the templates of these folders; what they show is escaped, but for Markdown (`.md`)."""
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=lambda name: not (name or "").endswith(".md"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=keep_trailing_newline,
    )
    made.filters.update(
        day=words.day,
        duration=words.duration,
        event_name=lambda thing: words.event_name(thing.type, thing.mode),
        span=words.days,
        figure=words.figure_of,
        range=words.range_of,
        who=words.who_of,
        voice=words.voice_of,
        counted=words.counted,
        number=words.number,
    )
    return made
