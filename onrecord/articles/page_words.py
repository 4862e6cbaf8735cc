"""The words by which a news page tells its dates and authors (`data/page-words.tsv`), as patterns."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon import any_of


def any_word(role: str) -> str:
    """A regular expression for any of the words of a role, to be used without regard to case."""
    return any_of("page-words", role)


@cache
def page_word(role: str) -> re.Pattern[str]:
    """The compiled pattern of any of the words of a role."""
    return re.compile(any_word(role), re.IGNORECASE)
