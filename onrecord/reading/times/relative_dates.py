"""Meanings of what is told from another day: "yesterday", "last week", "two days earlier", "that night"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.times.anchoring import Anchor, anchored_on
from onrecord.reading.times.calendar_dates import year_before
from onrecord.reading.times.contexts import words_with
from onrecord.reading.times.durations import number_of, span, unit_of
from onrecord.reading.times.lexing import Lexeme
from onrecord.reading.times.patterns import Bindings, Found
from onrecord.reading.times.story import Draft, Story

_TOO_FAR = 10_000  # steps; beyond it no calendar date is meant
_GRAIN_AGO = {"TS": "D", "TM": "D", "TH": "D", "F": "W", "WE": "W", "E": "Y", "C": "Y", "L": "Y"}
_SHORT_UNITS = ("TS", "TM")
_STEPS = {"F": 2, "E": 10, "C": 100, "L": 1000}


def day(found: Found, story: Story) -> Sequence[Draft]:
    """A day told from publication: "yesterday", "tonight", "the day before yesterday"."""
    deictic = found.bound.get("deictic")
    by = int(found.arguments.get("by") or (deictic.senses["DEICTIC"] if deictic else 0))
    part_word = found.bound.get("part")
    part = part_word.senses["PART"] if part_word else found.arguments.get("part")
    clock = f"T{part}" if part else ""
    return (_day(found, story.published.at("D", by + 7 * int(found.arguments.get("weeks", 0))), clock),)


def told(found: Found, story: Story) -> Sequence[Draft]:
    """A unit told from the last date: "the next day", "that month", "the following week", "that night"."""
    part = found.bound.get("part")
    unit_word = found.bound.get("unit")
    unit = found.arguments.get("unit") or (unit_word.senses["UNIT"] if unit_word else "D")
    if unit.startswith("T"):
        return ()
    clock = f"T{part.senses['PART']}" if part else ""
    if unit == "Q" and found.arguments["by"] == "0":  # of a town, where none of a year has been told
        return (Draft.of_date(found, story.quarter()),) if story.tells_a_quarter() else ()
    anchor = _told_anchor(story, unit)
    return (_day(found, anchor.at("W" if unit == "F" else unit, int(found.arguments["by"])), clock),)


def _told_anchor(story: Story, unit: str) -> Anchor:
    """The last day told; for years and months also a last date that names no day."""
    value = story.last_value
    if unit == "Y" and value[:4].isdigit():
        return anchored_on(f"{value[:4]}-01-01")
    if unit == "M" and len(value) == 7 and value[5:].isdigit():
        return anchored_on(f"{value}-01")
    return story.from_told()


def told_day_after(found: Found, story: Story) -> Sequence[Draft]:
    """ "The day after", where nothing that follows says after what."""
    return (Draft.of_date(found, story.told.at("D", 1)),) if _stands_alone(found, story) else ()


def told_day_before(found: Found, story: Story) -> Sequence[Draft]:
    """ "The day before", where nothing that follows says before what."""
    return (Draft.of_date(found, story.told.at("D", -1)),) if _stands_alone(found, story) else ()


def told_unit_before(found: Found, story: Story) -> Sequence[Draft]:
    """ "The week before", where nothing that follows says before what."""
    unit = unit_of(found.bound["unit"])
    if unit.startswith("T") or not _stands_alone(found, story):
        return ()
    return (Draft.of_date(found, _told_anchor(story, unit).at(unit, -1)),)


def _stands_alone(found: Found, story: Story) -> bool:
    following = story.word(found.end)
    return not following or following in words_with("ends-lone-day")


def relative_unit(found: Found, story: Story) -> Sequence[Draft]:
    """A unit told from publication: "last week", "this year", "next month", "the current fiscal year"."""
    relative = found.bound.get("relative")
    unit = found.arguments.get("unit") or unit_of(found.bound["unit"])
    by = int(found.arguments.get("step") or (relative.senses["RELATIVE"] if relative else 0))
    if unit.startswith("T"):
        return _short_unit(found, unit)
    if _is_title(found, story):
        return ()
    word = relative.text if relative else "this"
    if word == "latest" and unit in ("Q", "Y", "M", "W"):
        by = -1 if unit == "Q" else 0
    if word in ("past", "coming", "recent") and unit in ("W", "M", "Y", "E", "C", "D"):
        return (Draft(found.start, found.end, "DURATION", _one(unit)),)
    if unit == "D":
        return (Draft.of_date(found, story.published.at("D", by)),) if word != "last" else ()
    return (Draft.of_date(found, story.published.at(unit, by)),)


def _is_title(found: Found, story: Story) -> bool:
    """Capitals where prose has none: the programme "This Week"."""
    last = story.lexemes[found.end - 1]
    whole = story.word(found.start - 1) in ("", ".", "-") or story.lexemes[max(0, found.start - 1)].capital
    return last.capital and not whole


def _short_unit(found: Found, unit: str) -> Sequence[Draft]:
    relative = found.bound.get("relative")
    if unit != "TH" or relative is None or relative.text not in ("last", "past", "next", "coming"):
        return ()
    return (Draft(found.start, found.end, "DURATION", "PT1H"),)


def _one(unit: str) -> str:
    return {"E": "P10Y", "C": "P100Y"}.get(unit, f"P1{unit}")


def weekend(found: Found, story: Story) -> Sequence[Draft]:
    """The weekend: the last one, or the coming one where the clause tells of what is to come."""
    today = story.published.day
    at_weekend = today is not None and today.isoweekday() >= 6
    by = 0 if at_weekend or story.tenses.at(found.start) > 0 else -1
    return (Draft.of_date(found, story.published.at("WE", by)),)


def the_year(found: Found, story: Story) -> Sequence[Draft]:
    """ "The year", of which the text speaks: this one."""
    return (Draft.of_date(found, story.published.at("Y", 0)),)


def relative_part(found: Found, story: Story) -> Sequence[Draft]:
    """A part of the day of publication or of one beside it: "this morning", "last night"."""
    by = int(found.bound["relative"].senses["RELATIVE"]) if "relative" in found.bound else 0
    return (_day(found, story.published.at("D", by), f"T{found.bound['part'].senses['PART']}"),)


this_part = relative_part


def ago(found: Found, story: Story) -> Sequence[Draft]:
    """So many units before or after publication: "three days ago", "two years from now", "weeks ago"."""
    unit = unit_of(found.bound["unit"] if "unit" in found.bound else found.bound["units"])
    number = found.arguments.get("number") or number_of(found.bound.get("number"))
    by = int(found.arguments["by"])
    if unit in _SHORT_UNITS:
        return (_reference(found, by),)
    if unit == "Y" and number == "1" and by < 0:
        return (Draft.of_date(found, year_before(story, unit)),)
    return _from(found, story.published, unit, number)


def from_told(found: Found, story: Story) -> Sequence[Draft]:
    """So many units before or after the last date told: "two days earlier", "a month later"."""
    unit, number = unit_of(found.bound["unit"]), number_of(found.bound["number"])
    if unit in _SHORT_UNITS:
        return (Draft(found.start, found.end, "DURATION", span(number, unit)),)
    if unit == "Y" and number == "1" and int(found.arguments["by"]) < 0 and story.period:
        return (Draft.of_date(found, year_before(story, unit)),)
    return _from(found, _told_anchor(story, unit), unit, number)


def _from(found: Found, anchor: Anchor, unit: str, number: str) -> Sequence[Draft]:
    """The date so many units from the anchor, as fine as the unit; a bare reference where the number is open."""
    by = int(found.arguments["by"])
    if not number.isdigit() or int(number) > _TOO_FAR:
        return (_reference(found, by),)
    count = int(number) * _STEPS.get(unit, 1)
    if unit == "TH":
        return _by_hours(found, anchor, count, by)
    grain = _GRAIN_AGO.get(unit, unit)
    return (Draft.of_date(found, anchor.at(grain, by * count)),)


def _by_hours(found: Found, anchor: Anchor, count: int, by: int) -> Sequence[Draft]:
    """Hours from then: whole days give the day, fewer are only a length of time."""
    if count % 24 == 0 and anchor.day is not None:
        return (Draft.of_date(found, anchor.at("D", by * (count // 24))),)
    return (Draft(found.start, found.end, "DURATION", f"PT{count}H"),)


def this_time(found: Found, story: Story) -> Sequence[Draft]:
    """ "This time last year"."""
    return (Draft.of_date(found, story.published.at("M", -12)),)


def part(found: Found, story: Story) -> Sequence[Draft]:
    """A part of a day that a date nearby names: "in the morning", "at dawn"."""
    return (_time(found, f"T{found.bound['part'].senses['PART']}"),)


def part_definite(found: Found, story: Story) -> Sequence[Draft]:
    """ "The morning", only where a date stands right before or behind it ("the night of May 5")."""
    return (
        (_time(found, f"T{found.bound['part'].senses['PART']}"),) if story.word(found.end) in ("of", "before") else ()
    )


def part_named(found: Found, story: Story) -> Sequence[Draft]:
    """A part of the day with its stage ("mid afternoon"), or "overnight"."""
    named_part = found.bound.get("part")
    return (_time(found, f"T{named_part.senses['PART'] if named_part else 'NI'}"),)


def clock(found: Found, story: Story) -> Sequence[Draft]:
    """A time of day: "9:30 a.m.", "noon", "14:00 GMT", "nine o'clock", "2 in the morning"."""
    bound = found.bound
    if "hour_name" in bound:
        return (_time(found, "T" + bound["hour_name"].senses["HOUR_NAME"]),)
    written = _written(bound["clock"]) if "clock" in bound else _hour(bound["hour"])
    if written is None:
        return ()
    hour, _, minutes = written.partition(":")
    value = int(hour)
    if _is_afternoon(bound) and value < 12:
        value += 12
    elif "meridiem" in bound and bound["meridiem"].senses["MERIDIEM"] == "AM" and value == 12:
        value = 0
    return (_time(found, f"T{value:02}:{minutes[:2] or '00'}"),) if value <= 24 else ()


def clock_beside_day(found: Found, story: Story) -> Sequence[Draft]:
    """ "Noon" where a day follows: "noon Thursday"."""
    following = story.lexemes[found.end].senses if found.end < len(story.lexemes) else {}
    if story.word(found.end) not in ("on", "of") and {"WEEKDAY", "DEICTIC", "MONTH"}.isdisjoint(following):
        return ()
    return clock(found, story)


def _written(lexeme: Lexeme) -> str:
    return lexeme.senses.get("CLOCK") or lexeme.senses["FOUR_FIGURES"]


def _is_afternoon(bound: Bindings) -> bool:
    if "meridiem" in bound:
        return bool(bound["meridiem"].senses["MERIDIEM"] == "PM")
    return "part" in bound and bound["part"].senses["PART"] in ("AF", "EV")


def _hour(lexeme: Lexeme) -> str | None:
    """The hour of a number; three or four figures are one that lost its colon: "800pm"."""
    figures = lexeme.senses.get("NUMBER", "").partition(".")[0]
    if not figures.isdigit():
        return None
    hour, minutes = (int(figures), 0) if len(figures) < 3 else divmod(int(figures), 100)
    return f"{hour}:{minutes:02}" if hour <= 24 and minutes < 60 else None


def _reference(found: Found, by: int) -> Draft:
    return Draft.of_date(found, "PAST_REF" if by < 0 else "FUTURE_REF")


def _day(found: Found, value: str, clock: str) -> Draft:
    return Draft(found.start, found.end, "TIME" if clock else "DATE", value, clock)


def _time(found: Found, clock: str) -> Draft:
    return Draft(found.start, found.end, "TIME", "", clock)
