"""Sources into articles: the text, what the page says about it, and what in it is not the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.articles.making import article_of

__all__ = ["article_of"]


def __getattr__(name: str) -> object:
    # Imported at first use, so that looking at an `Article` does not load the extraction.
    if name == "article_of":
        from onrecord.articles.making import article_of

        return article_of
    raise AttributeError(name)
