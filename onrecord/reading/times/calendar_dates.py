"""Meanings of expressions that name a place in the calendar: dates, months, years, quarters, seasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.reading.times.anchoring import SEASON_STARTS, Anchor, anchored_on, months_from
from onrecord.reading.times.contexts import words_with
from onrecord.reading.times.lexing import Lexeme
from onrecord.reading.times.patterns import Bindings, Found
from onrecord.reading.times.story import Draft, Story

_TOLD_YEARS = range(1200, 2101)
_FIRST_BARE_YEAR = 1800  # four figures without a word before that says so are a year from here on
_CENTURY_TURN = 50  # two digits up to it are of the 2000s where nothing is published to go by


def calendar(found: Found, story: Story) -> Sequence[Draft]:
    """A date: "October 14, 2016", "14 Oct", "Wed 05 Apr 2017", "June 1989", "19 OCT 89"."""
    bound = found.bound
    month, day = _number(bound.get("month")), _number(bound.get("day"))
    if month is None:
        return ()
    if day is None:
        return (Draft.of_date(found, f"{_year(bound, story) or 'XXXX'}-{month:02}"),)
    if not _is_day(month, day):
        return ()
    year = _year(bound, story) or story.year_of_day(month, day, found.start)
    if "short_year" in bound and "YEAR" not in bound["short_year"].senses and _is_to_come(year, story):
        return (
            Draft(
                found.start, found.end - 1, "DATE", f"{story.year_of_day(month, day, found.start)}-{month:02}-{day:02}"
            ),
        )
    return (Draft.of_date(found, f"{year}-{month:02}-{day:02}"),)


def _is_to_come(year: str, story: Story) -> bool:
    """Whether the year lies ahead: two figures after a day are then rather a count ("on 5 May 20 people ...")."""
    return story.published.day is not None and story.published.year_known and int(year) > story.published.day.year


def calendar_ordinal(found: Found, story: Story) -> Sequence[Draft]:
    """A day by its ordinal: "the third of this month", "the 4th of July"."""
    day = int(found.bound["ordinal"].senses["ORDINAL"])
    if "month" in found.bound:
        month = int(_value(found.bound["month"]))
        if not _is_day(month, day):
            return ()
        return (Draft.of_date(found, f"{story.year_of_day(month, day, found.start)}-{month:02}-{day:02}"),)
    by = int(found.bound["relative"].senses["RELATIVE"])
    return (Draft.of_date(found, f"{story.published.at('M', by)}-{day:02}"),)


def days(found: Found, story: Story) -> Sequence[Draft]:
    """Two days of one month, each an expression: "October 1 and 2", "3-5 October 2016"."""
    month = int(_value(found.bound["month"]))
    first, last = (int(found.bound[name].senses["DAY"]) for name in ("first", "last"))
    if not (_is_day(month, first) and _is_day(month, last)):
        return ()
    year = _year(found.bound, story) or story.year_of_day(month, last, found.start)
    cut = _place(found, story, "first") + 1
    rest = _place(found, story, "last")
    spans = ((found.start, cut), (rest, found.end))
    return tuple(
        Draft(start, end, "DATE", f"{year}-{month:02}-{day:02}")
        for (start, end), day in zip(spans, (first, last), strict=True)
    )


def months(found: Found, story: Story) -> Sequence[Draft]:
    """Two months of one year, each an expression: "March and April 2015"."""
    year = found.bound["year"].senses["YEAR"]
    first, last = (int(_value(found.bound[name])) for name in ("first", "last"))
    cut = _place(found, story, "first") + 1
    rest = _place(found, story, "last")
    return (
        Draft(found.start, cut, "DATE", f"{year}-{first:02}"),
        Draft(rest, found.end, "DATE", f"{year}-{last:02}"),
    )


def numeric(found: Found, story: Story) -> Sequence[Draft]:
    """A date in figures: "2016-10-14", "2016/10/14", "14.10.2016"; day before month unless that cannot be."""
    written, _, clock = found.bound["numeric"].senses["NUMERIC"].partition("t")
    figures = written.replace("/", "-").replace(".", "-").split("-")
    first, second, third = (int(figure) for figure in figures)
    year, month, day = (first, second, third) if len(figures[0]) == 4 else (third, second, first)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and _is_day(month, day)):
        return ()
    value = f"{year:04}-{month:02}-{day:02}"
    return (Draft(found.start, found.end, "TIME", value, f"T{clock}"),) if clock else (Draft.of_date(found, value),)


def fixed(found: Found, story: Story) -> Sequence[Draft]:
    """A day that has become a name: "9/11"."""
    return (Draft.of_date(found, found.arguments["on"]),)


def month(found: Found, story: Story) -> Sequence[Draft]:
    """A month alone: "in April"."""
    number = int(_value(found.bound["month"]))
    return (Draft.of_date(found, f"{story.year_of_month(number, found.start)}-{number:02}"),)


def ambiguous_month(found: Found, story: Story) -> Sequence[Draft]:
    """ "March" or "May" alone, after a word that a month follows: capitalised, so no verb."""
    lexeme = found.bound["ambiguous_month"]
    if not lexeme.capital:
        return ()
    number = int(lexeme.senses["AMBIGUOUS_MONTH"])
    return (Draft.of_date(found, f"{story.year_of_month(number, found.start)}-{number:02}"),)


def relative_month(found: Found, story: Story) -> Sequence[Draft]:
    """A month of this, last or next year: "last April", "this September", "March of last year", "next May 5"."""
    name = found.bound["month"]
    if "AMBIGUOUS_MONTH" in name.senses and not name.capital and found.bound["relative"].text not in ("last", "next"):
        return ()
    number = int(_value(name))
    by = int(found.bound["relative"].senses["RELATIVE"])
    of_year = story.word(found.end - 1) == "year"
    year = story.published.at("Y", by) if of_year else _year_of_relative_month(story, number, by, found)
    day = found.bound.get("day")
    if day is None:
        return (Draft.of_date(found, f"{year}-{number:02}"),)
    in_month = int(day.senses["DAY"])
    return (Draft.of_date(found, f"{year}-{number:02}-{in_month:02}"),) if _is_day(number, in_month) else ()


def _year_of_relative_month(story: Story, number: int, by: int, found: Found) -> str:
    day = story.published.day
    if day is None or not story.published.year_known:
        return "XXXX"
    if by == 0:
        return str(day.year)
    later = number >= day.month - 1
    return str(day.year - later if by < 0 else day.year + (number <= day.month))


def year(found: Found, story: Story) -> Sequence[Draft]:
    """A year; one that stands alone must not be a count ("2000 people")."""
    lexeme = found.bound["year"]
    value = lexeme.senses.get("YEAR") or lexeme.senses["SPELLED_YEAR"]
    if "sure" not in found.arguments and not _is_year(found, story, int(value)):
        return ()
    return (Draft.of_date(found, value),)


def _is_year(found: Found, story: Story, value: int) -> bool:
    before, after = story.word(found.start - 1), story.word(found.end)
    if before in words_with("no-year-after") or after in words_with("no-year-before") or value not in _TOLD_YEARS:
        return False
    if after in ("-", "/") and story.lexemes[found.end].start == story.lexemes[found.start].end:
        return story.word(found.end + 1) == "era"
    following = story.lexemes[found.end].senses if found.end < len(story.lexemes) else {}
    if "COUNTED" in following or "UNITS" in following:
        return False
    if story.tenses.tag(found.end) == "NNS":
        return before in words_with("before-year-of-many")
    return before in words_with("before-year") or value >= _FIRST_BARE_YEAR


def years(found: Found, story: Story) -> Sequence[Draft]:
    """Two years, each an expression: "2011-2013", "1990 to 1995"; the second may be short: "2015-16"."""
    first, last = found.bound["year"].senses["YEAR"], found.bound["last"]
    second = last.senses.get("YEAR") or first[:2] + last.senses["SHORT_YEAR"]
    if int(second) <= int(first):
        return ()
    cut = _place(found, story, "year") + 1
    return (Draft(found.start, cut, "DATE", first), Draft(found.end - 1, found.end, "DATE", second))


def decade(found: Found, story: Story) -> Sequence[Draft]:
    """A decade: "the 1990s", "'80s", "the nineties"."""
    value = found.bound["decade"].senses["DECADE"]
    return (Draft.of_date(found, value if len(value) == 3 else f"{'20' if int(value) < 2 else '19'}{value}"),)


def century(found: Found, story: Story) -> Sequence[Draft]:
    """A century: "the 19th century" is `18`."""
    return (Draft.of_date(found, f"{int(found.bound['ordinal'].senses['ORDINAL']) - 1:02}"),)


def quarter(found: Found, story: Story) -> Sequence[Draft]:
    """A quarter: "the third quarter", "the 1988 fourth quarter", "next year's first quarter"."""
    number = int(found.bound["ordinal"].senses["ORDINAL"])
    if number > 4:
        return ()
    return (Draft.of_date(found, f"{_year(found.bound, story) or _near_year(story, number * 3 - 1, found)}-Q{number}"),)


def half(found: Found, story: Story) -> Sequence[Draft]:
    """Half a year: "the first half of 2015"."""
    number = int(found.bound["ordinal"].senses["ORDINAL"])
    if number > 2:
        return ()
    year = _year(found.bound, story)
    if year is None and story.tenses.tag(found.start) == "":
        return ()
    return (Draft.of_date(found, f"{year or _near_year(story, number * 6 - 3, found)}-H{number}"),)


def _near_year(story: Story, month: int, found: Found) -> str:
    """The year in which the middle of a period is nearest, the past one where the clause tells of the past."""
    day = story.published.day
    if day is None or not story.published.year_known:
        return "XXXX"
    ahead = month - day.month
    if ahead > 3 and story.tenses.at(found.start) <= 0:
        return str(day.year - 1)
    if ahead < -6 and story.tenses.at(found.start) > 0:
        return str(day.year + 1)
    return str(day.year)


def season(found: Found, story: Story) -> Sequence[Draft]:
    """A season: "last fall", "the winter of 2015", "this summer", "in spring"."""
    lexeme = found.bound["season"]
    if (
        lexeme.text == "fall"
        and "bare" in found.arguments
        and story.word(found.start - 1) not in words_with("before-fall")
    ):
        return ()
    code = lexeme.senses["SEASON"]
    year = found.bound.get("year")
    if year is not None:
        return (Draft.of_date(found, f"{year.senses['YEAR']}-{code}"),)
    relative = found.bound.get("relative")
    by = int(relative.senses["RELATIVE"]) if relative else None
    if story.word(found.start + 1) == "past":
        by = -1
    return (Draft.of_date(found, f"{_year_of_season(story, code, by, found)}-{code}"),)


def _year_of_season(story: Story, code: str, by: int | None, found: Found) -> str:
    day = story.published.day
    if day is None or not story.published.year_known:
        return "XXXX"
    start = SEASON_STARTS[code]
    began = day.month >= start
    if by is None or by == 0:
        future = story.tenses.at(found.start) > 0 or by == 0
        return str(day.year if began or future else day.year - 1)
    in_season = 0 <= day.month - start < 3
    if by < 0:
        return str(day.year if began and not in_season else day.year - 1)
    return str(day.year + began)


def week_of(found: Found, story: Story) -> Sequence[Draft]:
    """The week of a day: "the week of March 6"."""
    month, day = int(_value(found.bound["month"])), int(found.bound["day"].senses["DAY"])
    year = story.year_of_day(month, day, found.start)
    start = anchored_on(f"{year}-{month:02}-{day:02}")
    return (Draft.of_date(found, start.at("W", 0)),)


def unit_ago(found: Found, story: Story) -> Sequence[Draft]:
    """The same period a unit before: "a year earlier", "the year-earlier quarter", "year-ago"."""
    unit = found.bound["unit"].senses["UNIT"] if "unit" in found.bound else "Y"
    ordinal = found.bound.get("ordinal")
    if ordinal is not None:
        year = story.published.at("Y", -1)
        return (Draft.of_date(found, f"{year}-Q{ordinal.senses['ORDINAL']}"),)
    if "period" in found.arguments and story.period.startswith("P"):
        return (Draft(found.start, found.end, "DURATION", story.period),)
    return (Draft.of_date(found, year_before(story, unit, bool(found.arguments))),)


def year_before(story: Story, unit: str, of_quarter: bool = False) -> str:
    """A year before the quarter that is spoken of, where one is, else the unit before publication."""
    if unit == "Y" and (of_quarter or (story.period and not story.period.startswith("P"))):
        quarter = story.quarter()
        return f"{int(quarter[:4]) - 1}{quarter[4:]}" if quarter[:4].isdigit() else "XXXX-QX"
    return story.published.at(unit, -1)


def the_quarter(found: Found, story: Story) -> Sequence[Draft]:
    """The quarter that is spoken of, else the last full one."""
    return (Draft.of_date(found, story.quarter()),)


def period_of_year(found: Found, story: Story) -> Sequence[Draft]:
    """ "The 1988 period": the quarter spoken of in that year, else the year."""
    year = found.bound["year"].senses["YEAR"]
    return (Draft.of_date(found, year + (story.period[4:] if _is_quarter(story.period) else "")),)


def _is_quarter(period: str) -> bool:
    return bool(period) and not period.startswith("P")


def _year(bound: Bindings, story: Story) -> str | None:
    """The year that the expression names, also in two digits or as "next year"; null where it names none."""
    if "year" in bound and "YEAR" in bound["year"].senses:
        return bound["year"].senses["YEAR"]
    short = bound.get("short_year") or bound.get("year")
    if short is not None:
        return _full_year(int(short.senses["SHORT_YEAR"]), story.published)
    relative = bound.get("relative")
    if relative is not None:
        return story.published.at("Y", int(relative.senses.get("RELATIVE", "0")))
    return None


def _full_year(short: int, published: Anchor) -> str:
    """The year that two digits stand for: the one nearest to publication."""
    if published.day is None or not published.year_known:
        return str(1900 + short if short > _CENTURY_TURN else 2000 + short)
    now = published.day.year
    century = now // 100 * 100
    return str(min((century - 100 + short, century + short), key=lambda year: abs(year - now)))


def _number(lexeme: Lexeme | None) -> int | None:
    return None if lexeme is None else int(_value(lexeme))


def _value(lexeme: Lexeme) -> str:
    for kind in ("MONTH", "SHORT_MONTH", "AMBIGUOUS_MONTH", "DAY", "WEEKDAY", "SHORT_WEEKDAY"):
        if kind in lexeme.senses:
            return lexeme.senses[kind]
    raise KeyError(lexeme.text)


def _is_day(month: int, day: int) -> bool:
    return 1 <= day <= (months_from(date(2000, 1, 31), month - 1).day)


def _place(found: Found, story: Story, name: str) -> int:
    lexeme = found.bound[name]
    return next(place for place in range(found.start, found.end) if story.lexemes[place] is lexeme)
