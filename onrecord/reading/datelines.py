"""The dateline of a report: "BEIRUT, Sept 8 (Reuters) -" says where the reporter sat, not where it happened."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from onrecord.articles.dates import worded_date
from onrecord.reading.contexts import words_of_role
from onrecord.reading.document import Itself, text_of
from onrecord.reading.schema import Mention

_REACH = 1_200
"""Code points; a title, a head and an agency's line may stand before the dateline."""
_LINES = 5
# A dateline is a matter of layout, not of syntax: what stands between the beginning of a line and a dash.
_BEFORE_DASH = re.compile(r"(?P<head>[A-Z][^\n!?;:\"“”]{1,100}?)(?:\)\s?[-–—]{1,2}|\s[-–—]{1,2})(?=\s)")
_IN_BRACKETS = re.compile(r"\([^()]*\)?")


def dateline_of(doc: Doc) -> tuple[int, int] | None:
    """The first and the last-but-one code point of the dateline, its dash included; None where the text has none.

    It begins one of the first lines with a place's name, and holds nothing but names, a date and who reports: "KABUL,
    Afghanistan (AP) —", "Aleppo, ONN -", "GENEVA, Sept 13 -". Needs `doc._.mentions`.
    """
    text = text_of(doc)
    names = [mention.start for mention in doc._.mentions if mention.type in {"place", "organisation"}]
    for start in _line_starts(text[:_REACH]):
        found = _BEFORE_DASH.match(text, start)
        if found is not None and start in names and _holds_only_names(found["head"]) and _is_signed(found.group()):
            return start, found.end()
    return None


def told_mentions(doc: Doc) -> tuple[Mention, ...]:
    """The names of the report itself: those of its dateline left out; kept for the next question on the document."""
    return _told(doc, Itself(doc._.mentions))


@lru_cache(maxsize=1)
def _told(doc: Doc, _mentions: Itself) -> tuple[Mention, ...]:
    start, end = dateline_of(doc) or (0, 0)
    return tuple(mention for mention in doc._.mentions if not start <= mention.start < end)


def _line_starts(text: str) -> list[int]:
    return [line.start() for line in re.finditer(r"^(?=\S)", text, re.MULTILINE)][:_LINES]


def _holds_only_names(head: str) -> bool:
    words = re.findall(r"[^\W\d_]+", _IN_BRACKETS.sub("", head))
    return all(word[0].isupper() or word in words_of_role("name-contexts", "dateline") for word in words)


def _is_signed(dateline: str) -> bool:
    """Whether it names who reports or the day, or cries the town in capitals; a bare "Aleppo -" may be a title."""
    head = dateline.rstrip(" -–—")
    last = head.rpartition(",")[2].strip()
    town = re.match(r"\w+", head)
    return (
        head.endswith(")")
        or (last != head and last.isupper())
        or worded_date(head) is not None
        or any(character.isdigit() for character in head)
        or (town is not None and len(town.group()) > 3 and town.group().isupper())
    )
