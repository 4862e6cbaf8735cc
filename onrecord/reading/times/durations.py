"""Meanings of expressions that say how long, how often, or only past, present and future."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.times.lexing import Lexeme
from onrecord.reading.times.patterns import Found
from onrecord.reading.times.story import Draft, Story

_YEARS_IN = {"E": 10, "C": 100, "L": 1000}
_HALF_OF = {"D": "PT12H", "TH": "PT30M", "Y": "P6M", "E": "P5Y", "C": "P50Y", "M": "P0.5M", "TM": "PT30S"}
_HALVES = {"TH": ("TM", 30), "Y": ("M", 6), "TM": ("TS", 30), "D": ("TH", 12)}


def number_of(lexeme: Lexeme | None) -> str:
    """The number as TIMEX3 writes it: figures, 1 for "a" or none, X for what is open ("several")."""
    if lexeme is None:
        return "1"
    return lexeme.senses.get("NUMBER") or lexeme.senses.get("VAGUE") or "1"


def unit_of(lexeme: Lexeme) -> str:
    """The unit that a word names, in singular or plural."""
    return lexeme.senses.get("UNIT") or lexeme.senses["UNITS"]


def span(number: str, unit: str) -> str:
    """A TIMEX3 duration: P3D, PT24H, P2W, PXM; decades and centuries in years, fortnights in weeks."""
    if unit == "F":
        unit, number = "W", str(2 * int(number)) if number.isdigit() else number
    if unit == "WE":
        unit = "W"
    if unit in _YEARS_IN and number.isdigit():
        unit, number = "Y", str(_YEARS_IN[unit] * int(number))
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"


def duration(found: Found, story: Story) -> Sequence[Draft]:
    """A length of time: "two days", "the past 24 hours", "several weeks", "an hour and a half", "10 to 15 years"."""
    bound = found.bound
    unit = unit_of(bound["unit"] if "unit" in bound else bound["units"])
    number = found.arguments.get("number") or number_of(bound["number"])
    if (
        (unit == "Q" and "number" not in bound)
        or _is_title(found, story)
        or ("relative" in bound and bound["relative"].text == "that")
    ):
        return ()
    if unit == "TS" and "unit" in bound and bound["unit"].text == "second" and number != "1":
        return ()
    if "low" in bound and "high" not in bound and number_of(bound["low"]) != number:
        number = "X"
    value = span(number, unit)
    if "smaller" in bound:
        value = _joined(value, span(number_of(bound["more"]), unit_of(bound["smaller"])))
    if "half" in found.arguments and unit in _HALVES and number.isdigit():
        value = _joined(value, span(str(_HALVES[unit][1]), _HALVES[unit][0]))
    return (_duration(found, value),)


def _is_title(found: Found, story: Story) -> bool:
    """Capitals where prose has none: the programme "60 Minutes"."""
    last = story.lexemes[found.end - 1]
    return last.capital and not story.lexemes[found.start].capital and story.word(found.start - 1) not in ("", ".")


def _joined(longer: str, shorter: str) -> str:
    """Two durations as one: P1Y and P6M are P1Y6M, PT1H and PT30M are PT1H30M."""
    rest = shorter.removeprefix("P")
    return longer + (rest.removeprefix("T") if "T" in longer else rest)


def year_ended(found: Found, story: Story) -> Sequence[Draft]:
    """ "The year ended March 31": its length, for the end names it."""
    return (Draft(found.start, found.end - 1, "DURATION", "P1Y"),)


def half_duration(found: Found, story: Story) -> Sequence[Draft]:
    """Half a unit: "half an hour"."""
    unit = found.arguments.get("unit") or unit_of(found.bound["unit"])
    return (_duration(found, _HALF_OF[unit]),) if unit in _HALF_OF else ()


def one_unit(found: Found, story: Story) -> Sequence[Draft]:
    """One unit: "a full week", "an hour"; "a week" after a price or a count is how often."""
    unit = unit_of(found.bound["unit"])
    if unit in ("TS", "Q") or not _is_length(found, story):
        return ()
    return (_duration(found, span("1", unit)),)


def _is_length(found: Found, story: Story) -> bool:
    return found.end - found.start > 2 or "unit" not in found.bound


def nothing(found: Found, story: Story) -> Sequence[Draft]:
    """Words that look like a time expression and are none: "as soon as", "in his 30s"."""
    return ()


def age(found: Found, story: Story) -> Sequence[Draft]:
    """How old somebody is: no time expression of the story."""
    return ()


def relative_units(found: Found, story: Story) -> Sequence[Draft]:
    """Open stretches: "recent weeks", "the past months", "coming years"."""
    relative = found.bound["relative"].text
    if relative in ("this", "that", "same", "latest", "current"):
        return ()
    unit = unit_of(found.bound.get("units") or found.bound["unit"])
    if unit in ("TS", "TM") and relative == "recent":
        return ()
    return (_duration(found, span("X", unit)),)


def units_of(found: Found, story: Story) -> Sequence[Draft]:
    """ "Years of war"."""
    unit = unit_of(found.bound["units"])
    return () if unit == "TS" else (_duration(found, span("X", unit)),)


def lasting(found: Found, story: Story) -> Sequence[Draft]:
    """A length in one word: "weeklong"."""
    value = found.arguments.get("value") or found.bound["lasting"].senses["LASTING"]
    return (_duration(found, value),)


def frequency(found: Found, story: Story) -> Sequence[Draft]:
    """How often, in one word: "daily", "annually"."""
    return (_set(found, found.bound["frequency"].senses["FREQUENCY"]),)


def every(found: Found, story: Story) -> Sequence[Draft]:
    """How often: "every day", "each year", "every two weeks", "twice a week", "per month"."""
    unit = found.arguments.get("unit") or unit_of(found.bound.get("unit") or found.bound["units"])
    if unit == "TS":
        return ()
    number = found.arguments.get("number") or (number_of(found.bound["number"]) if _counts(found, story) else "1")
    return (_set(found, span(number, unit)),)


def _counts(found: Found, story: Story) -> bool:
    return "number" in found.bound and story.word(found.start) in ("every", "each")


def every_month(found: Found, story: Story) -> Sequence[Draft]:
    """A month that comes again: "each July"."""
    senses = found.bound["month"].senses
    return (_set(found, f"XXXX-{int(senses.get('MONTH') or senses['AMBIGUOUS_MONTH']):02}"),)


def every_season(found: Found, story: Story) -> Sequence[Draft]:
    """A season that comes again: "every winter"."""
    return (_set(found, f"XXXX-{found.bound['season'].senses['SEASON']}"),)


def seasons(found: Found, story: Story) -> Sequence[Draft]:
    """Seasons of several years: "the past three summers"."""
    return (_set(found, f"XXXX-{found.bound['seasons'].senses['SEASONS']}"),)


def reference(found: Found, story: Story) -> Sequence[Draft]:
    """Past, present or future without a date: "now", "recently", "the near future"."""
    value = found.arguments.get("value") or found.bound["reference"].senses["REFERENCE"]
    if "reference" in found.bound and _only_links(found, story):
        return ()
    return (Draft(found.start, found.end, "DATE", value),)


def _only_links(found: Found, story: Story) -> bool:
    """Words that lead on in the telling rather than name a time: "Now, ...", "it soon became"."""
    word = found.bound["reference"]
    return (word.text == "now" and word.capital) or (word.text == "soon" and story.tenses.at(found.start) < 0)


def _duration(found: Found, value: str) -> Draft:
    return Draft(found.start, found.end, "DURATION", value)


def _set(found: Found, value: str) -> Draft:
    return Draft(found.start, found.end, "SET", value)
