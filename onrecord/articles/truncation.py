"""Whether a page shows only the beginning of its article: a paywall, a teaser, "continue reading"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon import rows

REACH = 400
"""Code points at the end of the text in which the page may say so."""
SHORT = 1500
"""Code points below which a text that its page calls paid for is taken to be the beginning only."""

_CUT_END = re.compile(r"(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|\w\s?(?:…|\.\.\.))$")


def is_truncated(text: str, *, is_free: bool | None = None) -> bool:
    """Whether a text breaks off; `is_free` is what the page says of access (schema.org `isAccessibleForFree`)."""
    end = text.rstrip()
    if _CUT_END.search(end) or _wordings().search(f"\n{end}"[-REACH:]):
        return True
    return is_free is False and len(end) < SHORT


@cache
def _wordings() -> re.Pattern[str]:
    wordings = "|".join(row["pattern"] for row in rows("truncation"))
    return re.compile(rf"[\n.!?…”\")]\s*(?:{wordings})", re.IGNORECASE)
