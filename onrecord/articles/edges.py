"""Where an article in a page begins and ends: after the title and what stands under it, before "About the company"."""

from __future__ import annotations

import re

SURE_TITLE = 20
"""Letters that a line must share with the beginning of the title to be the title cut short."""
FEWEST_BEFORE_ABOUT = 0.4
"""Share of an article's lines that come before a paragraph on who published it."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_ABOUT = re.compile(r"About (?:the )?(?P<who>[A-Z][\w&.'’-]*(?: [\w&.'’-]+){0,4}):?")


def article_lines(lines: list[str], *, title: str | None, description: str | None) -> list[str]:
    """The lines of an article without its title, the standfirst under it and the paragraphs on its publisher.

    `description` is the page's own summary. Where the first line is that and a sentence, it is the first paragraph.
    """
    rest = list(lines)
    while rest and title and _is_title(rest[0], title):
        del rest[0]
    if rest and description and _letters(rest[0]) == _letters(description) and not _SENTENCE_END.search(rest[0]):
        del rest[0]
    return rest[: _end(rest)]


def _end(lines: list[str]) -> int:
    """The line that is a heading "About X", X being named before, with which the article ends; else their number."""
    for at, line in enumerate(lines):
        found = _ABOUT.fullmatch(line)
        if found and at >= FEWEST_BEFORE_ABOUT * len(lines) and any(found["who"] in other for other in lines[:at]):
            return at
    return len(lines)


def _is_title(line: str, title: str) -> bool:
    shown, known = _letters(line), _letters(title)
    return bool(shown) and (shown == known or (len(shown) >= SURE_TITLE and known.startswith(shown)))


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()
