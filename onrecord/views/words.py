"""How the record's values are put into words: dates, ranges, events, voices."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from onrecord.lexicon import rows

if TYPE_CHECKING:
    from onrecord.record.shapes import Evidence, Figure, TollRange, Voice

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NO_DATE = "undated"
DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", re.ASCII)


def event_name(type: str, mode: str | None) -> str:
    """What an event of a PLOVER type and mode is called: "Air strike"; the codes themselves where they are unknown."""
    names = _event_names()
    return names.get((type, mode or "")) or names.get((type, "")) or f"{type} {mode or ''}".strip()


def event_types() -> tuple[tuple[str, str], ...]:
    """The PLOVER types and modes of deeds, each with its name, by name: what a list of incidents can be narrowed to."""
    named = {name: mode or type for (type, mode), name in _event_names().items() if is_deed(type)}
    return tuple((value, name) for name, value in sorted(named.items()))


def event_type_names() -> tuple[tuple[str, str], ...]:
    """All PLOVER types with their names, by name."""
    return tuple(sorted(((type, name) for (type, mode), name in _event_names().items() if not mode), key=_by_name))


def event_mode_names() -> tuple[tuple[str, str], ...]:
    """All PLOVER modes with their names, by name."""
    named = {mode: name for (_, mode), name in _event_names().items() if mode}
    return tuple(sorted(named.items(), key=_by_name))


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1]


def is_deed(type: str) -> bool:
    """Whether an event of a PLOVER type is a deed (material cooperation or conflict) and not a matter of words."""
    return type not in _word_types()


@cache
def _word_types() -> frozenset[str]:
    return frozenset(row["type"] for row in rows("event-names") if row["kind"] == "word")


@cache
def _event_names() -> dict[tuple[str, str], str]:
    return {(row["type"], row["mode"]): row["name"] for row in rows("event-names")}


def day(date: str | None) -> str:
    """An ISO 8601 date as one reads it: "14 October 2016", "22 September" where no year is known, "October 2016"."""
    if not date:
        return NO_DATE
    year, _, rest = date[:10].partition("-")
    month, _, number = rest.partition("-")
    if not month.isdigit() or not 1 <= int(month) <= len(MONTHS):
        return date if "X" in year or rest else year
    parts = (number.lstrip("0") if number.isdigit() else "", MONTHS[int(month) - 1], year if year.isdigit() else "")
    return " ".join(part for part in parts if part)


def days(since: str | None, until: str | None) -> str:
    """A stretch of days: "14 October 2016", "14-15 October 2016", "30 September - 2 October 2016"."""
    first, last = day(since or until), day(until or since)
    if first == last:
        return first
    if first.split()[1:] == last.split()[1:] and len(first.split()) > 1:
        return f"{first.split()[0]}–{last}"
    if first.split()[2:] == last.split()[2:]:
        return f"{' '.join(first.split()[:2])} – {last}"
    return f"{first} – {last}"


def duration(value: str) -> str:
    """An ISO 8601 duration as one reads it ("PT72H" is "72 hours"); what is none stays as it is."""
    match = DURATION.fullmatch(value)
    if match is None:
        return value
    parts = zip(match.groups(), ("year", "month", "week", "day", "hour", "minute"), strict=True)
    return " ".join(counted(int(count), unit) for count, unit in parts if count) or value


def number(count: int) -> str:
    """A count with thin thousands: "10,000"."""
    return f"{count:,}"


def span_of(low: int | None, high: int | None) -> str:
    """A range of counts: "70–100", "12", "370 or more"; empty where neither is known."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{number(low or 0)} or more"
    if low is None or low == high:
        return number(high) if low is not None else f"up to {number(high)}"
    return f"{number(low)}–{number(high)}"


def range_of(toll: TollRange) -> str:
    """A toll's best figure and its range: "87 (70–100)", "370 or more"."""
    span = span_of(toll.low, toll.high) + (" or more" if toll.open and toll.high is not None else "")
    if toll.best is None or span.removesuffix(" or more") == number(toll.best):
        return span
    return f"{number(toll.best)} ({span})" if span else number(toll.best)


def who_of(toll: TollRange) -> str:
    """Who was harmed and how: "children killed", "civilians wounded", "killed"."""
    whom = (toll.group or "").replace("-", " ") or {"civilian": "civilians", "combatant": "combatants"}.get(
        toll.status or "", ""
    )
    return f"{whom} {toll.effect}".strip()


def figure_of(figure: Figure) -> str:
    """A figure as it was given: "over 100" keeps its openness as "100 or more", "about" stays about."""
    if figure.count is None:
        return span_of(figure.low, figure.high) or f"“{figure.words}”"
    return {
        "at-least": f"{number(figure.count)} or more",
        "at-most": f"up to {number(figure.count)}",
        "about": f"about {number(figure.count)}",
    }.get(figure.qualifier, number(figure.count))


def voice_of(voice: Voice) -> str:
    """Whose word it is: a name, or the text's own words for the one that it does not name."""
    return voice.words or voice.name if voice.kind == "unnamed" else voice.name


def cite(evidence: Evidence) -> str:
    """Outlet and day of the article that says so."""
    return ", ".join(part for part in (evidence.outlet or "unknown outlet", _short_day(evidence.published)) if part)


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 article", "30 articles"."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def _short_day(date: str | None) -> str:
    return "" if not date else " ".join(word[:3] if word in MONTHS else word for word in day(date).split()[:2])
