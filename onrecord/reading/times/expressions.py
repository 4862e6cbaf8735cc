"""The time expressions of a document, anchored on its publication and on the dates it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.reading.document import article_of, text_of
from onrecord.reading.schema import Time
from onrecord.reading.times.anchoring import Anchor, anchored_on
from onrecord.reading.times.contexts import words_with
from onrecord.reading.times.lexing import Lexeme, lexemes_of
from onrecord.reading.times.meanings import meaning_of
from onrecord.reading.times.patterns import grammar
from onrecord.reading.times.story import Draft, Story
from onrecord.reading.times.tense import Tenses

_FULL_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d|XXXX-WXX-\d|XXXX-XX-XX")
_WIDEST_GAP = 2
_HEADER = 400  # characters in which a dateline stands


def times_of(doc: Doc) -> tuple[Time, ...]:
    """The document's time expressions with TIMEX3 types and values, in their order.

    Relative ones count from `article.published` (the day as the outlet writes it); where that is not known, from a
    date that heads the text; else what is not told stays open: `XXXX-09-22`, `XXXX-WXX-2`.
    """
    text = text_of(doc)
    lexemes = lexemes_of(text)
    story = Story(lexemes, Tenses(doc, lexemes), anchored_on(article_of(doc).published))
    if story.published.day is None:
        story.published = _dateline(text, lexemes, story)
    joined = [draft for draft in _joined(list(_drafts(story)), story) if not _is_habit(draft, story)]
    story.told = Anchor()
    drafts = [_complete(draft, story) for draft in joined]
    return tuple(_time(number, draft, text, lexemes) for number, draft in enumerate(drafts, start=1))


def _drafts(story: Story) -> Iterator[Draft]:
    for found in grammar().found_in(story.lexemes):
        for draft in meaning_of(found.meaning)(found, story):
            story.note(draft)
            yield _with_stage(draft, story)


def _dateline(text: str, lexemes: Sequence[Lexeme], story: Story) -> Anchor:
    """The anchor that a date at the head of the text gives: one on a line of its own, or before the dateline's dash."""
    for draft in _drafts(Story([lexeme for lexeme in lexemes if lexeme.end <= _HEADER], story.tenses, Anchor())):
        if re.match(r"(\d{4}|XXXX)-\d\d-\d\d", draft.value) and _heads_text(text, lexemes, draft):
            return anchored_on(draft.value)
    return Anchor()


def _heads_text(text: str, lexemes: Sequence[Lexeme], draft: Draft) -> bool:
    start, end = lexemes[draft.start].start, lexemes[draft.end - 1].end
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before = text[line_start:start]
    after = text[end : line_end if line_end >= 0 else len(text)]
    if not before.strip(" ([-") and not after.strip(" )]-."):
        return True
    return _is_place(before) and re.match(r"[ ,]*+(?:\([^()\n]{2,40}\))?+ *+(?:[-–—]|--|:)", after) is not None


def _is_place(before: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", before) if len(word) > 2]
    return 0 < len(words) <= 6 and len(before) <= 60 and words[0].isupper() | before.strip().endswith(",")


def _with_stage(draft: Draft, story: Story) -> Draft:
    """The draft with "early", "late", "mid-" or "the end of" before it."""
    start = draft.start
    if draft.type in ("DURATION", "SET") or draft.value.endswith("_REF"):
        return draft
    before, stage = story.word(start - 1), words_with("stage")
    if before in stage:
        return replace(draft, start=start - 1)
    if before in ("-", "on") and story.word(start - 2) in stage:
        return replace(draft, start=start - 2)
    if before == "of" and story.word(start - 2) in words_with("stage-noun"):
        return replace(draft, start=start - (3 if story.word(start - 3) == "the" else 2))
    return draft


def _joined(drafts: list[Draft], story: Story) -> Iterator[Draft]:
    """Days and clock times side by side as one: "9 a.m. Tuesday", "Tuesday evening", "5 p.m. on May 3"."""
    previous: Draft | None = None
    for draft in drafts:
        together = _together(previous, draft, story) if previous is not None else None
        if together is not None:
            previous = together
            continue
        if previous is not None:
            yield previous
            # "a quarter earlier, February": the word before belongs to what was read first.
            draft = replace(draft, start=max(draft.start, previous.end))
        previous = draft
    if previous is not None:
        yield previous


def _together(first: Draft, second: Draft, story: Story) -> Draft | None:
    between = range(first.end, second.start)
    if len(between) > _WIDEST_GAP or any(story.word(place) not in words_with("day-and-clock") for place in between):
        return None
    if _is_same_hour(first, second, story):
        return replace(first, end=second.end + 1)
    day, clock = (first, second) if second.value == "" else (second, first)
    if clock.value or not clock.clock or not _FULL_DAY.fullmatch(day.value):
        return None
    if day.clock and clock.clock[1:2].isdigit() == day.clock[1:2].isdigit():
        return None
    return Draft(first.start, second.end, "TIME", day.value, clock.clock if not day.clock else _finer(day, clock))


def _is_same_hour(first: Draft, second: Draft, story: Story) -> bool:
    """An hour in another zone in brackets: "10:35 a.m. (0735 GMT)"."""
    in_brackets = story.word(second.start - 1) + story.word(second.end) in ("()", "[]")
    return in_brackets and bool(first.clock) and not second.value


def _finer(day: Draft, clock: Draft) -> str:
    return clock.clock if clock.clock[1:2].isdigit() else day.clock


def _is_habit(draft: Draft, story: Story) -> bool:
    """ "At night", of no night in particular."""
    return not draft.value and story.word(draft.start) == "night" and story.word(draft.start - 1) == "at"


def _complete(draft: Draft, story: Story) -> Draft:
    """The draft with its day and clock time in one value; a clock time alone is of the last day told."""
    if draft.value:
        if _FULL_DAY.fullmatch(draft.value):
            story.told = anchored_on(draft.value) if draft.value[5:6].isdigit() else story.told
        return replace(draft, value=draft.value + draft.clock)
    return replace(draft, value=story.from_told().at("D", 0) + draft.clock)


def _time(number: int, draft: Draft, text: str, lexemes: Sequence[Lexeme]) -> Time:
    start, end = lexemes[draft.start].start, lexemes[draft.end - 1].end
    return Time(start, end, text[start:end], f"t{number}", draft.type, draft.value)
