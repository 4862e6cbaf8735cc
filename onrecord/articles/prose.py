"""Whether a text is running text, what its title is, and whether it is a page that stands in the article's place."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon import rows

FEWEST_WORDS = 5
"""Words that the shortest sentence of news has ("Shelling killed 12 in Aleppo.")."""
FEWEST_TITLE_WORDS = 3
LONGEST_TITLE = 200
LONGEST_WALL = 1200
"""Code points; a longer text may speak of cookies or errors and be an article."""

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
    """The first line of a plain text where it reads like a title and a sentence follows on a line of its own."""
    first, _, rest = (line.strip() for line in text.strip().partition("\n"))
    reads_so = len(first.split()) >= FEWEST_TITLE_WORDS and not first.endswith((".", ":", ";", ",", '."', ".”"))
    return first if reads_so and len(first) <= LONGEST_TITLE and _is_sentence(rest.partition("\n")[0].strip()) else None


def wall_in(text: str) -> str | None:
    """What stands in the place of the article ("a consent wall"); None where a text does not say so or is long."""
    if len(text) > LONGEST_WALL:
        return None
    found = _walls().search(text)
    return rows("walls")[int(found.lastgroup[1:])]["what"] if found and found.lastgroup else None


@cache
def _walls() -> re.Pattern[str]:
    parts = (f"(?P<w{at}>{row['pattern']})" for at, row in enumerate(rows("walls")))
    return re.compile("|".join(parts), re.IGNORECASE)
