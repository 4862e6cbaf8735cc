"""onrecord reads the news on an armed conflict and keeps the record, each fact with the sentence that says so.

>>> import onrecord
>>> nlp = onrecord.load()
>>> reading = onrecord.read("Shelling killed 12 people in Aleppo on Friday, doctors said.", published="2016-10-14")
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from onrecord.reading.schema import Reading

__version__ = "0.1.0"
__all__ = ["__version__", "load", "read"]

logging.getLogger(__name__).addHandler(logging.NullHandler())  # what is logged is shown to those who ask for it


def load(name: str | None = None) -> Language:
    """The reading pipeline of spaCy: the embedded model, or the installed spaCy pipeline `name` in its place."""
    from onrecord.reading import pipeline

    return pipeline.load(name)


def read(text: str, *, published: str | None = None, title: str | None = None, outlet: str | None = None) -> Reading:
    """What the text of one article says; `published` is an ISO 8601 date, on which relative dates are anchored."""
    from hashlib import sha256

    from onrecord.articles.article import Article
    from onrecord.articles.boilerplate import boilerplate_in
    from onrecord.reading import pipeline

    article = Article(
        id="sha256:" + sha256(text.encode()).hexdigest(),
        text=text,
        published=published,
        published_from="given" if published else None,
        title=title,
        outlet=outlet,
        boilerplate=tuple(boilerplate_in(text)),
    )
    (reading,) = pipeline.readings(pipeline.embedded(), [article])
    return reading
