"""Whether a text is running text, what its title is, and whether it is a page that stands in the article's place."""

from __future__ import annotations

import re
from functools import cache

from onrecord.articles.credits import agencies_named
from onrecord.articles.dates import worded_date
from onrecord.lexicon import rows

FEWEST_WORDS = 5
"""Words that the shortest sentence of news has ("Shelling killed 12 in Aleppo.")."""
FEWEST_TITLE_WORDS = 3
LONGEST_TITLE = 200
HEAD_LINES = 6
"""Lines at the beginning, blank ones among them, in which a clipping says where and when it was printed."""
LONGEST_WALL = 1200
"""Code points; a longer text may speak of cookies or errors and be an article."""

_HEAD = re.compile(
    r"(?P<name>[A-Z][\w.&'’-]*(?: (?:of |the |al-)?[A-Z][\w.&'’-]*){0,5})[,:|–—-]? +(?P<date>[^.]{8,40})"
)
_DATELINE = re.compile(r"[^.!?a-z][^!?]{0,100}?\((?P<name>[A-Z][^()]{2,40})\) ?[-–—]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$|[。؟।]")


def is_running_text(text: str) -> bool:
    """Whether some line of a text is a sentence, not only titles and single words."""
    return any(_is_sentence(line.strip()) for line in text.splitlines())


def _is_sentence(line: str) -> bool:
    words = len(line.split())
    if words >= 4 * FEWEST_WORDS or (not line.isascii() and len(line) >= 80):
        return True
    return words >= FEWEST_WORDS and _SENTENCE_END.search(line) is not None


def title_of_text(text: str) -> str | None:
    """The first line of a plain text where it reads like a title and a sentence follows on a line of its own.

    A head with outlet and date may stand before it.
    """
    lines = [line.strip() for line in text.strip().split("\n", HEAD_LINES) if line.strip()]
    while lines and _HEAD.fullmatch(lines[0]) and worded_date(lines[0]):
        del lines[0]
    first, rest = (lines[0], lines[1]) if len(lines) > 1 else ("", "")
    reads_so = len(first.split()) >= FEWEST_TITLE_WORDS and not first.endswith((".", ":", ";", ",", '."', ".”"))
    return first if reads_so and len(first) <= LONGEST_TITLE and _is_sentence(rest.partition("\n")[0]) else None


def outlet_of_text(text: str) -> str | None:
    """The outlet that the head of a clipping names: "Levant Daily News, 8 March 2017", "ALEPPO (Levant Daily News) –".

    An agency in the dateline is none, since others print what it wrote.
    """
    for line in text.strip().split("\n", HEAD_LINES)[:HEAD_LINES]:
        head = _HEAD.fullmatch(line.strip())
        found = head if head and worded_date(head["date"]) else _DATELINE.match(line)
        if found and found["name"].split()[-1].lower() in _outlet_words() and not agencies_named(found["name"]):
            return found["name"]
    return None


def wall_in(text: str) -> str | None:
    """What stands in the place of the article ("a consent wall"); None where a text does not say so or is long."""
    if len(text) > LONGEST_WALL:
        return None
    found = _walls().search(text)
    return rows("walls")[int(found.lastgroup[1:])]["what"] if found and found.lastgroup else None


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("clipping-heads"))


@cache
def _walls() -> re.Pattern[str]:
    parts = (f"(?P<w{at}>{row['pattern']})" for at, row in enumerate(rows("walls")))
    return re.compile("|".join(parts), re.IGNORECASE)
