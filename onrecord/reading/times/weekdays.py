"""Meanings of weekdays: the last one or the next one, of this week or another, once or always."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.times.anchoring import Anchor, anchored_on
from onrecord.reading.times.contexts import words_with
from onrecord.reading.times.patterns import Found
from onrecord.reading.times.story import Draft, Story


def weekday(found: Found, story: Story) -> Sequence[Draft]:
    """A weekday: the last one up to publication, or the next one where the clause tells of what is to come."""
    name = found.bound.get("weekday") or found.bound["short_weekday"]
    number = int(name.senses.get("WEEKDAY") or name.senses["SHORT_WEEKDAY"])
    relative = found.bound.get("relative")
    if relative is None or relative.text in ("this", "that", "same", "current"):
        direction = 1 if story.ahead(found.start) > 0 else -1
    else:
        direction = -2 if relative.senses["RELATIVE"] == "-1" else 2
    value = _told_from(found, story, direction).weekday(number, direction)
    if "by" in found.arguments:
        return (Draft.of_date(found, anchored_on(value).at("D", int(found.arguments["by"]))),)
    if "part" in found.bound:
        return (Draft(found.start, found.end, "TIME", value, f"T{found.bound['part'].senses['PART']}"),)
    return (Draft.of_date(found, value),)


def _told_from(found: Found, story: Story, direction: int) -> Anchor:
    """The day to count from: publication; but of days in a row ("from Thursday to Saturday") the last is, and what was
    to come is told from the day on which it was ("said on Wednesday that it would begin on Thursday")."""
    if direction == 1 and story.was_told_lately(found.start):
        return story.told
    after = story.lexemes[found.end + 1] if found.end + 1 < len(story.lexemes) else None
    if (
        direction != -1
        or after is None
        or "WEEKDAY" not in after.senses
        or story.word(found.end) not in words_with("joins-days")
    ):
        return story.published
    return anchored_on(story.published.weekday(int(after.senses["WEEKDAY"]), -1))


def weekday_abbreviated(found: Found, story: Story) -> Sequence[Draft]:
    """A weekday cut short with a full stop: "Wed."; "sat." and "sun." only with a capital."""
    return weekday(found, story) if found.bound["short_weekday"].capital else ()


def weekday_of_week(found: Found, story: Story) -> Sequence[Draft]:
    """A weekday of a week that is told from this one: "Monday of last week", "Friday a week ago"."""
    by = int(found.arguments.get("by") or found.bound["week"].senses["RELATIVE"])
    return (Draft.of_date(found, story.published.weekday_in_week(int(found.bound["weekday"].senses["WEEKDAY"]), by)),)


def weekly(found: Found, story: Story) -> Sequence[Draft]:
    """A weekday that comes again: "Fridays", "every Friday evening"."""
    name = found.bound.get("weekdays") or found.bound["weekday"]
    number = name.senses.get("WEEKDAYS") or name.senses["WEEKDAY"]
    part = found.bound.get("part")
    suffix = "T" + (part.senses.get("PART") or part.senses["PARTS"]) if part else ""
    return (Draft(found.start, found.end, "SET", f"XXXX-WXX-{number}{suffix}"),)
